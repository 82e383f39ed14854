package dev.stipend.archive;

import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Drops archived months.
@Singleton
class MonthDrop {
  private static final Logger LOG = LoggerFactory.getLogger(MonthDrop.class);

  private final LedgerMonths months;
  private final ArchiveLog log;

  MonthDrop(LedgerMonths months, ArchiveLog log) {
    this.months = months;
    this.log = log;
  }

  /// Drops a month if it still holds what its archive does; a late event may have come meanwhile.
  /// Answers whether it did.
  @Transactional
  boolean drop(ArchivedMonth archived, Instant now) {
    months.lock(archived.month());
    if (!months.contents(archived.month()).equals(archived.contents())) {
      return false;
    }
    int unpriced = months.forgetUnpriced(archived.month());
    if (unpriced > 0) {
      LOG.warn(
          "{} leaves the ledger with {} unpriced events, which no price can reach any more",
          archived.month(),
          unpriced);
    }
    months.drop(archived.month());
    log.markDropped(archived, now);
    return true;
  }
}
