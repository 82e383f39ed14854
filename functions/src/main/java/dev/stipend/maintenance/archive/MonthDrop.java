package dev.stipend.maintenance.archive;

import dev.stipend.maintenance.archive.MonthlyPartitions.Standing;
import dev.stipend.platform.sql.LockAttempts;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;

/// Drops archived months that still hold what their archive does; a late event may have come
/// meanwhile.
///
/// A month is compared with its archive while everybody works. The ledger is locked only to see
/// that nothing was recorded in the month since, and to drop it.
@Singleton
class MonthDrop {
  /// A row becomes visible after the time that it says it was recorded at; no transaction lasts
  /// nearly so long.
  private static final Duration LONGEST_TRANSACTION = Duration.ofHours(1);

  private final MonthlyPartitions months;
  private final MonthRemoval removal;

  MonthDrop(MonthlyPartitions months, MonthRemoval removal) {
    this.months = months;
    this.removal = removal;
  }

  /// What became of a month.
  enum Outcome {
    DROPPED,
    /// It holds something else than its archive.
    CHANGED,
    /// Somebody used the ledger all the time.
    BUSY
  }

  Outcome drop(ArchivedMonth archived, Instant now) {
    Instant since = now.minus(LONGEST_TRANSACTION);
    Standing standing = months.standing(archived.month(), since);
    return standing.contents().equals(archived.contents())
        ? LockAttempts.repeat(() -> removal.remove(archived, since, standing.recent(), now))
            .orElse(Outcome.BUSY)
        : Outcome.CHANGED;
  }
}
