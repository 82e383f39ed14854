package dev.stipend.budget.period;

import dev.stipend.budget.Budget;
import dev.stipend.budget.Scope;
import dev.stipend.ingest.ledger.Horizons;
import dev.stipend.platform.sql.Instants;
import dev.stipend.platform.sql.Statements;
import dev.stipend.time.Cadence;
import dev.stipend.time.Period;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;

/// Tells which periods of a budget can be added up from what is recorded.
///
/// The rollup and the ledger know what happened from their horizons on; a period that begins to
/// count before that is exact in its counter only, which is therefore left as it is.
@Singleton
public class RecordedPeriods {
  /// Senders' clocks may be this far ahead, so the ledger may be too.
  private static final Duration AHEAD = Duration.ofMinutes(5);

  private final JdbcOperations jdbc;

  RecordedPeriods(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /// Periods, and where they are added up from.
  public record Reading(PeriodSource source, List<Period> periods) {
    /// Those that can be added up, as far as the database still knows what is recorded.
    public Reading known(Budget budget, Horizons horizons) {
      Instant horizon = source.horizon(horizons);
      return only(
          period -> !period.start().isBefore(horizon) || !budget.countsFrom().isBefore(horizon));
    }

    public Reading only(Predicate<Period> wanted) {
      return new Reading(source, periods.stream().filter(wanted).toList());
    }
  }

  /// All periods that can be added up.
  public Reading known(Budget budget, Horizons horizons, Instant now) {
    List<Period> periods =
        budget
            .cadence()
            .periodsBetween(budget.countsFrom(), lastCounted(budget.workspaceId(), now));
    PeriodSource source = PeriodSource.of(budget.scope(), periods, budget.countsFrom());
    return new Reading(source, periods).known(budget, horizons);
  }

  /// Those of them that are not final: periods that ended before the ledger's horizon are.
  public Reading remaining(Budget budget, Horizons horizons, Instant now) {
    return known(budget, horizons, now).only(period -> period.end().isAfter(horizons.ledger()));
  }

  /// From when a new budget can count.
  ///
  /// @param wanted from when it should
  public static Instant countsFrom(
      Scope scope, Cadence cadence, Instant wanted, Horizons horizons) {
    List<Period> first = cadence.periodAt(wanted).stream().toList();
    Instant horizon = PeriodSource.of(scope, first, wanted).horizon(horizons);
    return horizon.isBefore(wanted) ? wanted : horizon;
  }

  /// The instant before which everything counted lies: the ledger may be ahead of this clock.
  @Transactional
  public Instant lastCounted(UUID workspace, Instant now) {
    Instant expected = now.plus(AHEAD);
    return jdbc.prepareStatement(
        """
        SELECT greatest(max(bucket_start) + interval '15 minutes', ?) AS last
        FROM stipend.cost_tracking
        WHERE workspace_id = ?
        """,
        statement -> {
          Statements.bind(statement, expected, workspace);
          try (ResultSet row = statement.executeQuery()) {
            row.next();
            return Instants.read(row, "last");
          }
        });
  }
}
