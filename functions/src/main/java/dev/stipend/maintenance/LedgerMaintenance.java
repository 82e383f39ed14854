package dev.stipend.maintenance;

import dev.stipend.ingest.ledger.UsageEventIds;
import dev.stipend.ingest.ledger.UsageLogs;
import dev.stipend.ingest.record.UsageEventReader;
import dev.stipend.time.TimeLeft;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What the ledger needs once a day: partitions for the months to come and for rows that have none,
/// and no ids older than their window.
@Singleton
public class LedgerMaintenance {
  private static final Duration AHEAD = Duration.ofDays(62);

  /// Ids that one transaction forgets, and the stretch of time that it looks at, so that a backlog
  /// of millions is no giant delete.
  private static final int IDS_AT_ONCE = 20_000;
  private static final Duration TIME_AT_ONCE = Duration.ofHours(1);

  /// By how much ids outlive their window: a recorder's clock may be behind, and its transaction
  /// may take long.
  private static final Duration MARGIN = Duration.ofHours(1);

  private final UsageLogs logs;
  private final UsageEventIds ids;

  LedgerMaintenance(UsageLogs logs, UsageEventIds ids) {
    this.logs = logs;
    this.ids = ids;
  }

  /// Creates the partitions that the live path may write to from now on, and those of rows that
  /// landed outside of any month, which move there. Answers how many are new.
  public int createPartitions(Instant now) {
    int created = logs.createPartitions(now.minus(UsageEventReader.OLDEST), now.plus(AHEAD));
    for (Instant month : logs.homelessMonths()) {
      created += logs.createPartitions(month, month.plusMillis(1));
    }
    return created;
  }

  /// Answers how many ids were forgotten, of events that the live path refuses by their age; as
  /// many as time allows.
  public int pruneEventIds(Instant now, TimeLeft left) {
    Instant end = now.minus(UsageEventReader.OLDEST).minus(MARGIN);
    int total = 0;
    Optional<Instant> oldest = ids.oldestBefore(end);
    if (oldest.isPresent()) {
      for (Instant from = oldest.get();
          from.isBefore(end) && !left.isUsedUp();
          from = from.plus(TIME_AT_ONCE)) {
        Instant hourLater = from.plus(TIME_AT_ONCE);
        total += prune(from, hourLater.isBefore(end) ? hourLater : end);
      }
    }
    return total;
  }

  private int prune(Instant from, Instant until) {
    int total = 0;
    int forgotten = IDS_AT_ONCE;
    while (forgotten == IDS_AT_ONCE) {
      forgotten = ids.forget(from, until, IDS_AT_ONCE);
      total += forgotten;
    }
    return total;
  }
}
