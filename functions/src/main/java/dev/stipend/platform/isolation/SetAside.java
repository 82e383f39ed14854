package dev.stipend.platform.isolation;

import dev.stipend.platform.json.Labels;
import dev.stipend.platform.metrics.LogField;
import dev.stipend.platform.sql.ArrayBinder;
import dev.stipend.platform.sql.Instants;
import dev.stipend.platform.sql.Sql;
import dev.stipend.platform.sql.Statements;
import io.micronaut.data.connection.annotation.Connectable;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/// The rows of `set_aside`.
@Singleton
public class SetAside {
  private static final Logger LOG = LoggerFactory.getLogger(SetAside.class);
  private static final int LONGEST_ERROR = 500;

  private static final String BY_KEY =
      """
      WHERE workspace_id = ?
        AND kind = ?
        AND id = ?
        AND subject = ?
        AND period_start = ?
      """;

  private final JdbcOperations jdbc;

  SetAside(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /// The condition that leaves out counters which are set aside, or whose budget or tenant is.
  ///
  /// @param counter the alias of a row that has the columns of a counter's key
  public static String leavesOutCounters(String counter) {
    return """
    NOT EXISTS (
      SELECT
      FROM stipend.set_aside aside
      WHERE aside.workspace_id = %1$s.workspace_id
        AND (aside.kind = 'workspace'
          OR aside.id = %1$s.budget_id
            AND (aside.kind = 'budget'
              OR aside.kind = 'counter'
                AND aside.subject = %1$s.subject
                AND aside.period_start = %1$s.period_start)))
    """
        .formatted(counter);
  }

  /// The condition that leaves out rows which are set aside.
  ///
  /// @param row the alias of a row with a workspace's id and its own
  public static String leavesOut(WorkItem.Kind kind, String row) {
    return """
    NOT EXISTS (
      SELECT
      FROM stipend.set_aside aside
      WHERE aside.workspace_id = %1$s.workspace_id
        AND aside.kind = '%2$s'
        AND aside.id = %1$s.id)
    """
        .formatted(row, Labels.of(kind));
  }

  /// Sets a row aside, or once more: after a minute first, then twice as long, and at most an hour.
  @Transactional
  public void add(WorkItem item, Throwable failure, Instant now) {
    Instant retryAt =
        jdbc.prepareStatement(
            """
            INSERT INTO stipend.set_aside AS aside (
              workspace_id, kind, id, subject, period_start, error, failures, since, retry_at)
            VALUES (?, ?, ?, ?, ?, ?, 1, ?, CAST(? AS timestamptz) + interval '1 minute')
            ON CONFLICT (workspace_id, kind, id, subject, period_start) DO UPDATE
            SET error = EXCLUDED.error,
                failures = aside.failures + 1,
                retry_at = EXCLUDED.since
                  + least(interval '1 hour', interval '1 minute' * power(2, least(aside.failures, 6)))
            RETURNING retry_at
            """,
            statement -> {
              int next = bindKey(statement, item);
              statement.setString(next, error(failure));
              statement.setObject(next + 1, Instants.parameter(now));
              statement.setObject(next + 2, Instants.parameter(now));
              try (ResultSet row = statement.executeQuery()) {
                row.next();
                return Instants.read(row, "retry_at");
              }
            });
    try (MDC.MDCCloseable _ = LogField.WORKSPACE.of(item.workspaceId())) {
      LOG.error("Set aside until {}: {}", retryAt, item, failure);
    }
  }

  private static String error(Throwable failure) {
    String text = failure.toString().replace('\0', ' ');
    return text.length() > LONGEST_ERROR ? text.substring(0, LONGEST_ERROR) : text;
  }

  /// Notes in the transaction that records events that budgets do not count them, since they cannot
  /// be read. The caller keeps the ledger from standing still, which whoever makes their counters
  /// again waits for.
  ///
  /// @param errors by budget
  @Transactional
  public void addUncounted(Map<WorkItem, String> errors, Instant now) {
    List<Map.Entry<WorkItem, String>> missed = List.copyOf(errors.entrySet());
    int noted =
        jdbc.prepareStatement(
            """
            INSERT INTO stipend.set_aside (
              workspace_id, kind, id, error, failures, since, retry_at, uncounted)
            SELECT missed.workspace_id, 'budget', missed.id, missed.error, 1, at.now, at.now + interval '1 minute', TRUE
            FROM (SELECT CAST(? AS timestamptz) AS now) at
            CROSS JOIN unnest(?, ?, ?) AS missed (workspace_id, id, error)
            WHERE NOT EXISTS (
              SELECT
              FROM stipend.set_aside known
              WHERE known.workspace_id = missed.workspace_id
                AND known.kind = 'budget'
                AND known.id = missed.id
                AND known.uncounted)
            ORDER BY missed.workspace_id, missed.id
            ON CONFLICT (workspace_id, kind, id, subject, period_start) DO UPDATE
            SET uncounted = TRUE
            """,
            statement -> {
              statement.setObject(1, Instants.parameter(now));
              new ArrayBinder<>(statement, 2, missed)
                  .uuids(each -> each.getKey().workspaceId())
                  .uuids(each -> each.getKey().id())
                  .texts(Map.Entry::getValue);
              return statement.executeUpdate();
            });
    if (noted > 0) {
      LOG.error("Usage was recorded but is not counted by budgets that cannot be read: {}", errors);
    }
  }

  /// Whether events were recorded that a budget's counters miss.
  @Transactional
  public boolean isUncounted(WorkItem budget) {
    return jdbc.prepareStatement(
        "SELECT uncounted FROM stipend.set_aside " + BY_KEY,
        statement -> {
          bindKey(statement, budget);
          try (ResultSet row = statement.executeQuery()) {
            return row.next() && row.getBoolean(1);
          }
        });
  }

  /// What is to be tried again, what has waited longest first.
  @Transactional
  public List<WorkItem> due(int most, Instant now) {
    return Sql.list(
        jdbc,
        """
        SELECT workspace_id, kind, id, subject, period_start
        FROM stipend.set_aside
        WHERE retry_at <= ?
          AND kind = ANY (?)
        ORDER BY retry_at
        LIMIT ?
        """,
        row -> item(row),
        now,
        Statements.array("text", Labels.choices(WorkItem.Kind.class).keySet()),
        most);
  }

  /// Has a row no longer set aside.
  @Transactional
  public void clear(WorkItem item) {
    jdbc.prepareStatement(
        "DELETE FROM stipend.set_aside " + BY_KEY,
        statement -> {
          bindKey(statement, item);
          return statement.executeUpdate();
        });
  }

  /// How many rows are set aside.
  @Connectable
  public int count() {
    return jdbc.prepareStatement(
        "SELECT count(*) FROM stipend.set_aside",
        statement -> {
          try (ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getInt(1);
          }
        });
  }

  /// How many rows of each kind are set aside, for who has a connection and no transaction.
  public static Map<String, Integer> byKind(Connection connection) throws SQLException {
    Map<String, Integer> counts = new TreeMap<>();
    try (PreparedStatement statement =
            connection.prepareStatement(
                "SELECT kind, count(*) FROM stipend.set_aside GROUP BY kind");
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        counts.put(row.getString(1), row.getInt(2));
      }
    }
    return counts;
  }

  private static int bindKey(PreparedStatement statement, WorkItem item) throws SQLException {
    Statements.bind(
        statement,
        item.workspaceId(),
        Labels.of(item.kind()),
        item.id(),
        item.subject(),
        item.periodStart());
    return 6;
  }

  private static WorkItem item(ResultSet row) throws SQLException {
    return new WorkItem(
        row.getObject("workspace_id", UUID.class),
        Labels.parse(WorkItem.Kind.class, row.getString("kind")),
        row.getObject("id", UUID.class),
        row.getString("subject"),
        Instants.read(row, "period_start"));
  }
}
