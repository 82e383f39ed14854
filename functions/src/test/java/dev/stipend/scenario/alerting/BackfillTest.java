package dev.stipend.scenario.alerting;

import static dev.stipend.support.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.Usage;
import dev.stipend.support.http.Requests.Answer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Budgets over more past spend than can be added up at once. Somebody who locks the ledger makes
/// adding it up take for ever.
@ExtendWith(StipendExtension.class)
final class BackfillTest {
  private static final Instant START = SettableClock.START;
  private static final String BUDGET =
      """
      {"name":"Each project","scope":"tag","scopeId":"project=*","period":"daily","limitAmount":100,
        "hardLimit":true}\
      """;
  private static final String ADDING_UP =
      """
      SELECT pid
      FROM pg_stat_activity
      WHERE datname = current_database()
        AND wait_event_type = 'Lock'
        AND query LIKE 'WITH periods AS%'
      """;
  private static final String RECORDING_WAITS_FOR =
      """
      SELECT l.pid
      FROM pg_locks l
      JOIN pg_database d ON d.oid = l.database
      WHERE d.datname = current_database()
        AND l.locktype = 'advisory'
        AND l.mode = 'ExclusiveLock'
      """;

  @Test
  void recordingGoesOnWhileTheCountersOfANewBudgetAreMade(Stipend stipend) throws SQLException {
    stipend.record(spent("before", START.minus(Duration.ofHours(2)), "90"));
    String id;
    try (Connection other = lockLedger(stipend)) {
      CompletableFuture<Answer> creating =
          CompletableFuture.supplyAsync(() -> stipend.api("POST", "/api/budgets", BUDGET));
      await().until(() -> !stipend.database.rows(ADDING_UP).isEmpty());
      assertThat(stipend.database.rows(RECORDING_WAITS_FOR)).isEmpty();

      Answer created = creating.join();

      assertThat(created.status()).as(created.body()).isEqualTo(201);
      assertThat(created.body()).contains("\"backfill\":{\"periods\":13,\"filled\":0}");
      id = created.text("id");
      Answer reserved = reserve(stipend);
      assertThat(reserved.status()).as("nobody knows what is left").isEqualTo(503);
      assertThat(reserved.body()).contains("Each project", "its spend so far is being counted");
      other.rollback();
    }
    stipend.record(spent("since", START, "5"));
    assertThat(usage(stipend, id).body()).contains("\"filled\":0");
    assertThat(stipend.maintain("reconcile"))
        .as("no defect")
        .containsEntry("budgetPeriodDifferences", 0);

    stipend.clock.tick(Duration.ofMinutes(2));
    stipend.sweep();

    Answer shown = stipend.api("GET", "/api/budgets/" + id, "");
    assertThat(shown.body()).doesNotContain("backfill");
    assertThat(spend(stipend, id)).isEqualTo("95.00");
    assertThat(reserve(stipend).status()).isEqualTo(402);
    stipend.deliverAlerts();
    assertThat(stipend.database.rows("SELECT threshold, state FROM stipend.alert_logs"))
        .containsExactly("80.000|open");
  }

  @Test
  void aBackfillThatIsCutOffGoesOnWhereItWasAndCountsNothingTwice(Stipend stipend)
      throws SQLException {
    for (int day = 1; day <= 3; day++) {
      stipend.record(spent("d" + day, START.minus(Duration.ofDays(day)), "7"));
    }
    stipend.record(spent("now", START, "50"));
    String id;
    try (Connection other = lockLedger(stipend)) {
      id = stipend.api("POST", "/api/budgets", BUDGET).text("id");
      other.rollback();
    }
    // Its counter was made, and nothing noted.
    stipend.record(spent("more", START, "1"));
    stipend.database.execute(
        "UPDATE stipend.budget_periods SET spend = spend + 50, requests = requests + 1");
    stipend.clock.tick(Duration.ofMinutes(2));

    stipend.sweep();
    stipend.sweep();

    assertThat(spend(stipend, id)).isEqualTo("51.00");
    assertThat(
            stipend.database.rows(
                "SELECT trim_scale(spend), requests FROM stipend.budget_periods ORDER BY"
                    + " period_start"))
        .containsExactly("7|1", "7|1", "7|1", "51|2");
    assertThat(stipend.database.rows("SELECT FROM stipend.alert_logs")).isEmpty();
  }

  @Test
  void aBudgetWhoseBackfillWaitsCanBeArchived(Stipend stipend) throws SQLException {
    stipend.record(spent("before", START, "90"));
    String id;
    try (Connection other = lockLedger(stipend)) {
      id = stipend.api("POST", "/api/budgets", BUDGET).text("id");
      other.rollback();
    }
    assertThat(stipend.api("DELETE", "/api/budgets/" + id, "").status()).isLessThan(300);
    stipend.clock.tick(Duration.ofMinutes(2));
    stipend.sweep();
    assertThat(stipend.database.rows("SELECT FROM stipend.budget_backfills")).isEmpty();
    assertThat(stipend.database.rows("SELECT FROM stipend.alert_logs")).isEmpty();
  }

  @Test
  void anOrdinaryBudgetIsCountedWhenItIsMade(Stipend stipend) {
    stipend.record(spent("before", START.minus(Duration.ofDays(2)), "3"));
    stipend.record(spent("now", START, "4"));
    Answer created = stipend.api("POST", "/api/budgets", BUDGET);
    assertThat(created.body()).doesNotContain("backfill");
    assertThat(
            stipend.database.rows(
                "SELECT trim_scale(spend) FROM stipend.budget_periods ORDER BY period_start"))
        .isEqualTo(List.of("3", "4"));
  }

  private static Connection lockLedger(Stipend stipend) throws SQLException {
    Connection other = stipend.database.connect();
    other.setAutoCommit(false);
    for (String month :
        stipend.database.rows(
            "SELECT CAST(inhrelid AS regclass) FROM pg_inherits WHERE inhparent ="
                + " CAST('stipend.usage_logs' AS regclass)")) {
      other.createStatement().execute("LOCK TABLE " + month + " IN ACCESS EXCLUSIVE MODE");
    }
    return other;
  }

  private static String spent(String id, Instant at, String cost) {
    return Usage.costing(id, at, cost).replaceFirst("\\{", "{\"tags\":{\"project\":\"a\"},");
  }

  private static Answer reserve(Stipend stipend) {
    return stipend.api(
        "POST", "/api/reservations", "{\"tags\":{\"project\":\"a\"},\"estimatedCost\":\"6\"}");
  }

  private static String spend(Stipend stipend, String id) {
    return usage(stipend, id).text("spend");
  }

  private static Answer usage(Stipend stipend, String id) {
    return stipend.api("GET", "/api/budgets/" + id + "/usage?subject=project%3Da", "");
  }
}
