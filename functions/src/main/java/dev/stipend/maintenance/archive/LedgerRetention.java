package dev.stipend.maintenance.archive;

import dev.stipend.ingest.ledger.LedgerHorizon;
import dev.stipend.maintenance.retention.OldRows;
import dev.stipend.maintenance.retention.Pruning;
import dev.stipend.time.TimeLeft;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Applies the retention: archives the months that are over it, verifies the archives, and drops
/// the months, oldest first.
@Singleton
public class LedgerRetention {
  private static final Logger LOG = LoggerFactory.getLogger(LedgerRetention.class);

  /// Nothing prices an event any more whose row is gone.
  private static final OldRows UNPRICED =
      new OldRows("unpriced_events", "t.occurred_at < :before", "t.occurred_at", false);

  private final RetentionSettings settings;
  private final MonthlyPartitions months;
  private final MonthArchive archive;
  private final ArchiveLog log;
  private final MonthDrop drop;
  private final LedgerHorizon horizon;
  private final Pruning pruning;

  LedgerRetention(
      RetentionSettings settings,
      MonthlyPartitions months,
      MonthArchive archive,
      ArchiveLog log,
      MonthDrop drop,
      LedgerHorizon horizon,
      Pruning pruning) {
    this.settings = settings;
    this.months = months;
    this.archive = archive;
    this.log = log;
    this.drop = drop;
    this.horizon = horizon;
    this.pruning = pruning;
  }

  /// Answers how many months left the ledger: none where no retention is set. No month is begun
  /// when time is used up; the next run goes on.
  ///
  /// @throws IllegalStateException if a setting makes no sense, an archive does not hold its month,
  ///     or the ledger was in use throughout; what has not left is kept, and the next run goes on
  public int run(Instant now, TimeLeft left) {
    return settings.read().map(retention -> run(retention, now, left)).orElse(0);
  }

  int run(Retention retention, Instant now, TimeLeft left) {
    int dropped = 0;
    for (YearMonth month : months.before(retention.firstKept(now))) {
      if (left.isUsedUp()) {
        break;
      }
      ArchivedMonth archived =
          log.findPending(month).orElseGet(() -> archive(month, retention, now));
      if (!archive.isWhole(archived)) {
        throw differs(archived, "the file does not hold what its record says");
      }
      switch (drop.drop(archived, now)) {
        case DROPPED -> dropped++;
        case CHANGED -> throw differs(archived, "the month changed since");
        case BUSY ->
            throw new IllegalStateException(
                month + " is kept: the ledger was in use throughout; the next run drops it");
      }
      LOG.info(
          "{} left the ledger: {} rows, archive {}",
          month,
          archived.contents().rows(),
          archived.location());
    }
    int unpriced = pruning.forget(UNPRICED, horizon.read(), left);
    if (unpriced > 0) {
      LOG.warn("{} unpriced events left the ledger and can no longer be priced", unpriced);
    }
    return dropped;
  }

  private ArchivedMonth archive(YearMonth month, Retention retention, Instant now) {
    int part = log.nextPart(month);
    Optional<ArchivedMonth> written =
        retention.archive().map(at -> archive.write(month, part, at, retention.format(), now));
    ArchivedMonth archived =
        written.orElseGet(() -> ArchivedMonth.nowhere(month, part, months.contents(month)));
    log.insert(archived, now);
    return archived;
  }

  private IllegalStateException differs(ArchivedMonth archived, String reason) {
    log.delete(archived);
    return new IllegalStateException(
        "%s is kept: its archive %s cannot be relied on: %s; the next run writes it again"
            .formatted(archived.month(), archived.location(), reason));
  }
}
