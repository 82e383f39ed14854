package dev.stipend.concurrency;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One opening of a line.
final class ModelAlert {
  final ModelCounter counter;
  final int percent;
  final boolean restated;
  final long opening;
  final Instant raisedAt;
  String state = "new";
  boolean wasTold;
  boolean speaks;
  boolean endIsUnknown;
  boolean acknowledged;
  @Nullable Instant resolvedAt;
  @Nullable Instant snoozedUntil;
  @Nullable Instant silentUntil;

  ModelAlert(ModelCounter counter, int percent, boolean restated, long opening, Instant raisedAt) {
    this.counter = counter;
    this.percent = percent;
    this.restated = restated;
    this.opening = opening;
    this.raisedAt = raisedAt;
  }

  /// As the test reads it from the database.
  String key() {
    String type = restated ? "RESTATED" : percent < 100 ? "LIMIT_WARNING" : "LIMIT_EXCEEDED";
    return "%s|%s|%d|%d".formatted(counter.key, type, percent, opening);
  }

  boolean isOpen() {
    return state.equals("open") || state.equals("superseded");
  }

  /// Whether it is open, or opens now.
  boolean isCurrent() {
    return isOpen() || state.equals("new");
  }

  boolean isAbove(ModelAlert lower) {
    return counter == lower.counter && restated == lower.restated && percent > lower.percent;
  }

  /// Whether people know of a higher line that was open while this one was, and of its end.
  boolean isOldNews() {
    return counter.alerts.stream()
        .filter(other -> other.isAbove(this) && other.wasTold && !other.endIsUnknown)
        .anyMatch(other -> other.resolvedAt == null || !other.resolvedAt.isBefore(raisedAt));
  }

  boolean isCritical() {
    return percent >= 100;
  }

  Optional<Instant> quietUntil() {
    return acknowledged ? Optional.of(Instant.MAX) : Optional.ofNullable(snoozedUntil);
  }

  boolean isDue(Instant now) {
    return isOpen()
        && ((snoozedUntil != null && !snoozedUntil.isAfter(now))
            || (silentUntil != null && !silentUntil.isAfter(now)));
  }
}
