package dev.stipend.budget;

import java.time.Instant;

/// Port: rows that are kept for a time, and forgotten by the daily maintenance.
public interface KeptForATime {
  /// What their number is called in the report of the maintenance, such as `reservationsPruned`.
  String counted();

  /// Forgets those whose time is over, a few in a transaction. Answers how many.
  int prune(Instant now);
}
