package dev.stipend.report.spend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.platform.sql.DatabaseUrl;
import dev.stipend.report.spend.Dimension.Column;
import dev.stipend.report.spend.Dimension.Tag;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.time.Period;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// How PostgreSQL reads what queries ask for, among 120,000 events of ten workspaces in six months.
@ExtendWith(StipendExtension.class)
class SpendPlanTest {
  private static final Pattern READ_FROM_LEDGER = Pattern.compile("Scan .*(usage_logs_\\w+) u");

  /// Of the months that have events; in one without, there is nothing to scan.
  private static final Pattern FULL_SCAN = Pattern.compile("Seq Scan on usage_logs_20260[1-6]");

  @BeforeEach
  void record(Stipend stipend) {
    stipend.database.execute(
        "SELECT stipend.create_usage_partitions('2026-01-01T00:00:00Z', '2026-07-01T00:00:00Z')");
    stipend.database.execute(
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
    stipend.database.execute(
        """
        INSERT INTO stipend.cost_tracking (
          workspace_id, bucket_start, user_id, agent_id, workflow_id, team_id, provider, model,
          cost, requests, unpriced, input_tokens, cached_input_tokens, output_tokens)
        SELECT workspace_id, date_bin('15 minutes', occurred_at, CAST('2000-01-01T00:00:00Z' AS timestamptz)),
          user_id, agent_id, workflow_id, team_id, provider, model, sum(cost), count(*), 0, 0, 0, 0
        FROM stipend.usage_logs
        GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
        """);
    stipend.database.execute("ANALYZE stipend.usage_logs, stipend.cost_tracking");
  }

  @Test
  void aDayOfWholeQuartersIsReadFromTheRollupByItsKey(Stipend stipend) throws SQLException {
    for (String plan :
        plans(stipend, "2026-03-10T00:00:00Z", "2026-03-11T00:00:00Z", List.of(Column.USER))) {
      assertThat(plan)
          .contains("cost_tracking_pkey")
          .doesNotContain("Seq Scan")
          .doesNotContain("usage_logs")
          .containsPattern("Index Cond: .*workspace_id.*bucket_start >=.*bucket_start <");
    }
  }

  @Test
  void edgesAreReadFromTheLedgerByItsKeyAndFromTheirMonthOnly(Stipend stipend) throws SQLException {
    List<String> plans =
        plans(stipend, "2026-03-10T00:00:01Z", "2026-04-11T00:00:01Z", List.of(Column.USER));
    for (String plan : plans) {
      assertThat(plan)
          .contains("usage_logs_202603_pkey", "usage_logs_202604_pkey")
          .containsPattern("Index Cond: .*workspace_id.*occurred_at >=.*occurred_at <")
          .doesNotContainPattern(FULL_SCAN);
    }
    assertThat(READ_FROM_LEDGER.matcher(plans.getFirst()).results().map(found -> found.group(1)))
        .containsExactlyInAnyOrder("usage_logs_202603", "usage_logs_202604");
  }

  @Test
  void tagsAreReadFromTheLedgerByItsKey(Stipend stipend) throws SQLException {
    for (String plan :
        plans(
            stipend, "2026-02-10T00:00:00Z", "2026-04-11T00:00:00Z", List.of(new Tag("project")))) {
      assertThat(plan)
          .contains("usage_logs_202602_pkey", "usage_logs_202603_pkey", "usage_logs_202604_pkey")
          .doesNotContainPattern(FULL_SCAN);
    }
  }

  /// The plan for these values, and the one for any, which PostgreSQL may take from the sixth
  /// execution on.
  private static List<String> plans(
      Stipend stipend, String from, String until, List<Dimension> groupBy) throws SQLException {
    Period range = new Period(Instant.parse(from), Instant.parse(until));
    SpendSql sql =
        SpendSql.of(
            UUID.fromString(stipend.database.value("SELECT CAST(md5('workspace 3') AS uuid)")),
            new SpendQuery(
                Interval.DAY.split(range, ZoneOffset.UTC, SpendQuery.MOST_INTERVALS),
                groupBy,
                Map.of(Column.PROVIDER, List.of("openai")),
                10,
                0));
    try (Connection connection = stipend.database.connect();
        PreparedStatement custom = connection.prepareStatement("EXPLAIN " + sql.text());
        Connection simple = simple(stipend.database.url());
        Statement generic = simple.createStatement()) {
      sql.bind(custom);
      return List.of(
          plan(custom.executeQuery()),
          plan(generic.executeQuery("EXPLAIN (GENERIC_PLAN) " + numbered(sql.text()))));
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
