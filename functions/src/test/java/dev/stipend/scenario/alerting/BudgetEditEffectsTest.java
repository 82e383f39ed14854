package dev.stipend.scenario.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.budget.edit.BudgetEdit;
import dev.stipend.budget.edit.BudgetEditing;
import dev.stipend.budget.edit.BudgetTerms;
import dev.stipend.money.Money;
import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.Usage;
import dev.stipend.support.http.Requests.Answer;
import io.micronaut.core.type.Argument;
import io.micronaut.data.connection.ConnectionOperations;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What edits of budgets and their archiving do to alerts and periods.
@ExtendWith(StipendExtension.class)
class BudgetEditEffectsTest {
  private static final Instant START = SettableClock.START;
  private static final String ALERTS =
      "SELECT threshold, state FROM stipend.alert_logs ORDER BY raised_at, threshold, id";
  private static final String NOTICES =
      """
      SELECT a.threshold, d.purpose
      FROM stipend.alert_deliveries d
      JOIN stipend.alert_logs a ON a.id = d.alert_id
      JOIN stipend.notification_channels c ON c.id = d.channel_id
      WHERE c.kind = 'slack_webhook'
      ORDER BY d.created_at, d.purpose, a.threshold
      """;

  @Test
  void raisedLimitResolvesAndTellsTheSamePlace(Stipend stipend) {
    String path = create(stipend, "100");
    stipend.record(Usage.costing("e1", START, "85"));
    stipend.clock.tick(Duration.ofMinutes(1));

    stipend.api("PATCH", path, "{\"limitAmount\":\"200\"}");

    assertThat(stipend.database.rows(ALERTS)).containsExactly("80.000|resolved");
    assertThat(stipend.database.rows(NOTICES)).containsExactly("80.000|raised", "80.000|recovered");
    stipend.clock.tick(Duration.ofMinutes(1));
    stipend.record(Usage.costing("e2", START, "75"));
    assertThat(stipend.database.rows(ALERTS)).containsExactly("80.000|resolved", "80.000|open");
  }

  @Test
  void limitThatIsLoweredBelowTheSpendAlertsAtOnce(Stipend stipend) {
    String path = create(stipend, "1000");
    stipend.record(Usage.costing("e1", START, "85"));
    assertThat(stipend.database.rows(ALERTS)).isEmpty();

    stipend.api("PATCH", path, "{\"limitAmount\":\"80\"}");

    assertThat(stipend.database.rows(ALERTS)).containsExactly("80.000|open", "100.000|open");
    assertThat(stipend.database.value("SELECT DISTINCT limit_amount FROM stipend.alert_logs"))
        .isEqualTo("80.000000000000");
    assertThat(stipend.database.value("SELECT limit_amount, dirty FROM stipend.budget_periods"))
        .isEqualTo("80.000000000000|f");
  }

  @Test
  void editOfTheNameTellsNobody(Stipend stipend) {
    String path = create(stipend, "100");
    stipend.record(Usage.costing("e1", START, "85"));

    stipend.api("PATCH", path, "{\"name\":\"Renamed\"}");
    stipend.sweep();

    assertThat(stipend.database.rows(ALERTS)).containsExactly("80.000|open");
    assertThat(stipend.database.rows(NOTICES)).containsExactly("80.000|raised");
  }

  @Test
  void editAndEditBackBeforeAnyEvaluationTellsNobody(Stipend stipend) {
    String path = create(stipend, "100");
    stipend.record(Usage.costing("e1", START, "50"));
    // What follows a commit waits for whoever holds the connection.
    connections(stipend)
        .executeWrite(
            connection -> {
              setLimit(stipend, path, "40");
              setLimit(stipend, path, "100");
              assertThat(stipend.database.value("SELECT dirty FROM stipend.budget_periods"))
                  .isEqualTo("t");
              return assertThat(stipend.sweep()).containsEntry("evaluated", 1);
            });

    assertThat(stipend.database.rows(ALERTS)).isEmpty();
    assertThat(stipend.api("GET", path, "").header("etag")).isEqualTo("\"3\"");
  }

  @Test
  void lineThatIsTakenAwayResolvesAndANewOneThatIsMetAlerts(Stipend stipend) {
    String path = create(stipend, "100");
    stipend.record(Usage.costing("e1", START, "85"));
    stipend.clock.tick(Duration.ofMinutes(1));

    stipend.api("PATCH", path, "{\"alertAt\":[50,90]}");

    assertThat(stipend.database.rows(ALERTS)).containsExactly("80.000|resolved", "50.000|open");
    assertThat(
            stipend.database.value(
                "SELECT resolved_reason FROM stipend.alert_logs WHERE state = 'resolved'"))
        .isEqualTo("the threshold was removed");
  }

  @Test
  void pausedBudgetCountsAndAlertsOnceItIsActiveAgain(Stipend stipend) {
    String path = create(stipend, "100");
    stipend.api("PATCH", path, "{\"status\":\"paused\"}");
    stipend.record(Usage.costing("e1", START, "85"));
    assertThat(stipend.database.rows(ALERTS)).isEmpty();

    stipend.api("PATCH", path, "{\"status\":\"active\"}");

    assertThat(stipend.database.rows(ALERTS)).containsExactly("80.000|open");
  }

