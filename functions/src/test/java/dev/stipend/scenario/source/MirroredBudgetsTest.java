package dev.stipend.scenario.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.database.AgentSystem;
import dev.stipend.support.database.Database;
import dev.stipend.support.http.Requests.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Budgets that an AI agent system keeps in its own tables.
@ExtendWith(StipendExtension.class)
class MirroredBudgetsTest {
  private final Stipend stipend;
  private AgentSystem app;
  private Database host;

  @TempDir Path directory;

  MirroredBudgetsTest(Stipend stipend) {
    this.stipend = stipend;
  }

  @BeforeEach
  void startHost() {
    app = new AgentSystem(stipend, directory);
    host = app.database;
  }

  @Test
  void monthlyLimitsAndOwnBudgetsAreBudgetsAndEachAlertsAtItsThreshold() {
    app.grantReading();
    host.execute(
        "UPDATE users SET monthly_budget_limit = 2, budget_alert_threshold = 75 WHERE id = 7");
    host.execute(
        """
        INSERT INTO user_budgets (user_id, name, period_type, limit_amount, alert_threshold, critical_threshold, hard_limit)
        VALUES (7, 'tests', 'daily', 1, 65, 90, TRUE)
        """);
    assertThat(app.connect("").body()).doesNotContain("Its budgets cannot");
    app.sweep();
    assertThat(app.budgets())
        .containsExactly(
            "ana, monthly limit|7|2|monthly|America/Mexico_City|f|active|source:app|75 warning, 100"
                + " critical",
            "ana, tests|7|1|daily|America/Mexico_City|t|active|source:app|65 warning, 90 critical");
    app.spend(7, "0.66");
    app.spend(8, "9");
    app.sweep();
    assertThat(app.alerts()).containsExactly("ana, tests|65");
    app.spend(7, "0.85");
    app.sweep();
    assertThat(app.alerts())
        .containsExactly(
            "ana, monthly limit|75", "ana, tests|65", "ana, tests|90", "ana, tests|100");
    app.sweep();
    assertThat(app.alerts()).as("once each").hasSize(4);
  }

  @Test
  void changesOfARowAreFollowed() {
    app.grantReading();
    host.execute("UPDATE users SET monthly_budget_limit = 2 WHERE id = 8");
    host.execute("INSERT INTO user_budgets (user_id, name, limit_amount) VALUES (8, 'own', 10)");
    app.connect("");
    app.sweep();
    host.execute(
        "UPDATE users SET monthly_budget_limit = 1, budget_alert_threshold = 50 WHERE id = 8");
    app.spend(8, "0.60");
    app.sweep();
    assertThat(app.alerts()).containsExactly("ben, monthly limit|50");

    host.execute("UPDATE user_budgets SET is_active = FALSE");
    host.execute("UPDATE users SET username = 'benjamin' WHERE id = 8");
    app.sweep();
    assertThat(app.budgets())
        .containsExactly(
            "benjamin, monthly limit|8|1|monthly|UTC|f|active|source:app|50 warning, 100 critical",
            "benjamin, own|8|10|monthly|UTC|f|paused|source:app|80 warning, 100 critical");

    host.execute("UPDATE user_budgets SET is_active = TRUE, period_type = 'weekly'");
    host.execute("UPDATE users SET monthly_budget_limit = NULL WHERE id = 8");
    app.sweep();
    assertThat(app.budgets())
        .as("another kind of period is another budget")
        .containsExactly(
            "benjamin, monthly limit|8|1|monthly|UTC|f|archived|source:app|50 warning, 100"
                + " critical",
            "benjamin, own|8|10|monthly|UTC|f|archived|source:app|80 warning, 100 critical",
            "benjamin, own|8|10|weekly|UTC|f|active|source:app|80 warning, 100 critical");

    host.execute("DELETE FROM user_budgets");
    app.sweep();
    assertThat(
            stipend.database.value(
                "SELECT count(*) FROM stipend.budgets WHERE status <> 'archived'"))
        .isEqualTo("0");
  }

