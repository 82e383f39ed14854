package dev.stipend.archive;

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

  private final RetentionSettings settings;
  private final LedgerMonths months;
  private final MonthArchive archive;
  private final ArchiveLog log;
  private final MonthDrop drop;

  LedgerRetention(
      RetentionSettings settings,
      LedgerMonths months,
      MonthArchive archive,
      ArchiveLog log,
      MonthDrop drop) {
    this.settings = settings;
    this.months = months;
    this.archive = archive;
    this.log = log;
    this.drop = drop;
  }

  /// Answers how many months left the ledger: none where no retention is set.
  ///
  /// @throws IllegalStateException if a setting makes no sense, or an archive does not hold its
  ///     month; whatever has not been verified is kept, and the next run goes on from there
  public int run(Instant now) {
    return settings.read().map(retention -> run(retention, now)).orElse(0);
  }

  int run(Retention retention, Instant now) {
    int dropped = 0;
    for (YearMonth month : months.before(retention.firstKept(now))) {
      ArchivedMonth archived =
          log.findPending(month).orElseGet(() -> archive(month, retention, now));
      if (!archive.isWhole(archived)) {
        throw differs(archived, "the file does not hold what its record says");
      }
      if (!drop.drop(archived, now)) {
        throw differs(archived, "the month changed since");
      }
      LOG.info(
          "{} left the ledger: {} rows, archive {}",
          month,
          archived.contents().rows(),
          archived.location());
      dropped++;
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
        "%s is kept: its archive %s cannot be relied on, for %s; the next run writes it anew"
            .formatted(archived.month(), archived.location(), reason));
  }
}