  @Test
  void closedPeriodKeepsTheLimitThatWasInForceAtItsEnd(Stipend stipend) {
    String path = create(stipend, "100");
    stipend.record(Usage.costing("e1", START, "10"));
    stipend.api("PATCH", path, "{\"limitAmount\":\"150\"}");
    stipend.clock.set(Instant.parse("2026-07-01T00:00:00Z"));
    // The period is over, and no sweep has closed it yet.
    stipend.api("PATCH", path, "{\"limitAmount\":\"300\"}");
    stipend.api("PATCH", path, "{\"limitAmount\":\"400\"}");
    stipend.sweep();
    stipend.api("PATCH", path, "{\"limitAmount\":\"500\"}");

    assertThat(
            stipend.database.rows(
                "SELECT limit_amount, closed_at IS NULL FROM stipend.budget_periods ORDER BY"
                    + " period_start"))
        .containsExactly("150.000000000000|f", "500.000000000000|t");
  }

  @Test
  void aThresholdThatIsSetAfterTheEndOfAPeriodSaysNothingOfIt(Stipend stipend) {
    String path = create(stipend, "100");
    stipend.record(Usage.costing("e1", START, "70"));
    stipend.clock.set(Instant.parse("2026-07-01T00:00:00Z"));

    // The period is over, and no sweep has closed it yet.
    stipend.api("PATCH", path, "{\"alertAt\":[50]}");
    stipend.sweep();

    assertThat(stipend.database.rows("SELECT type, threshold FROM stipend.alert_logs")).isEmpty();
  }

  @Test
  void endOfATotalBudgetMovesAndCountsWhatIsThenInside(Stipend stipend) {
    Answer created =
        stipend.api(
            "POST",
            "/api/budgets",
            """
            {"name":"Launch","limitAmount":"100","period":"total","scope":"user","scopeId":"u1",
             "startsAt":"2026-06-01T00:00:00Z","endsAt":"2026-06-15T12:02:00Z"}
            """);
    String path = "/api/budgets/" + created.text("id");
    stipend.record(Usage.costing("inside", START, "5"));
    // Senders' clocks may be ahead: this one is recorded after the end, before it has come.
    stipend.record(Usage.costing("beyond", START.plusSeconds(180), "90"));
    assertThat(stipend.api("GET", path + "/usage", "").text("spend")).isEqualTo("5.00");

    Answer patched = stipend.api("PATCH", path, "{\"endsAt\":\"2026-12-31T00:00:00Z\"}");

    assertThat(patched.status()).isEqualTo(200);
    assertThat(patched.text("endsAt")).isEqualTo("2026-12-31T00:00:00Z");
    assertThat(stipend.api("GET", path + "/usage", "").text("spend")).isEqualTo("95.00");
    assertThat(stipend.database.value("SELECT period_end FROM stipend.budget_periods"))
        .startsWith("2026-12-3");
    assertThat(stipend.database.rows(ALERTS)).containsExactly("80.000|open");
    assertThat(stipend.maintain("reconcile")).containsEntry("budgetPeriodDifferences", 0);
    assertThat(stipend.api("PATCH", path, "{\"endsAt\":\"2026-06-15T11:00:00Z\"}").status())
        .isEqualTo(400);
    stipend.clock.set(Instant.parse("2027-01-01T00:00:00Z"));
    assertThat(stipend.api("PATCH", path, "{\"endsAt\":\"2027-06-15T11:00:00Z\"}").body())
        .contains("the budget's period is over");
  }

  @Test
  void endOfATotalBudgetIsTakenAwayByNull(Stipend stipend) {
    Answer created =
        stipend.api(
            "POST",
            "/api/budgets",
            """
            {"name":"Launch","limitAmount":"100","period":"total","scope":"user","scopeId":"u1",
             "startsAt":"2026-06-01T00:00:00Z","endsAt":"2026-06-15T12:02:00Z"}
            """);
    String path = "/api/budgets/" + created.text("id");
    stipend.record(Usage.costing("inside", START, "5"));
    stipend.record(Usage.costing("beyond", START.plusSeconds(180), "90"));
    assertThat(stipend.api("PATCH", path, "{\"name\":\"Start\"}").text("endsAt"))
        .as("what is absent stays")
        .isEqualTo("2026-06-15T12:02:00Z");

    Answer patched = stipend.api("PATCH", path, "{\"endsAt\":null}");

    assertThat(patched.status()).as(patched.body()).isEqualTo(200);
    assertThat(patched.json().containsKey("endsAt")).as(patched.body()).isFalse();
    assertThat(stipend.api("GET", path, "").json().containsKey("nextResetAt")).isFalse();
    assertThat(stipend.api("GET", path + "/usage", "").text("spend")).isEqualTo("95.00");
    assertThat(stipend.database.rows(ALERTS)).containsExactly("80.000|open");
    assertThat(stipend.maintain("reconcile")).containsEntry("budgetPeriodDifferences", 0);
    stipend.clock.set(Instant.parse("2027-01-01T00:00:00Z"));
    stipend.record(Usage.costing("later", Instant.parse("2027-01-01T00:00:00Z"), "1"));
    assertThat(stipend.api("GET", path + "/usage", "").text("spend")).isEqualTo("96.00");
    String etag = stipend.api("GET", path, "").header("etag");
    assertThat(stipend.api("PATCH", path, "{\"endsAt\":null}").header("etag"))
        .as("none already")
        .isEqualTo(etag);
    assertThat(stipend.api("PATCH", path, "{\"endsAt\":\"2027-02-01T00:00:00Z\"}").text("endsAt"))
        .isEqualTo("2027-02-01T00:00:00Z");
    stipend.clock.set(Instant.parse("2027-02-01T00:00:00Z"));
    assertThat(stipend.api("PATCH", path, "{\"endsAt\":null}").body())
        .contains("the budget's period is over");
  }

