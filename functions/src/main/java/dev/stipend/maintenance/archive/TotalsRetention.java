package dev.stipend.maintenance.archive;

import dev.stipend.ingest.ledger.LedgerHorizon;
import dev.stipend.maintenance.retention.OldRows;
import dev.stipend.maintenance.retention.Pruning;
import dev.stipend.maintenance.retention.RetentionMonths;
import dev.stipend.platform.sql.LockAttempts;
import dev.stipend.time.TimeLeft;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.Period;
import java.time.YearMonth;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/// Lets totals of old months leave, after the months themselves: while the ledger holds a month, so
/// does the rollup.
@Singleton
public class TotalsRetention {
  private static final int USUAL_MONTHS = 61;

  private static final OldRows OLD_TOTALS =
      new OldRows("cost_tracking", "t.bucket_start < :before", "t.bucket_start", true);

  private final String months;
  private final MonthRemoval removal;
  private final LedgerHorizon horizon;
  private final Pruning pruning;

  TotalsRetention(
      @Nullable @Value("${spend.retention.months:}") String months,
      MonthRemoval removal,
      LedgerHorizon horizon,
      Pruning pruning) {
    this.months = months == null ? "" : months.strip();
    this.removal = removal;
    this.horizon = horizon;
    this.pruning = pruning;
  }

  /// Answers how many rows of the rollup left, as many as time allows.
  ///
  /// @throws IllegalStateException if the setting makes no sense, or the ledger was in use all the
  ///     time; the next run goes on
  public int run(Instant now, TimeLeft left) {
    Period kept = RetentionMonths.read("SPEND_RETENTION_MONTHS", months, USUAL_MONTHS);
    YearMonth end = YearMonth.from(now.atOffset(ZoneOffset.UTC).minus(kept));
    if (LockAttempts.repeat(() -> removal.removeTotals(end, now)).isEmpty()) {
      throw new IllegalStateException(
          "Totals from before " + end + " are kept: the ledger was in use throughout");
    }
    return pruning.forget(OLD_TOTALS, horizon.both().totals(), left);
  }
}
