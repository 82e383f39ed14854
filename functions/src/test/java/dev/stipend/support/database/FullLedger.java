package dev.stipend.support.database;

import dev.stipend.platform.sql.DatabaseUrl;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/// A ledger with its rollup that hold 120,000 events of ten workspaces in six months, as autovacuum
/// leaves them, and how PostgreSQL reads them.
public final class FullLedger {
  private final Database database;

  private FullLedger(Database database) {
    this.database = database;
  }

  /// Gives a statement its parameters.
  @FunctionalInterface
  public interface Binding {
    void bind(PreparedStatement statement) throws SQLException;
  }

  /// Fills the tables.
  public static FullLedger fill(Database database) {
    database.execute(
        "SELECT stipend.create_usage_partitions('2026-01-01T00:00:00Z', '2026-07-01T00:00:00Z')");
    database.execute(
        """
        INSERT INTO stipend.usage_logs (
          workspace_id, event_id, occurred_at, recorded_at, kind, user_id, agent_id, provider, model,
          input_tokens, cached_input_tokens, output_tokens, cost, tags)
        SELECT CAST(md5('workspace ' || n % 10) AS uuid), 'e' || n,
          CAST('2026-01-01T00:00:00Z' AS timestamptz) + n * interval '2 minutes 9 seconds', now(), 'usage',
          'u' || n % 97, 'a' || n % 7, 'openai', 'gpt-4o', 1000, 0, 100, 0.01,
          jsonb_build_object('project', 'p' || n % 5)
        FROM generate_series(0, 119999) AS n
        """);
    database.execute(
        """
        INSERT INTO stipend.cost_tracking (
          workspace_id, bucket_start, user_id, agent_id, workflow_id, team_id, provider, model,
          cost, requests, unpriced, input_tokens, cached_input_tokens, output_tokens)
        SELECT workspace_id, date_bin('15 minutes', occurred_at, CAST('2000-01-01T00:00:00Z' AS timestamptz)),
          user_id, agent_id, workflow_id, team_id, provider, model, sum(cost), count(*), 0, 0, 0, 0
        FROM stipend.usage_logs
        GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
        """);
    database.execute("ANALYZE stipend.usage_logs, stipend.cost_tracking");
    return new FullLedger(database);
  }

  /// One of the workspaces.
  public UUID workspace() {
    return UUID.fromString(database.value("SELECT CAST(md5('workspace 3') AS uuid)"));
  }

  /// The plan for these values, and the one for any, which PostgreSQL may take from the sixth
  /// execution on.
  public List<String> plans(String sql, Binding binding) throws SQLException {
    try (Connection connection = database.connect();
        PreparedStatement custom = connection.prepareStatement("EXPLAIN " + sql);
        Connection simple = simple(database.url());
        Statement generic = simple.createStatement()) {
      binding.bind(custom);
      return List.of(
          plan(custom.executeQuery()),
          plan(generic.executeQuery("EXPLAIN (GENERIC_PLAN) " + numbered(sql))));
    }
  }

  /// A connection on which parameters may stay without values.
  private static Connection simple(String url) throws SQLException {
    DatabaseUrl parsed = DatabaseUrl.parse("test", url);
    Properties properties = new Properties();
    properties.setProperty("user", parsed.user().orElseThrow());
    properties.setProperty("password", parsed.password().orElseThrow());
    properties.setProperty("preferQueryMode", "simple");
    return DriverManager.getConnection(parsed.jdbcUrl(), properties);
  }

  private static String numbered(String sql) {
    AtomicInteger parameter = new AtomicInteger();
    return Pattern.compile("\\?")
        .matcher(sql)
        .replaceAll(mark -> "\\$" + parameter.incrementAndGet());
  }

  private static String plan(ResultSet lines) throws SQLException {
    StringBuilder plan = new StringBuilder();
    while (lines.next()) {
      plan.append(lines.getString(1)).append('\n');
    }
    return plan.toString();
  }
}
