package dev.stipend.budget.period;

import dev.stipend.budget.Budget;
import dev.stipend.budget.ScopeSql;
import dev.stipend.ingest.ledger.Horizons;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The rows `u` that say what a scope's subjects spent: those of the rollup, which are far fewer,
/// or of the ledger, which has labels and exact times.
///
/// @param relation what stands after `FROM`
/// @param time the expression of when a row's cost was spent
/// @param subject the expression of the subject that a row counts for
public record CountedRows(String relation, String time, String subject) {
  /// What one row of the rollup stands for.
  public static final Duration BUCKET = Duration.ofMinutes(15);

  /// Rows of a period, which need not begin or end with a row of the rollup; empty where not all of
  /// them are in the database any more, so that nothing is shown that does not add up.
  public static Optional<CountedRows> of(
      Budget budget, CountedTogether counted, Horizons horizons) {
    CountedRows rows = of(budget, isAtBucket(counted.from()) && isAtBucket(counted.period().end()));
    Instant horizon = rows.areOfLedger() ? horizons.ledger() : horizons.totals();
    return counted.from().isBefore(horizon) ? Optional.empty() : Optional.of(rows);
  }

  /// Rows of whole rows of the rollup, where it can tell.
  public static CountedRows of(Budget budget) {
    return of(budget, true);
  }

  private static CountedRows of(Budget budget, boolean rolledUp) {
    ScopeSql scope = ScopeSql.of(budget);
    return rolledUp && !scope.needsTags()
        ? new CountedRows("stipend.cost_tracking u", "u.bucket_start", scope.subject())
        : new CountedRows("stipend.usage_logs u " + scope.join(), "u.occurred_at", scope.subject());
  }

  private static boolean isAtBucket(Instant instant) {
    return instant.getEpochSecond() % BUCKET.toSeconds() == 0 && instant.getNano() == 0;
  }

  /// Whether rows tell no more than the ledger, which does not go back for ever.
  public boolean areOfLedger() {
    return time.equals("u.occurred_at");
  }
}
