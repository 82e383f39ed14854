package dev.stipend.support.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.migration.TestMigrations;
import dev.stipend.support.Stipend;
import dev.stipend.support.TestServers;
import dev.stipend.support.http.Requests.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// An AI agent system with two users, 7 in Mexico City and 8 in UTC; a role that reads its requests
/// (`BUDGET_READER_URL`), and one that may do nothing yet (`BUDGET_WRITER_URL`).
public final class AgentSystem {
  private static final String READER = "budget_reader";
  private static final String WRITER = "budget_writer";

  public final Database database = new Database(TestServers.newDatabase());
  private final Stipend stipend;

  /// Starts one.
  ///
  /// @param directory for files of its migration
  public AgentSystem(Stipend stipend, Path directory) {
    this.stipend = stipend;
    int exitCode =
        new TestMigrations(database.url(), directory)
            .pack("ai-agent-system", "public", "deploy")
            .exitCode();
    if (exitCode != 0) {
      throw new IllegalStateException("the pack was not deployed: " + exitCode);
    }
    database.execute(
        """
        INSERT INTO users (id, username, email, hashed_password, timezone)
        VALUES (7, 'ana', 'ana@example.com', 'x', 'America/Mexico_City'), (8, 'ben', 'ben@example.com', 'x', 'UTC')
        """);
    List.of(READER, WRITER).forEach(this::createRole);
    database.execute("GRANT SELECT ON ai_requests TO " + READER);
  }

  private void createRole(String role) {
    database.execute(
        """
        DO $$ BEGIN
          IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '%1$s') THEN
            CREATE ROLE %1$s LOGIN PASSWORD 'secret';
          END IF;
        END $$
        """
            .formatted(role));
    stipend.set(
        role.replace('_', '.') + ".url",
        database.url().replace("postgres:postgres@", role + ":secret@") + "?sslmode=disable");
  }

  /// Lets the reader read budgets, and nothing else of users.
  public void grantReading() {
    database.execute(
        """
        GRANT SELECT (id, username, timezone, monthly_budget_limit, budget_alert_enabled, budget_alert_threshold,
          is_active) ON users TO budget_reader
        """);
    database.execute("GRANT SELECT ON user_budgets TO " + READER);
  }

  /// Lets the writer say what was spent, and nothing else.
  public void grantWriting() {
    database.execute(
        "GRANT SELECT (id, current_month_spend), UPDATE (current_month_spend) ON users TO "
            + WRITER);
    database.execute(
        "GRANT SELECT (id, current_spend), UPDATE (current_spend) ON user_budgets TO " + WRITER);
  }

  /// Has a user spend now.
  public void spend(int user, String cost) {
    database.execute(
        """
        INSERT INTO ai_requests (user_id, provider, model, input_tokens, cached_input_tokens, output_tokens, total_cost,
          created_at, status)
        VALUES (%d, 'openai', 'gpt-4o', 1, 0, 1, %s, '%s', 'completed')
        """
            .formatted(user, cost, stipend.clock.instant()));
  }

  /// Connects it, so that each sweep reads it.
  ///
  /// @param more further fields, each with a comma before it
  public Answer connect(String more) {
    Answer made =
        stipend.api(
            "POST",
            "/api/sources",
            "{\"name\":\"app\",\"preset\":\"ai-agent-system\",\"urlSecret\":\"BUDGET_READER_URL\",\"everySeconds\":0%s}"
                .formatted(more));
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    return made;
  }

  /// Sweeps a minute later.
  public void sweep() {
    stipend.clock.tick(Duration.ofMinutes(1));
    assertThat(stipend.sweep()).doesNotContainKey("failed");
  }

  /// All budgets with their thresholds, by their names.
  public List<String> budgets() {
    return stipend.database.rows(
        """
        SELECT b.name, b.scope_id, trim_scale(b.limit_amount), b.period, b.time_zone, b.hard_limit, b.status, b.owner, (
          SELECT string_agg(trim_scale(t.percent) || ' ' || t.severity, ', ' ORDER BY t.percent)
          FROM stipend.budget_thresholds t WHERE t.budget_id = b.id)
        FROM stipend.budgets b
        ORDER BY b.name, b.created_at
        """);
  }

  /// The budgets and thresholds of all alerts.
  public List<String> alerts() {
    return stipend.database.rows(
        """
        SELECT b.name, trim_scale(a.threshold)
        FROM stipend.alert_logs a JOIN stipend.budgets b ON b.id = a.budget_id
        ORDER BY b.name, a.threshold
        """);
  }

  /// What the API answers.
  public String shown(String path) {
    return stipend.api("GET", path, "").body();
  }
}
