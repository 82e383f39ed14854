package dev.stipend.report.summary;

import dev.stipend.alert.AlertNotice.Purpose;
import dev.stipend.alert.AlertSnapshot;
import dev.stipend.notification.channel.Channels;
import dev.stipend.notification.delivery.Deliveries;
import dev.stipend.notification.delivery.DeliveryKey;
import dev.stipend.notification.delivery.DeliveryQueue;
import dev.stipend.platform.json.JsonText;
import dev.stipend.platform.sql.AfterCommit;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Stages one delivery per summary and channel. Silences are for alerts: who wants no summary takes
/// its schedule away.
@Singleton
class SummaryDeliveries {
  private static final Logger LOG = LoggerFactory.getLogger(SummaryDeliveries.class);

  private final Channels channels;
  private final Deliveries deliveries;
  private final DeliveryQueue queue;
  private final JsonText json;
  private final AfterCommit afterCommit;

  SummaryDeliveries(
      Channels channels,
      Deliveries deliveries,
      DeliveryQueue queue,
      JsonText json,
      AfterCommit afterCommit) {
    this.channels = channels;
    this.deliveries = deliveries;
    this.queue = queue;
    this.json = json;
    this.afterCommit = afterCommit;
  }

  /// Stores a summary's deliveries, in the caller's transaction, and has them sent once that has
  /// committed; what is there already stays.
  ///
  /// @param id of the summary: the same whoever writes it
  /// @param wanted the channels where it goes; empty means the workspace's default channels
  void stage(UUID workspace, UUID id, List<UUID> wanted, AlertSnapshot snapshot, Instant now) {
    String payload = json.write(snapshot);
    List<Deliveries.Staged> staged =
        channels.named(workspace, wanted).stream()
            .map(channel -> new DeliveryKey(workspace, id, channel.id(), Purpose.SUMMARY))
            .map(key -> new Deliveries.Staged(key, payload, Optional.empty()))
            .toList();
    if (staged.isEmpty()) {
      LOG.warn("Summary {} reaches nobody: workspace {} has no channel", id, workspace);
      return;
    }
    deliveries.insert(staged, now);
    List<DeliveryKey> keys = staged.stream().map(Deliveries.Staged::key).toList();
    afterCommit.run(() -> queue.send(keys, Duration.ZERO));
  }
}
