package dev.stipend.scenario.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.Holder;
import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.Usage;
import dev.stipend.support.http.Requests.Answer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What the daily maintenance forgets of enforcement, and when.
@ExtendWith(StipendExtension.class)
final class PruningTest {
  private static final Duration TTL = Duration.ofMinutes(5);
  private static final Duration KEPT = Duration.ofDays(35);
  private static final String RESERVATIONS =
      "SELECT state FROM stipend.reservations ORDER BY state";

  private static final String PERIODS =
      "SELECT b.name, c.spend FROM stipend.budget_periods c JOIN stipend.budgets b ON b.id ="
          + " c.budget_id WHERE c.requests > 0 ORDER BY 1, 2";

  private final Holder holder = new Holder();

  @Test
  void endedReservationsAreForgotten35DaysAfterTheirEnd(Stipend stipend) {
    String budget = holder.budget(stipend, "user", "u1", "100", true);
    Answer settled = holder.reserve(stipend, "1");
    Answer released = holder.reserve(stipend, "2");
    holder.reserve(stipend, "3");
    assertThat(holder.settle(stipend, settled, "{\"cost\":\"1\"}").status()).isEqualTo(200);
    assertThat(holder.end(stipend, released, "release", "").status()).isEqualTo(200);
    stipend.clock.tick(TTL);
    stipend.sweep();

    stipend.clock.set(SettableClock.START.plus(KEPT));
    assertThat(stipend.maintain("maintain")).containsEntry("reservationsPruned", 0);
    Answer running = holder.reserve(stipend, "4");

    stipend.clock.set(SettableClock.START.plus(KEPT).plusMillis(1));
    assertThat(stipend.maintain("maintain")).containsEntry("reservationsPruned", 2);
    assertThat(stipend.database.rows(RESERVATIONS)).containsExactly("held", "held");

    stipend.clock.set(SettableClock.START.plus(KEPT).plus(TTL).plusMillis(1));
    assertThat(stipend.maintain("maintain")).containsEntry("reservationsPruned", 1);
    assertThat(stipend.database.rows("SELECT CAST(id AS text) FROM stipend.reservations"))
        .containsExactly(running.text("id"));
    assertThat(holder.settle(stipend, settled, "{\"cost\":\"1\"}").status()).isEqualTo(404);
    assertThat(stipend.database.value("SELECT sum(spend) FROM stipend.budget_periods"))
        .isEqualTo("1.000000000000");
    assertThat(stipend.maintain("reconcile")).containsEntry("budgetPeriodDifferences", 0);
    assertThat(holder.standing(stipend, budget, "u1")).isEqualTo("spend 0 held 0");
  }

  @Test
  void expiredReservationStaysUntilItsHoldIsTakenOff(Stipend stipend) {
    holder.budget(stipend, "user", "u1", "100", true);
    holder.reserve(stipend, "3");
    stipend.clock.tick(TTL.plus(KEPT).plusMillis(1));

    assertThat(stipend.maintain("maintain")).containsEntry("reservationsPruned", 0);
    assertThat(stipend.database.rows(RESERVATIONS)).containsExactly("held");

    stipend.sweep();
    assertThat(stipend.database.value("SELECT held FROM stipend.budget_periods"))
        .isEqualTo("0.000000000000");
    assertThat(stipend.maintain("maintain")).containsEntry("reservationsPruned", 1);
    assertThat(stipend.database.rows(RESERVATIONS)).isEmpty();
  }

  @Test
  void moreReservationsThanOneTransactionTakesAreAllForgotten(Stipend stipend) {
    stipend.database.execute(
        """
        INSERT INTO stipend.reservations
          (workspace_id, id, amount, state, expires_at, created_at, finished_at, request)
        SELECT w.id, CAST(lpad(to_hex(n), 32, '0') AS uuid), 1, 'released', at, at, at, '{}'
        FROM stipend.workspaces w
        CROSS JOIN generate_series(1, 5000) n
        CROSS JOIN LATERAL (SELECT timestamptz '2026-01-01 00:00:00+00' AS at) a
        WHERE w.slug = 'default'
        """);

    assertThat(stipend.maintain("maintain")).containsEntry("reservationsPruned", 5000);
    assertThat(stipend.database.rows(RESERVATIONS)).isEmpty();
  }

  @Test
  void refusalsAreForgottenAfter90DaysAndWhatPeopleDidStays(Stipend stipend) {
    String budget = holder.budget(stipend, "user", "u1", "1", true);
    stipend.api("PATCH", "/api/budgets/" + budget, "{\"limitAmount\":\"2\"}");
    assertThat(holder.reserve(stipend, "5").status()).isEqualTo(402);
    assertThat(holder.validate(stipend, "\"estimatedCost\":\"5\"").status()).isEqualTo(200);
    String actions = "SELECT action FROM stipend.audit_logs ORDER BY at, action";
    int before = stipend.database.rows(actions).size();

    stipend.clock.set(SettableClock.START.plus(Duration.ofDays(90)));
    assertThat(stipend.maintain("maintain")).containsEntry("refusalsPruned", 0);
    assertThat(holder.reserve(stipend, "5").status()).isEqualTo(402);

    stipend.clock.set(SettableClock.START.plus(Duration.ofDays(90)).plusMillis(1));
    int pruned =
        Integer.parseInt(String.valueOf(stipend.maintain("maintain").get("refusalsPruned")));
    assertThat(pruned).isPositive();
    assertThat(stipend.database.rows(actions))
        .hasSize(before + 1 - pruned)
        .contains("budget.create", "budget.update")
        .containsOnlyOnce("work.refused");
  }

