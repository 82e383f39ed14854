package dev.stipend.scenario.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.migration.TestMigrations;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.TestServers;
import dev.stipend.support.database.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// What users of an agents platform use in a month, in its own table.
@ExtendWith(StipendExtension.class)
class MonthlyUsageTest {
  private static final String ANA = "00000000-0000-0000-0000-0000000000a1";
  private static final String STRANGER = "00000000-0000-0000-0000-0000000000a9";
  private static final String WRITER = "month_writer";

  private final Stipend stipend;
  private final Database host = new Database(TestServers.newDatabase());

  @TempDir Path directory;

  MonthlyUsageTest(Stipend stipend) {
    this.stipend = stipend;
  }

  @BeforeEach
  void startHost() {
    assertThat(
            new TestMigrations(host.url(), directory)
                .pack("agents-platform", "public", "deploy")
                .exitCode())
        .isZero();
    insert(
        """
        INSERT INTO users (id, email, "updatedAt")
        VALUES ('%s', 'ana@example.com', CURRENT_TIMESTAMP)
        """
            .formatted(ANA));
    host.execute(
        """
        DO $$ BEGIN
          IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'month_writer') THEN
            CREATE ROLE month_writer LOGIN PASSWORD 'secret';
          END IF;
        END $$
        """);
    host.execute("GRANT SELECT ON usage_logs TO " + WRITER);
    stipend.set(
        "month.writer.url",
        host.url().replace("postgres:postgres@", WRITER + ":secret@") + "?sslmode=disable");
  }

  private void insert(String sql) {
    host.execute(
        """
        DO $$ BEGIN
          SET session_replication_role = replica;
          %s;
          SET session_replication_role = origin;
        END $$
        """
            .formatted(sql));
  }

  private void use(String user, String agent, String cost, String at) {
    insert(
        """
        INSERT INTO usage_logs ("userId", "agentId", "tokensInput", "tokensOutput", "totalTokens", model, "costInput",
          "costOutput", "totalCost", "timestamp")
        VALUES ('%s', '00000000-0000-0000-0000-0000000000%s', 100, 20, 120, 'gpt-4o', 0, %3$s, %3$s, '%4$s')
        """
            .formatted(user, agent, cost, at));
  }

  private String connect() {
    return stipend
        .api(
            "POST",
            "/api/sources",
            "{\"name\":\"app\",\"preset\":\"agents-platform\",\"urlSecret\":\"MONTH_WRITER_URL\",\"writeSecret\":\"MONTH_WRITER_URL\",\"from\":\"all\",\"everySeconds\":0}")
        .body();
  }

  private void sweep() {
    stipend.clock.tick(Duration.ofMinutes(1));
    assertThat(stipend.sweep()).doesNotContainKey("failed");
  }

  private List<String> months() {
    return host.rows(
        """
        SELECT "userId", year, month, "totalMessages", "totalTokens", "totalCost", "agentUsage", "exceededLimit"
        FROM monthly_usage
        ORDER BY year, month
        """);
  }

  @Test
  void eachMonthAgreesWithTheSumOfItsRows() {
    use(ANA, "b1", "0.25", "2026-05-31 23:59:59");
    use(ANA, "b1", "0.85", "2026-06-15 11:00:00");
    use(ANA, "b2", "0.10", "2026-06-15 11:10:00");
    use(STRANGER, "b2", "5", "2026-06-15 11:10:00");
    String warning = connect();
    assertThat(warning)
        .contains("What was spent cannot be written back", "GRANT SELECT (id) ON users");
    sweep();
    String source = stipend.api("GET", "/api/sources", "").body();
    assertThat(source)
        .contains("\"state\":\"ok\"", "\"recorded\":4", "\"writeError\":\"What was spent");
    assertThat(months()).isEmpty();

    String grants = warning.substring(warning.indexOf("GRANT"), warning.indexOf("\"]}}"));
    host.execute(grants.replace("\\\"", "\""));
    sweep();
    assertThat(months())
        .containsExactly(
            ANA
                + "|2026|5|1|120|0.25|{\"00000000-0000-0000-0000-0000000000b1\": {\"cost\":"
                + " \"0.25\", \"tokens\": 120, \"messages\": 1}}|f",
            ANA
                + "|2026|6|2|240|0.95|{\"00000000-0000-0000-0000-0000000000b1\": {\"cost\":"
                + " \"0.85\", \"tokens\": 120, \"messages\": 1},"
                + " \"00000000-0000-0000-0000-0000000000b2\": {\"cost\": \"0.10\", \"tokens\": 120,"
                + " \"messages\": 1}}|f");
    assertThat(stipend.api("GET", "/api/sources", "").body()).doesNotContain("writeError");

    host.execute(
        "UPDATE monthly_usage SET \"limitMessages\" = 2, \"warningsSent\" = 7 WHERE month = 6");
    use(ANA, "b1", "1", "2026-06-15 12:01:00");
    sweep();
    sweep();
    assertThat(
            host.rows(
                """
                SELECT month, "totalMessages", "totalCost", "limitMessages", "exceededLimit", "warningsSent"
                FROM monthly_usage ORDER BY month
                """))
        .as("the host's own columns stay, and its limit is passed")
        .containsExactly("5|1|0.25|null|f|0", "6|3|1.95|2|t|7");
    assertThat(
            host.value(
                "SELECT sum(\"totalCost\") FROM usage_logs WHERE \"userId\" = '" + ANA + "'"))
        .startsWith("2.2");
    assertThat(stipend.database.value("SELECT count(*) FROM stipend.untold_months")).isEqualTo("0");
  }
}
