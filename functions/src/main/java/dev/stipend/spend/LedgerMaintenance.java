package dev.stipend.spend;

import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;

/// What the ledger needs once a day: partitions for the months to come, and no ids older than their
/// window.
@Singleton
public class LedgerMaintenance {
  private static final Duration AHEAD = Duration.ofDays(62);

  private final UsageLogs logs;
  private final UsageEventIds ids;

  LedgerMaintenance(UsageLogs logs, UsageEventIds ids) {
    this.logs = logs;
    this.ids = ids;
  }

  /// Creates the partitions that the live path may write to from now on. Answers how many are new.
  @Transactional
  public int createPartitions(Instant now) {
    return logs.createPartitions(now.minus(UsageEventReader.OLDEST), now.plus(AHEAD));
  }

  /// Answers how many ids were forgotten.
  @Transactional
  public int pruneEventIds(Instant now) {
    return ids.prune(now);
  }
}