  @Test
  void nullEndOfABudgetThatHasNoneChangesNothing(Stipend stipend) {
    String path = create(stipend, "100");

    Answer patched = stipend.api("PATCH", path, "{\"endsAt\":null}");

    assertThat(patched.status()).isEqualTo(200);
    assertThat(stipend.api("GET", path + "/versions", "").items()).hasSize(1);
  }

  @Test
  void archivedBudgetCountsAndAlertsNoMoreAndStaysReadable(Stipend stipend) {
    String path = create(stipend, "100");
    stipend.record(Usage.costing("e1", START, "85"));

    assertThat(stipend.api("DELETE", path, "").status()).isEqualTo(204);
    assertThat(stipend.api("DELETE", path, "").status()).isEqualTo(204);

    stipend.record(Usage.costing("e2", START, "100"));
    stipend.sweep();
    assertThat(stipend.database.rows("SELECT state, resolved_reason FROM stipend.alert_logs"))
        .containsExactly("ended|the budget was archived");
    assertThat(stipend.database.rows(NOTICES)).containsExactly("80.000|raised");
    assertThat(stipend.api("GET", path, "").text("status")).isEqualTo("archived");
    assertThat(stipend.api("GET", path + "/usage", "").text("spend")).isEqualTo("85.00");
    assertThat(stipend.api("GET", path + "/versions", "").items()).hasSize(2);
    assertThat(stipend.api("GET", "/api/budgets", "").items()).isEmpty();
    assertThat(stipend.api("GET", "/api/budgets?status=archived", "").items()).hasSize(1);
    assertThat(stipend.api("PATCH", path, "{\"name\":\"Renamed\"}").status()).isEqualTo(409);
    stipend.clock.set(Instant.parse("2026-07-02T00:00:00Z"));
    stipend.sweep();
    assertThat(stipend.database.value("SELECT count(*) FROM stipend.budget_periods"))
        .isEqualTo("1");
    assertThat(
            stipend.database.value(
                "SELECT count(*) FROM stipend.audit_logs WHERE action = 'budget.archive'"))
        .isEqualTo("1");
  }

  @Test
  void archivingEndsAlertsOfClosedPeriodsToo(Stipend stipend) {
    String path = create(stipend, "100");
    stipend.record(Usage.costing("e1", START, "10"));
    stipend.clock.set(Instant.parse("2026-07-02T00:00:00Z"));
    stipend.sweep();
    stipend.record(Usage.costing("late", START, "95"));

    stipend.api("DELETE", path, "");

    assertThat(
            stipend.database.rows(
                "SELECT type, threshold, state FROM stipend.alert_logs ORDER BY threshold"))
        .containsExactly("RESTATED|80.000|ended", "RESTATED|100.000|ended");
  }

  private static String create(Stipend stipend, String limit) {
    Answer created = stipend.api("POST", "/api/budgets", Usage.monthlyBudget(limit));
    assertThat(created.header("etag")).isEqualTo("\"1\"");
    return "/api/budgets/" + created.text("id");
  }

  @SuppressWarnings("unchecked")
  private static ConnectionOperations<Connection> connections(Stipend stipend) {
    return stipend.context.getBean(Argument.of(ConnectionOperations.class, Connection.class));
  }

  private static void setLimit(Stipend stipend, String path, String limit) {
    UUID workspace =
        UUID.fromString(
            stipend.database.value("SELECT DISTINCT workspace_id FROM stipend.budgets"));
    UUID id = UUID.fromString(path.substring(path.lastIndexOf('/') + 1));
    BudgetEdit.Change change =
        (budget, old) ->
            new BudgetTerms(
                old.name(),
                Money.of(limit),
                old.thresholds(),
                old.channels(),
                old.hardLimit(),
                old.onFailure(),
                old.status(),
                old.endsAt(),
                old.increase(),
                old.subjectIncreases());
    stipend
        .context
        .getBean(BudgetEditing.class)
        .edit(
            new BudgetEdit(
                workspace, id, version -> true, "test", "budget.update", Optional.empty(), change),
            START);
  }
}