  @Test
  void whatWasSpentIsWrittenBackByARoleOfItsOwn() {
    app.grantReading();
    host.execute("UPDATE users SET monthly_budget_limit = 2 WHERE id = 8");
    host.execute(
        "INSERT INTO user_budgets (user_id, name, period_type, limit_amount) VALUES (8, 'own',"
            + " 'daily', 10)");
    Answer made = app.connect(",\"writeSecret\":\"BUDGET_WRITER_URL\"");
    assertThat(made.body())
        .contains(
            "GRANT SELECT (id, current_month_spend), UPDATE (current_month_spend) ON users",
            "GRANT SELECT (id, current_spend), UPDATE (current_spend) ON user_budgets");
    app.spend(8, "0.123456789012");
    app.sweep();
    assertThat(app.shown("/api/sources"))
        .contains("\"state\":\"ok\"", "What was spent cannot be written back");

    app.grantWriting();
    app.sweep();
    assertThat(told()).containsExactly("0.123456789012|0.123456789012|1.23");
    assertThat(app.shown("/api/sources")).contains("\"budgets\":{\"mirrored\":2,\"others\":0}");

    stipend.clock.tick(Duration.ofDays(1));
    app.spend(8, "0.5");
    app.sweep();
    assertThat(told())
        .as("a new day, the same month")
        .containsExactly("0.623456789012|0.500000000000|5.00");

    stipend.clock.tick(Duration.ofDays(31));
    app.sweep();
    assertThat(told()).as("a new month").containsExactly("0.000000000000|0.000000000000|0.00");
  }

  private List<String> told() {
    return host.rows(
        """
        SELECT u.current_month_spend, b.current_spend, b.utilization_percent
        FROM users u JOIN user_budgets b ON b.user_id = u.id
        """);
  }

  @Test
  void aRowThatCanBeNoBudgetSaysWhyAndKeepsNoOther() {
    app.grantReading();
    host.execute("UPDATE users SET monthly_budget_limit = 2 WHERE id = 8");
    host.execute(
        "UPDATE users SET monthly_budget_limit = 2, timezone = 'Mars/Olympus' WHERE id = 7");
    host.execute(
        """
        INSERT INTO user_budgets (id, user_id, name, limit_amount, provider, model, currency, is_active)
        VALUES (1, 8, 'narrow', 1, 'openai', 'gpt-4o', 'USD', TRUE), (2, 8, 'euro', 1, NULL, NULL, 'EUR', TRUE),
          (3, 8, 'off', 1, NULL, NULL, 'USD', FALSE), (4, 8, 'zero', 0.000000000001, NULL, NULL, 'USD', TRUE)
        """);
    app.connect("");
    app.sweep();
    assertThat(app.budgets()).hasSize(2);
    String source = stipend.database.value("SELECT id FROM stipend.spend_sources");
    assertThat(app.shown("/api/sources/" + source + "/budgets"))
        .contains(
            "Mars/Olympus is no IANA time zone.",
            "It limits only what the user spends with provider openai and model gpt-4o; Stipend has"
                + " no such scope.",
            "Its currency is EUR, and that of the workspace is USD.",
            "It is not active.");
    String first = app.shown("/api/sources/" + source + "/budgets?limit=5");
    assertThat(first).contains("\"nextCursor\"").doesNotContain("\"8\"");
    assertThat(app.shown("/api/sources")).contains("\"budgets\":{\"mirrored\":2,\"others\":4}");
  }

  @Test
  void aTableThatIsLessStrictHarmsNoRowBesideTheOddOne() {
    app.grantReading();
    host.execute("ALTER TABLE user_budgets DROP CONSTRAINT user_budgets_thresholds_check");
    host.execute(
        "ALTER TABLE user_budgets ALTER alert_threshold DROP NOT NULL, ALTER alert_threshold TYPE"
            + " numeric");
    host.execute(
        """
        INSERT INTO user_budgets (id, user_id, name, limit_amount, alert_threshold)
        VALUES (1, 8, 'odd', 1, 33.33333), (2, 8, 'none', 1, NULL), (3, 8, 'evil' || chr(7), 1, 0), (4, 8, 'usual', 1, 80)
        """);
    stipend.database.execute(
        "ALTER TABLE stipend.budgets ADD CONSTRAINT refuses CHECK (name <> 'ben, usual')");
    try {
      app.connect("");
      app.sweep();
      assertThat(app.budgets())
          .containsExactly(
              "ben, evil\ufffd|8|1|monthly|UTC|f|active|source:app|0.001 warning, 100 critical",
              "ben, none|8|1|monthly|UTC|f|active|source:app|100 critical");
      String source = stipend.database.value("SELECT id FROM stipend.spend_sources");
      assertThat(app.shown("/api/sources/" + source + "/budgets"))
          .contains(
              "One of its thresholds must be above 0", "It could not be kept; the log says why.");
      stipend.database.execute("ALTER TABLE stipend.budgets DROP CONSTRAINT refuses");
      app.sweep();
      assertThat(app.budgets()).as("tried again").hasSize(3);
    } finally {
      stipend.database.execute("ALTER TABLE stipend.budgets DROP CONSTRAINT IF EXISTS refuses");
    }
  }
}
