package dev.stipend.budget;

import dev.stipend.money.Money;
import dev.stipend.sql.ArrayBinder;
import dev.stipend.sql.Instants;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.sql.PreparedStatement;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/// The counters of all budgets, as evaluation reads and marks them. Every method that locks rows
/// locks them in key order.
@Singleton
public class Counters {
  private static final String IN_KEY_ORDER =
      "ORDER BY c.workspace_id, c.budget_id, c.subject, c.period_start\n";

  private final JdbcOperations jdbc;

  Counters(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /// Locks those of the counters that changed since their last evaluation, waiting for whoever
  /// holds them.
  @Transactional
  public List<Counter> lockDirty(Collection<CounterKey> keys) {
    return jdbc.prepareStatement(
        """
        SELECT c.*
        FROM stipend.budget_periods c
        JOIN unnest(?, ?, ?, ?) AS key (workspace_id, budget_id, subject, period_start)
          USING (workspace_id, budget_id, subject, period_start)
        WHERE c.dirty
        """
            + IN_KEY_ORDER
            + "FOR UPDATE OF c",
        statement -> {
          CounterRow.bindKeys(statement, 1, List.copyOf(keys));
          return CounterRow.read(statement);
        });
  }

  /// Locks up to `most` counters that changed, leaving out those that somebody else holds: who
  /// holds one evaluates it.
  @Transactional
  public List<Counter> claimDirty(int most) {
    return jdbc.prepareStatement(
        """
        SELECT c.*
        FROM stipend.budget_periods c
        WHERE c.dirty
        """
            + IN_KEY_ORDER
            + "LIMIT ? FOR UPDATE OF c SKIP LOCKED",
        statement -> {
          statement.setInt(1, most);
          return CounterRow.read(statement);
        });
  }

  /// Up to `most` counters that are to be looked at by now.
  @Transactional
  public List<Counter> dueToLookAt(Instant now, int most) {
    return due("TRUE", "look_at", "", now, most);
  }

  /// Locks those of the counters that are still to be looked at, leaving out those that somebody
  /// else holds.
  @Transactional
  public List<Counter> claimToLookAt(Collection<CounterKey> keys, Instant now) {
    return lock(keys, "c.look_at <= ?", " SKIP LOCKED", now);
  }

  /// Locks those of the counters whose period has ended and is not closed.
  @Transactional
  public List<Counter> lockEnded(Collection<CounterKey> keys, Instant now) {
    return lock(keys, "c.closed_at IS NULL AND c.period_end <= ?", "", now);
  }

  private List<Counter> lock(
      Collection<CounterKey> keys, String which, String waiting, Instant now) {
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
          CounterRow.bindKeys(statement, 1, List.copyOf(keys));
          statement.setObject(5, Instants.parameter(now));
          return CounterRow.read(statement);
        });
  }

  /// Notes when counters are to be looked at again, empty for when something is recorded; the
  /// caller holds their rows.
  @Transactional
  public void lookAgain(List<Counter> counters, Function<Counter, Optional<Instant>> at) {
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
          CounterRow.bindKeys(statement, 1, keys(counters));
          new ArrayBinder<>(statement, 5, counters)
              .instants(counter -> at.apply(counter).orElse(null));
          return statement.executeUpdate();
        });
  }

  /// Locks up to `most` counters whose period has ended and is not closed.
  @Transactional
  public List<Counter> claimEnded(Instant now, int most) {
    return due("c.closed_at IS NULL", "period_end", "FOR UPDATE OF c SKIP LOCKED", now, most);
  }

  private List<Counter> due(String which, String due, String locking, Instant now, int most) {
    return jdbc.prepareStatement(
        """
        SELECT c.*
        FROM stipend.budget_periods c
        WHERE %1$s AND c.%2$s <= ?
        ORDER BY c.%2$s
        LIMIT ?
        %3$s
        """
            .formatted(which, due, locking),
        statement -> {
          statement.setObject(1, Instants.parameter(now));
          statement.setInt(2, most);
          return CounterRow.read(statement);
        });
  }

  /// Marks counters for evaluation; the caller holds their rows.
  @Transactional
  void markDirty(List<CounterKey> keys) {
    mark("dirty = TRUE", keys, Optional.empty());
  }

  /// Marks the counters of open alerts that the release before this one logged and announced to
  /// nobody, so that the next evaluation decides about them.
  @Transactional
  public void markUnannounced() {
    jdbc.prepareStatement(
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
        """,
        PreparedStatement::executeUpdate);
  }

  @Transactional
  public void markEvaluated(List<Counter> counters, Instant now) {
    mark(
        "dirty = FALSE, evaluated_at = greatest(evaluated_at, ?)",
        keys(counters),
        Optional.of(now));
  }

  @Transactional
  void markClosed(List<Counter> counters, Function<Counter, Money> limit, Instant now) {
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
          CounterRow.bindKeys(statement, 2, keys(counters));
          new ArrayBinder<>(statement, 6, counters)
              .decimals(counter -> limit.apply(counter).amount());
          return statement.executeUpdate();
        });
  }

  private void mark(String assignments, List<CounterKey> keys, Optional<Instant> instant) {
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
          CounterRow.bindKeys(statement, instant.isPresent() ? 2 : 1, keys);
          return statement.executeUpdate();
        });
  }

  private static List<CounterKey> keys(List<Counter> counters) {
    return counters.stream().map(Counter::key).toList();
  }

  /// Those of the counters whose subjects were used in a period before that ended after an instant.
  @Transactional
  Set<CounterKey> usedSince(List<Counter> counters, Instant since) {
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
          CounterRow.bindKeys(statement, 1, keys(counters));
          statement.setObject(5, Instants.parameter(since));
          return CounterRow.keys(statement);
        });
  }

  /// Opens counters at zero where there are none. Those of which something is foreseen are looked
  /// at soon: nobody may ever record anything in them.
  @Transactional
  void open(List<CounterRollover.Next> next, Instant now) {
    List<Counter> counters = next.stream().map(CounterRollover.Next::counter).toList();
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
          CounterRow.bindKeys(statement, 1, keys(counters));
          new ArrayBinder<>(statement, 5, next)
              .instants(one -> one.counter().period().end())
              .decimals(one -> one.counter().limit().amount())
              .instants(one -> one.counter().dataAsOf())
              .instants(one -> one.looksAhead() ? now : null);
          return statement.executeUpdate();
        });
  }

  /// The counters of a budget whose periods are not closed.
  @Transactional
  List<CounterKey> keysOf(UUID workspace, UUID budget) {
    return jdbc.prepareStatement(
        """
        SELECT c.*
        FROM stipend.budget_periods c
        WHERE c.workspace_id = ?
          AND c.budget_id = ?
          AND c.closed_at IS NULL
        """,
        statement -> {
          statement.setObject(1, workspace);
          statement.setObject(2, budget);
          return CounterRow.read(statement).stream().map(Counter::key).toList();
        });
  }

  /// The counter of a subject in the period that starts at an instant.
  @Transactional
  public Optional<Counter> find(CounterKey key) {
    return findAll(List.of(key)).stream().findFirst();
  }

  /// Those of the counters that there are.
  @Transactional
  public List<Counter> findAll(List<CounterKey> keys) {
    return jdbc.prepareStatement(
        """
        SELECT c.*
        FROM stipend.budget_periods c
        JOIN unnest(?, ?, ?, ?) AS key (workspace_id, budget_id, subject, period_start)
          USING (workspace_id, budget_id, subject, period_start)
        """,
        statement -> {
          CounterRow.bindKeys(statement, 1, keys);
          return CounterRow.read(statement);
        });
  }

  /// The counters of a subject whose periods start before an instant, latest period first.
  @Transactional
  public List<Counter> history(
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
          statement.setObject(1, workspace);
          statement.setObject(2, budget);
          statement.setString(3, subject);
          statement.setObject(4, Instants.parameter(before));
          statement.setInt(5, most);
          return CounterRow.read(statement);
        });
  }
}
