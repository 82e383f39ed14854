package dev.stipend.notification.table;

import dev.stipend.alert.AlertRecord;
import java.time.Instant;
import java.util.Optional;

/// How an alert stands now. What it leaves empty stays in the row as the host may have set it.
///
/// @param isTakenBack whether it was snoozed, which takes back that somebody has acknowledged it
/// @param resolvedAt since when it is over, or its period
record Standing(
    Optional<Instant> acknowledgedAt,
    Optional<String> acknowledgedBy,
    boolean isTakenBack,
    Optional<Instant> resolvedAt) {
  static Standing of(AlertRecord alert) {
    return new Standing(
        alert.acknowledgedAt(),
        alert.acknowledgedBy(),
        alert.acknowledgedAt().isEmpty() && alert.snoozedUntil().isPresent(),
        alert.resolvedAt());
  }
}
