package dev.stipend.notification.delivery;

import dev.stipend.alert.AlertNotice;
import dev.stipend.alert.AlertNotice.Purpose;
import dev.stipend.alert.AlertOutbox;
import dev.stipend.alert.LoggedAlert;
import dev.stipend.alert.Suppression;
import dev.stipend.budget.period.PeriodKey;
import dev.stipend.notification.channel.Channel;
import dev.stipend.notification.channel.Channels;
import dev.stipend.notification.silence.ActiveSilences;
import dev.stipend.notification.silence.Silences;
import dev.stipend.notification.silence.SuppressedDeliveries;
import dev.stipend.platform.json.JsonText;
import dev.stipend.platform.sql.AfterCommit;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
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
  private final SuppressedDeliveries suppressed;
  private final Silences silences;
  private final DeliveryQueue queue;
  private final JsonText json;
  private final AfterCommit afterCommit;

  DeliveryOutbox(
      Channels channels,
      Deliveries deliveries,
      SuppressedDeliveries suppressed,
      Silences silences,
      DeliveryQueue queue,
      JsonText json,
      AfterCommit afterCommit) {
    this.channels = channels;
    this.deliveries = deliveries;
    this.suppressed = suppressed;
    this.silences = silences;
    this.queue = queue;
    this.json = json;
    this.afterCommit = afterCommit;
  }

  @Override
  public void stage(List<AlertNotice> notices, Instant now) {
    if (notices.isEmpty()) {
      return;
    }
    List<Deliveries.Staged> staged = new ArrayList<>();
    Set<UUID> workspaces = parts(notices, PeriodKey::workspaceId);
    Channels.Routes routes = channels.routes(workspaces, parts(notices, PeriodKey::budgetId));
    ActiveSilences muting = new ActiveSilences(silences.active(workspaces, now));
    for (AlertNotice notice : notices) {
      String payload = json.write(notice.snapshot());
      List<UUID> places = places(notice, routes);
      if (places.isEmpty() && notice.purpose() == Purpose.RAISED) {
        LOG.warn("Alert {} reaches nobody: its budget has no channel", notice.alertId());
      }
      for (UUID channel : places) {
        DeliveryKey key =
            new DeliveryKey(
                notice.counter().workspaceId(), notice.alertId(), channel, notice.purpose());
        staged.add(new Deliveries.Staged(key, payload, muting.of(notice, channel)));
      }
    }
    if (!staged.isEmpty()) {
      deliveries.insert(staged, now);
    }
    sendAfterCommit(
        staged.stream()
            .filter(one -> one.suppression().isEmpty())
            .map(Deliveries.Staged::key)
            .toList());
  }

  @Override
  public void changed(Collection<UUID> workspaces, Collection<UUID> alerts, Instant now) {
    sendAfterCommit(deliveries.insertChanged(workspaces, alerts, now));
  }

  @Override
  public void suppress(UUID workspace, UUID alert, Suppression suppression) {
    suppressed.suppress(workspace, alert, suppression);
  }

  @Override
  public void recheckWorkspaces(Collection<UUID> workspaces, Instant now) {
    suppressed.recheckWorkspaces(workspaces, now);
  }

  @Override
  public void keepSilent(UUID workspace, UUID alert, Suppression suppression) {
    suppressed.keepSilent(workspace, alert, suppression);
  }

  @Override
  public void recheckAlerts(Collection<LoggedAlert> alerts, Instant now) {
    suppressed.recheckAlerts(alerts, now);
  }

  @Override
  public void sendAgain(AlertNotice notice, boolean everywhere, Instant now) {
    UUID workspace = notice.counter().workspaceId();
    ActiveSilences muting = new ActiveSilences(silences.active(List.of(workspace), now));
    List<DeliveryKey> released = new ArrayList<>();
    for (DeliveryKey key : suppressed.take(workspace, notice.alertId(), everywhere)) {
      Optional<Suppression> suppression = muting.of(notice, key.channelId());
      suppression.ifPresent(found -> suppressed.suppress(key, found));
      if (suppression.isEmpty()) {
        released.add(key);
      }
    }
    if (!released.isEmpty()) {
      suppressed.release(released, json.write(notice.snapshot()), now);
    }
    sendAfterCommit(released);
  }

  private void sendAfterCommit(List<DeliveryKey> keys) {
    if (!keys.isEmpty()) {
      afterCommit.run(() -> queue.send(keys, Duration.ZERO));
    }
  }

  @Override
  public int requeueDue(Instant now) {
    List<DeliveryKey> overdue = deliveries.dueBefore(now.minus(OVERDUE), AT_ONCE);
    if (!overdue.isEmpty()) {
      queue.send(overdue, Duration.ZERO);
    }
    return overdue.size();
  }

  /// A recovery goes where the alert went, or will; nobody else would know what has recovered.
  private List<UUID> places(AlertNotice notice, Channels.Routes routes) {
    PeriodKey counter = notice.counter();
    if (notice.purpose() == Purpose.RECOVERED) {
      return deliveries.sentOrSending(counter.workspaceId(), notice.alertId()).stream()
          .map(DeliveryKey::channelId)
          .toList();
    }
    return routes.of(counter.workspaceId(), counter.budgetId(), notice.channels()).stream()
        .filter(channel -> channel.minSeverity().compareTo(notice.severity()) <= 0)
        .map(Channel::id)
        .toList();
  }

  private static Set<UUID> parts(List<AlertNotice> notices, Function<PeriodKey, UUID> part) {
    return notices.stream().map(AlertNotice::counter).map(part).collect(Collectors.toSet());
  }
}
