package dev.stipend.budget.backfill;

import dev.stipend.budget.Budget;
import dev.stipend.budget.BudgetRepository;
import dev.stipend.budget.BudgetStatus;
import dev.stipend.budget.ScopeSql;
import dev.stipend.budget.UnreadableBudgetException;
import dev.stipend.budget.period.PeriodKey;
import dev.stipend.budget.period.RecordedPeriods;
import dev.stipend.ingest.ledger.LedgerHorizon;
import dev.stipend.platform.sql.ArrayBinder;
import dev.stipend.platform.sql.Instants;
import dev.stipend.platform.sql.Rows;
import dev.stipend.platform.sql.Sql;
import dev.stipend.platform.sql.StatementLimit;
import dev.stipend.time.Period;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The transactions of a backfill. None of them keeps anybody from recording: what the counters
/// lack is read from one state of the database, and added to whatever was counted since.
@Singleton
class BackfillSteps {
  private final BackfillRepository backfills;
  private final BudgetRepository budgets;
  private final RecordedPeriods recorded;
  private final LedgerHorizon horizon;
  private final CounterAddition addition;
  private final StatementLimit limit;
  private final JdbcOperations jdbc;

  BackfillSteps(
      BackfillRepository backfills,
      BudgetRepository budgets,
      RecordedPeriods recorded,
      LedgerHorizon horizon,
      CounterAddition addition,
      StatementLimit limit,
      JdbcOperations jdbc) {
    this.backfills = backfills;
    this.budgets = budgets;
    this.recorded = recorded;
    this.horizon = horizon;
    this.addition = addition;
    this.limit = limit;
    this.jdbc = jdbc;
  }

  /// A budget and those of its periods that are not filled yet.
  record Waiting(Budget budget, RecordedPeriods.Reading reading) {}

  /// What is left of a backfill; empty if nothing is to be filled.
  ///
  /// @throws UnreadableBudgetException if this release cannot read the budget
  @Transactional
  Optional<Waiting> waiting(Backfill backfill, Instant now) {
    return budgets
        .find(backfill.workspaceId(), backfill.budgetId())
        .filter(budget -> budget.status() != BudgetStatus.ARCHIVED)
        .map(
            budget ->
                new Waiting(
                    budget,
                    reading(budget, backfill.remaining(), now)
                        .only(
                            period ->
                                period.start().isBefore(backfill.until().orElse(Period.FOREVER)))));
  }

  /// The periods of a budget that can be filled.
  ///
  /// @param remaining only those that are not final
  @Transactional
  RecordedPeriods.Reading reading(Budget budget, boolean remaining, Instant now) {
    return remaining
        ? recorded.remaining(budget, horizon.both(), now)
        : recorded.known(budget, horizon.both(), now);
  }

  /// What counters lack of what is recorded of them. Locks nothing.
  ///
  /// @param most how many at most
  /// @param time what it may take
  @Transactional
  List<CounterDrift> lacking(
      Budget budget, RecordedPeriods.Reading wanted, int most, Duration time) {
    // A month may have left the database since the periods were chosen; none does meanwhile.
    RecordedPeriods.Reading reading = wanted.known(budget, horizon.both());
    limit.set(time);
    return jdbc.prepareStatement(
        reading.source().sql(ScopeSql.of(budget))
            + """
            , stored AS (
              SELECT subject, period_start, period_end, spend, requests, unpriced
              FROM stipend.budget_periods
              WHERE workspace_id = ? AND budget_id = ? AND period_start IN (SELECT period_start FROM periods))
            SELECT subject, period_start, coalesce(e.period_end, c.period_end) AS period_end,
              coalesce(e.spend, 0) - coalesce(c.spend, 0) AS spend,
              coalesce(e.requests, 0) - coalesce(c.requests, 0) AS requests,
              coalesce(e.unpriced, 0) - coalesce(c.unpriced, 0) AS unpriced
            FROM expected e
            FULL JOIN stored c USING (subject, period_start)
            WHERE coalesce(e.spend, 0) <> coalesce(c.spend, 0)
               OR coalesce(e.requests, 0) <> coalesce(c.requests, 0)
               OR coalesce(e.unpriced, 0) <> coalesce(c.unpriced, 0)
            LIMIT ?
            """,
        statement -> {
          new ArrayBinder<>(statement, 1, reading.periods())
              .instants(Period::start)
              .instants(Period::end);
          statement.setObject(3, Instants.parameter(budget.countsFrom()));
          statement.setObject(4, budget.workspaceId());
          ScopeSql.of(budget).bind(statement, 5);
          statement.setObject(6, budget.workspaceId());
          statement.setObject(7, budget.id());
          statement.setInt(8, most);
          return Rows.list(
              statement,
              row ->
                  new CounterDrift(
                      budget.id(),
                      budget.version(),
                      row.getString("subject"),
                      new Period(
                          Instants.read(row, "period_start"), Instants.read(row, "period_end")),
                      row.getBigDecimal("spend"),
                      row.getLong("requests"),
                      row.getLong("unpriced"),
                      row.getString("subject")));
        });
  }

  /// Adds what counters lack, and answers those that are to be evaluated. Empty if another works on
  /// it, or the budget was edited since.
  @Transactional
  Optional<List<PeriodKey>> add(
      Backfill backfill, Budget budget, List<CounterDrift> drifts, Instant now) {
    // In the order in which an edit takes them.
    return isStill(budget) && backfills.hold(backfill)
        ? Optional.of(addition.add(budget.workspaceId(), drifts, "TRUE", now))
        : Optional.empty();
  }

  /// Whether nobody has edited a budget, or will until the caller's transaction ends.
  private boolean isStill(Budget budget) {
    return Sql.any(
        jdbc,
        "SELECT FROM stipend.budgets WHERE workspace_id = ? AND id = ? AND version = ? FOR SHARE",
        budget.workspaceId(),
        budget.id(),
        budget.version());
  }
}
