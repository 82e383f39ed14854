package dev.stipend.budget.period;

import dev.stipend.money.Money;
import dev.stipend.platform.sql.ArrayBinder;
import dev.stipend.platform.sql.Instants;
import dev.stipend.platform.sql.Sql;
import dev.stipend.platform.sql.Statements;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/// The counters of all budgets, as evaluation reads and marks them.
@Singleton
public class BudgetPeriods {
  private final JdbcOperations jdbc;

  BudgetPeriods(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /// Notes when counters are to be looked at again, empty for when something is recorded; the
  /// caller holds their rows.
  @Transactional
  public void lookAgain(List<BudgetPeriod> counters, Function<BudgetPeriod, Optional<Instant>> at) {
    jdbc.prepareStatement(
        """
        UPDATE stipend.budget_periods c
        SET look_at = key.look_at
        FROM unnest(?, ?, ?, ?, ?) AS key (workspace_id, budget_id, subject, period_start, look_at)
        WHERE c.workspace_id = key.workspace_id
          AND c.budget_id = key.budget_id
          AND c.subject = key.subject
          AND c.period_start = key.period_start
        """,
        statement -> {
          PeriodRow.bindKeys(statement, 1, keys(counters));
          new ArrayBinder<>(statement, 5, counters)
              .instants(counter -> at.apply(counter).orElse(null));
          return statement.executeUpdate();
        });
  }

  /// Marks counters for evaluation; the caller holds their rows.
  @Transactional
  void markDirty(List<PeriodKey> keys) {
    mark("dirty = TRUE", keys, Optional.empty());
  }

  /// Marks the counters of open alerts that the release before this one logged and announced to
  /// nobody, so that the next evaluation decides about them. Answers how many there were.
  @Transactional
  public int markUnannounced() {
    return Sql.update(
        jdbc,
        """
        UPDATE stipend.budget_periods c
        SET dirty = TRUE
        FROM stipend.alert_logs a
        WHERE a.state = 'superseded'
          AND a.resolved_at IS NULL
          AND c.workspace_id = a.workspace_id
          AND c.budget_id = a.budget_id
          AND c.subject = a.subject
          AND c.period_start = a.period_start
          AND c.closed_at IS NULL
          AND NOT c.dirty
        """);
  }

  @Transactional
  public void markEvaluated(List<BudgetPeriod> counters, Instant now) {
    mark(
        "dirty = FALSE, evaluated_at = greatest(evaluated_at, ?)",
        keys(counters),
        Optional.of(now));
  }

  /// Notes that nothing but the present spend of counters, whose periods have ended, was ever
  /// known; the caller holds their rows.
  @Transactional
  public void markKnown(List<BudgetPeriod> counters) {
    mark("closed_spend = c.spend", keys(counters), Optional.empty());
  }

  @Transactional
  void markClosed(List<BudgetPeriod> counters, Function<BudgetPeriod, Money> limit, Instant now) {
    jdbc.prepareStatement(
        """
        UPDATE stipend.budget_periods c
        SET closed_at = ?, closed_spend = coalesce(c.closed_spend, c.spend), limit_amount = key.limit_amount
        FROM unnest(?, ?, ?, ?, ?) AS key (workspace_id, budget_id, subject, period_start, limit_amount)
        WHERE c.workspace_id = key.workspace_id
          AND c.budget_id = key.budget_id
          AND c.subject = key.subject
          AND c.period_start = key.period_start
        """,
        statement -> {
          statement.setObject(1, Instants.parameter(now));
          PeriodRow.bindKeys(statement, 2, keys(counters));
          new ArrayBinder<>(statement, 6, counters)
              .decimals(counter -> limit.apply(counter).amount());
          return statement.executeUpdate();
        });
  }

  private void mark(String assignments, List<PeriodKey> keys, Optional<Instant> instant) {
    jdbc.prepareStatement(
        """
        UPDATE stipend.budget_periods c
        SET %s
        FROM unnest(?, ?, ?, ?) AS key (workspace_id, budget_id, subject, period_start)
        WHERE c.workspace_id = key.workspace_id
          AND c.budget_id = key.budget_id
          AND c.subject = key.subject
          AND c.period_start = key.period_start
        """
            .formatted(assignments),
        statement -> {
          if (instant.isPresent()) {
            statement.setObject(1, Instants.parameter(instant.get()));
          }
          PeriodRow.bindKeys(statement, instant.isPresent() ? 2 : 1, keys);
          return statement.executeUpdate();
        });
  }

  private static List<PeriodKey> keys(List<BudgetPeriod> counters) {
    return counters.stream().map(BudgetPeriod::key).toList();
  }

  /// Those of the counters whose subjects were used in a period before that ended after an instant.
  @Transactional
  Set<PeriodKey> usedSince(List<BudgetPeriod> counters, Instant since) {
    if (counters.isEmpty()) {
      return Set.of();
    }
    return jdbc.prepareStatement(
        """
        SELECT key.*
        FROM unnest(?, ?, ?, ?) AS key (workspace_id, budget_id, subject, period_start)
        WHERE EXISTS (
          SELECT
          FROM stipend.budget_periods before
          WHERE before.workspace_id = key.workspace_id
            AND before.budget_id = key.budget_id
            AND before.subject = key.subject
            AND before.period_start < key.period_start
            AND before.period_end > ?
            AND before.requests > 0)
        """,
        statement -> {
          PeriodRow.bindKeys(statement, 1, keys(counters));
          statement.setObject(5, Instants.parameter(since));
          return PeriodRow.keys(statement);
        });
  }

  /// Opens counters at zero where there are none. Those of which something is foreseen are looked
  /// at soon: nobody may ever record anything in them.
  @Transactional
  void open(List<PeriodRollover.Next> next, Instant now) {
    List<BudgetPeriod> counters = next.stream().map(PeriodRollover.Next::counter).toList();
    jdbc.prepareStatement(
        """
        INSERT INTO stipend.budget_periods (
          workspace_id, budget_id, subject, period_start, period_end, limit_amount, data_as_of, look_at, dirty)
        SELECT opened.*, FALSE
        FROM unnest(?, ?, ?, ?, ?, ?, ?, ?) AS opened (
          workspace_id, budget_id, subject, period_start, period_end, limit_amount, data_as_of, look_at)
        ORDER BY workspace_id, budget_id, subject, period_start
        ON CONFLICT (workspace_id, budget_id, subject, period_start) DO NOTHING
        """,
        statement -> {
          PeriodRow.bindKeys(statement, 1, keys(counters));
          new ArrayBinder<>(statement, 5, next)
              .instants(one -> one.counter().period().end())
              .decimals(one -> one.counter().limit().amount())
              .instants(one -> one.counter().dataAsOf())
              .instants(one -> one.looksAhead() ? now : null);
          return statement.executeUpdate();
        });
  }

  /// The counter of a subject in the period that starts at an instant.
  @Transactional
  public Optional<BudgetPeriod> find(PeriodKey key) {
    return findAll(List.of(key)).stream().findFirst();
  }

  /// Those of the counters that there are.
  @Transactional
  public List<BudgetPeriod> findAll(List<PeriodKey> keys) {
    return jdbc.prepareStatement(
        """
        SELECT c.*
        FROM stipend.budget_periods c
        JOIN unnest(?, ?, ?, ?) AS key (workspace_id, budget_id, subject, period_start)
          USING (workspace_id, budget_id, subject, period_start)
        """,
        statement -> {
          PeriodRow.bindKeys(statement, 1, keys);
          return PeriodRow.read(statement);
        });
  }

  /// The counters of a subject whose periods start before an instant, latest period first.
  @Transactional
  public List<BudgetPeriod> history(
      UUID workspace, UUID budget, String subject, Instant before, int most) {
    return jdbc.prepareStatement(
        """
        SELECT c.*
        FROM stipend.budget_periods c
        WHERE c.workspace_id = ?
          AND c.budget_id = ?
          AND c.subject = ?
          AND c.period_start < ?
        ORDER BY c.period_start DESC
        LIMIT ?
        """,
        statement -> {
          Statements.bind(statement, workspace, budget, subject, before, most);
          return PeriodRow.read(statement);
        });
  }
}
