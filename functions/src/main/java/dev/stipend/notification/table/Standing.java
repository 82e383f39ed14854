package dev.stipend.notification.table;

import dev.stipend.alert.AlertRecord;
import java.time.Instant;
import java.util.Optional;

/// How an alert stands now.
///
/// @param resolvedAt since when it is over, or its period
record Standing(
    Optional<Instant> acknowledgedAt,
    Optional<String> acknowledgedBy,
    Optional<Instant> resolvedAt) {
  static Standing of(AlertRecord alert) {
    return new Standing(alert.acknowledgedAt(), alert.acknowledgedBy(), alert.resolvedAt());
  }

  /// One word for it: `open`, `acknowledged` or `resolved`.
  String word() {
    if (resolvedAt.isPresent()) {
      return "resolved";
    }
    return acknowledgedAt.isPresent() ? "acknowledged" : "open";
  }
}