  @Test
  void periodsLeaveLongAfterTheirEndAndAreNotMadeAgain(Stipend stipend) {
    for (String period : List.of("hourly", "daily", "monthly", "yearly")) {
      stipend.api(
          "POST",
          "/api/budgets",
          "{\"name\":\"%1$s\",\"limitAmount\":100,\"period\":\"%1$s\",\"scope\":\"agent\",\"scopeId\":\"*\"}"
              .formatted(period));
    }
    stipend.record(Usage.costing("old", SettableClock.START, "1"));
    settle(stipend, Duration.ofDays(60));
    assertThat(stipend.maintain("maintain")).containsEntry("periodsPruned", 0);

    stipend.record(Usage.costing("young", stipend.clock.instant(), "2"));
    settle(stipend, Duration.ofDays(61));
    assertThat(stipend.maintain("maintain")).containsEntry("periodsPruned", 1);
    assertThat(stipend.database.rows(PERIODS))
        .containsExactly(
            "daily|1.000000000000",
            "daily|2.000000000000",
            "hourly|2.000000000000",
            "monthly|1.000000000000",
            "monthly|2.000000000000",
            "yearly|3.000000000000");

    settle(stipend, Duration.ofDays(800));
    stipend.maintain("maintain");
    assertThat(stipend.database.rows(PERIODS)).containsExactly("yearly|3.000000000000");
    for (String verb : List.of("reconcile", "rebuild")) {
      assertThat(stipend.maintain(verb)).containsEntry("differences", List.of());
    }
    assertThat(stipend.database.rows(PERIODS)).containsExactly("yearly|3.000000000000");
  }

  @Test
  void alertsAndTheirDeliveriesLeaveAfter25MonthsUnlessTheyAreOpen(Stipend stipend) {
    stipend.api("POST", "/api/budgets", Usage.monthlyBudget("1"));
    stipend.api(
        "POST",
        "/api/budgets",
        "{\"name\":\"all\",\"limitAmount\":1,\"period\":\"total\",\"scope\":\"user\",\"scopeId\":\"u1\","
            + "\"startsAt\":\"2026-06-01T00:00:00Z\"}");
    stipend.record(Usage.costing("e1", SettableClock.START, "2"));
    stipend.deliverAlerts();
    settle(stipend, Duration.ofDays(40));
    stipend.deliverAlerts();
    stipend.maintain("maintain");
    String alerts =
        "SELECT DISTINCT period_end = timestamptz '2026-07-01 00:00:00+00' FROM stipend.alert_logs";
    assertThat(stipend.database.rows(alerts)).containsExactlyInAnyOrder("t", "f");
    assertThat(deliveries(stipend)).isPositive();
    int before = deliveries(stipend);

    settle(stipend, Duration.ofDays(800));
    stipend.maintain("maintain");

    assertThat(stipend.database.rows(alerts)).containsExactly("f");
    assertThat(deliveries(stipend)).isPositive().isLessThan(before);
  }

  @Test
  void importsAndRunsOfMigrationsAreForgottenAfter13Months(Stipend stipend) {
    stipend.database.execute(
        """
        INSERT INTO stipend.usage_imports (workspace_id, source, name, started_at, updated_at)
        SELECT id, at, 'f', CAST(at AS timestamptz), CAST(at AS timestamptz)
        FROM stipend.workspaces
        CROSS JOIN (VALUES ('2025-05-15 11:59:59+00'), ('2025-05-15 12:00:00+00')) AS imports (at)
        """);
    stipend.database.execute(
        "INSERT INTO stipend.migration_runs (verb, code_version, started_at, outcome) VALUES"
            + " ('old', '1', timestamptz '2020-01-01 00:00:00+00', 'succeeded')");

    assertThat(stipend.maintain("maintain"))
        .containsEntry("importsPruned", 1)
        .containsEntry("migrationRunsPruned", 1);
    assertThat(stipend.database.value("SELECT count(*) > 0 FROM stipend.migration_runs"))
        .isEqualTo("t");
  }

  private static int deliveries(Stipend stipend) {
    return Integer.parseInt(
        stipend.database.value("SELECT count(*) FROM stipend.alert_deliveries"));
  }

  /// Lets time pass, and what has ended be closed.
  private static void settle(Stipend stipend, Duration time) {
    stipend.clock.tick(time);
    stipend.sweep();
    stipend.sweep();
  }
}
