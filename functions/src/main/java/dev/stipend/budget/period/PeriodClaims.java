package dev.stipend.budget.period;

import dev.stipend.platform.isolation.SetAside;
import dev.stipend.platform.sql.Instants;
import dev.stipend.platform.sql.Statements;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Locks counters for those who evaluate them, in key order. What is set aside is left out, unless
/// it is asked for by its key alone.
@Singleton
public class PeriodClaims {
  private static final String IN_KEY_ORDER =
      "ORDER BY c.workspace_id, c.budget_id, c.subject, c.period_start\n";

  private final JdbcOperations jdbc;

  PeriodClaims(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /// Locks those of the counters that changed since their last evaluation, waiting for whoever
  /// holds them.
  @Transactional
  public List<BudgetPeriod> lockDirty(Collection<PeriodKey> keys) {
    return jdbc.prepareStatement(
        """
        SELECT c.*
        FROM stipend.budget_periods c
        JOIN unnest(?, ?, ?, ?) AS key (workspace_id, budget_id, subject, period_start)
          USING (workspace_id, budget_id, subject, period_start)
        WHERE c.dirty
          AND
        """
            + SetAside.leavesOutCounters("c")
            + IN_KEY_ORDER
            + "FOR UPDATE OF c",
        statement -> {
          PeriodRow.bindKeys(statement, 1, List.copyOf(keys));
          return PeriodRow.read(statement);
        });
  }

  /// Locks up to `most` counters that changed, leaving out those that somebody else holds: who
  /// holds one evaluates it.
  @Transactional
  public List<BudgetPeriod> claimDirty(int most) {
    return jdbc.prepareStatement(
        """
        SELECT c.*
        FROM stipend.budget_periods c
        WHERE c.dirty
          AND
        """
            + SetAside.leavesOutCounters("c")
            + IN_KEY_ORDER
            + "LIMIT ? FOR UPDATE OF c SKIP LOCKED",
        statement -> {
          statement.setInt(1, most);
          return PeriodRow.read(statement);
        });
  }

  /// Up to `most` counters that are to be looked at by now. Locks none.
  @Transactional
  public List<BudgetPeriod> dueToLookAt(Instant now, int most) {
    return due("TRUE", "look_at", "", now, most);
  }

  /// Locks those of the counters that are still to be looked at, leaving out those that somebody
  /// else holds.
  @Transactional
  public List<BudgetPeriod> claimToLookAt(Collection<PeriodKey> keys, Instant now) {
    return lock(keys, "c.look_at <= ?", " SKIP LOCKED", now);
  }

  /// Locks up to `most` counters whose period has ended and is not closed.
  @Transactional
  public List<BudgetPeriod> claimEnded(Instant now, int most) {
    return due("c.closed_at IS NULL", "period_end", "FOR UPDATE OF c SKIP LOCKED", now, most);
  }

  /// Locks those of the counters whose period has ended and is not closed.
  @Transactional
  public List<BudgetPeriod> lockEnded(Collection<PeriodKey> keys, Instant now) {
    return lock(keys, "c.closed_at IS NULL AND c.period_end <= ?", "", now);
  }

  private List<BudgetPeriod> lock(
      Collection<PeriodKey> keys, String which, String waiting, Instant now) {
    return jdbc.prepareStatement(
        """
        SELECT c.*
        FROM stipend.budget_periods c
        JOIN unnest(?, ?, ?, ?) AS key (workspace_id, budget_id, subject, period_start)
          USING (workspace_id, budget_id, subject, period_start)
        WHERE %s
        %sFOR UPDATE OF c%s
        """
            .formatted(which, IN_KEY_ORDER, waiting),
        statement -> {
          PeriodRow.bindKeys(statement, 1, List.copyOf(keys));
          statement.setObject(5, Instants.parameter(now));
          return PeriodRow.read(statement);
        });
  }

  private List<BudgetPeriod> due(String which, String due, String locking, Instant now, int most) {
    return jdbc.prepareStatement(
        """
        SELECT c.*
        FROM stipend.budget_periods c
        WHERE %1$s AND c.%2$s <= ?
          AND %3$s
        ORDER BY c.%2$s
        LIMIT ?
        %4$s
        """
            .formatted(which, due, SetAside.leavesOutCounters("c"), locking),
        statement -> {
          Statements.bind(statement, now, most);
          return PeriodRow.read(statement);
        });
  }

  /// Locks a counter, set aside or not.
  @Transactional
  public Optional<BudgetPeriod> lock(PeriodKey key) {
    return lock(key, Optional.empty());
  }

  /// Locks a counter, set aside or not, if it is to be looked at by now.
  @Transactional
  public Optional<BudgetPeriod> lockToLookAt(PeriodKey key, Instant now) {
    return lock(key, Optional.of(now));
  }

  private Optional<BudgetPeriod> lock(PeriodKey key, Optional<Instant> toLookAt) {
    return jdbc.prepareStatement(
        """
        SELECT c.*
        FROM stipend.budget_periods c
        JOIN unnest(?, ?, ?, ?) AS key (workspace_id, budget_id, subject, period_start)
          USING (workspace_id, budget_id, subject, period_start)
        WHERE coalesce(c.look_at <= ?, ?)
        FOR UPDATE OF c
        """,
        statement -> {
          PeriodRow.bindKeys(statement, 1, List.of(key));
          statement.setObject(5, Instants.parameter(toLookAt.orElse(null)));
          statement.setBoolean(6, toLookAt.isEmpty());
          return PeriodRow.read(statement).stream().findFirst();
        });
  }
}
