package dev.stipend.maintenance.archive;

import dev.stipend.maintenance.archive.MonthDrop.Outcome;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.YearMonth;

/// The transactions in which months and their totals leave.
@Singleton
class MonthRemoval {
  private final MonthlyPartitions months;
  private final ArchiveLog log;

  MonthRemoval(MonthlyPartitions months, ArchiveLog log) {
    this.months = months;
    this.log = log;
  }

  /// Drops a month that was compared with its archive, unless something was recorded in it since.
  ///
  /// @param since an instant before the comparison
  /// @param recent how many rows of the month were recorded since then, as the comparison found
  @Transactional
  Outcome remove(ArchivedMonth archived, Instant since, long recent, Instant now) {
    months.lockLedger();
    if (months.exists(archived.month())) {
      if (months.countRecordedSince(archived.month(), since) != recent) {
        return Outcome.CHANGED;
      }
      months.drop(archived.month());
    }
    log.markDropped(archived, now);
    return Outcome.DROPPED;
  }

  /// Notes that the totals of the months before another one leave. Nobody reads them then: whoever
  /// asks how far totals go back keeps this from happening until he has read them. Answers for how
  /// many months that is new.
  @Transactional
  int removeTotals(YearMonth end, Instant now) {
    if (!log.hasTotals(end)) {
      return 0;
    }
    months.lockLedger();
    return log.markTotalsDropped(end, now);
  }
}
