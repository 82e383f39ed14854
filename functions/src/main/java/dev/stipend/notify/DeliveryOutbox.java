package dev.stipend.notify;

import dev.stipend.alert.AlertNotice;
import dev.stipend.alert.AlertNotice.Purpose;
import dev.stipend.alert.AlertOutbox;
import dev.stipend.alert.AlertSnapshot;
import dev.stipend.budget.CounterKey;
import io.micronaut.json.JsonMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Stages one delivery per notice and channel, and puts them on the queue once they are committed.
@Singleton
class DeliveryOutbox implements AlertOutbox {
  private static final Logger LOG = LoggerFactory.getLogger(DeliveryOutbox.class);

  /// A delivery that is overdue by this much has lost its message; a younger one may just be on its
  /// way.
  private static final Duration OVERDUE = Duration.ofSeconds(30);

  private static final int AT_ONCE = 1000;

  private final Channels channels;
  private final Deliveries deliveries;
  private final DeliveryQueue queue;
  private final JsonMapper json;

  DeliveryOutbox(Channels channels, Deliveries deliveries, DeliveryQueue queue, JsonMapper json) {
    this.channels = channels;
    this.deliveries = deliveries;
    this.queue = queue;
    this.json = json;
  }

  @Override
  public Runnable stage(List<AlertNotice> notices, Instant now) {
    if (notices.isEmpty()) {
      return () -> {};
    }
    List<Deliveries.Staged> staged = new ArrayList<>();
    Channels.Routes routes =
        channels.routes(
            parts(notices, CounterKey::workspaceId), parts(notices, CounterKey::budgetId));
    for (AlertNotice notice : notices) {
      String payload = write(notice.snapshot());
      List<UUID> places = places(notice, routes);
      if (places.isEmpty()) {
        LOG.warn("Alert {} reaches nobody: its budget has no channel", notice.alertId());
      }
      places.forEach(
          channel ->
              staged.add(
                  new Deliveries.Staged(
                      new DeliveryKey(
                          notice.counter().workspaceId(),
                          notice.alertId(),
                          channel,
                          notice.purpose()),
                      payload)));
    }
    if (staged.isEmpty()) {
      return () -> {};
    }
    deliveries.insert(staged, now);
    List<DeliveryKey> keys = staged.stream().map(Deliveries.Staged::key).toList();
    return () -> queue.send(keys, Duration.ZERO);
  }

  @Override
  public int requeueDue(Instant now) {
    List<DeliveryKey> overdue = deliveries.dueBefore(now.minus(OVERDUE), AT_ONCE);
    if (!overdue.isEmpty()) {
      queue.send(overdue, Duration.ZERO);
    }
    return overdue.size();
  }

  /// A recovery goes where the alert went; nobody else would know what has recovered.
  private List<UUID> places(AlertNotice notice, Channels.Routes routes) {
    CounterKey counter = notice.counter();
    if (notice.purpose() == Purpose.RECOVERED) {
      return deliveries.find(counter.workspaceId(), notice.alertId(), Purpose.RAISED).stream()
          .map(DeliveryKey::channelId)
          .toList();
    }
    return routes.of(counter.workspaceId(), counter.budgetId(), notice.channels()).stream()
        .filter(channel -> channel.minSeverity().compareTo(notice.severity()) <= 0)
        .map(Channel::id)
        .toList();
  }

  private static Set<UUID> parts(List<AlertNotice> notices, Function<CounterKey, UUID> part) {
    return notices.stream().map(AlertNotice::counter).map(part).collect(Collectors.toSet());
  }

  private String write(AlertSnapshot snapshot) {
    try {
      return json.writeValueAsString(snapshot);
    } catch (IOException cannotHappenInMemory) {
      throw new UncheckedIOException(cannotHappenInMemory);
    }
  }
}
