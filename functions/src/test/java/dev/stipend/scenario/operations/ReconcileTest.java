package dev.stipend.scenario.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.CapturedLog;
import dev.stipend.support.Race;
import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Totals that were damaged are found every day, repaired, and told; days that did not change are
/// not read again.
@ExtendWith(StipendExtension.class)
class ReconcileTest {
  private static final Instant START = SettableClock.START;
  private static final Instant EARLIER = START.minus(Duration.ofDays(20));
  private static final String TRACKING =
      "SELECT * FROM stipend.cost_tracking ORDER BY bucket_start, model";
  private static final String COUNTERS =
      "SELECT subject, period_start, spend, requests, unpriced FROM stipend.budget_periods ORDER BY"
          + " 1, 2";
  private static final String WAITING = "SELECT * FROM stipend.unpriced_events ORDER BY event_id";

  @Test
  void aDamagedRowOfTheRollupIsFoundRepairedAndTold(Stipend stipend) {
    record(stipend);
    List<String> before = stipend.database.rows(TRACKING);
    assertThat(stipend.maintain("maintain")).containsEntry("costTrackingDifferences", 0);
    stipend.database.execute(
        "UPDATE stipend.cost_tracking SET cost = cost + 1 WHERE model = 'gpt-4o' AND bucket_start ="
            + " '"
            + START
            + "'");
    try (CapturedLog log = CapturedLog.start()) {
      Map<String, Object> report = stipend.maintain("maintain");
      assertThat(report)
          .containsEntry("costTrackingDifferences", 1)
          .containsEntry("budgetPeriodDifferences", 0);
      assertThat(String.valueOf(report.get("differences")))
          .contains("workspace=default", "table=cost_tracking", "rows=1", "\"user_id\": \"u1\"");
      assertThat(log.text("dev.stipend.maintenance", "dev.stipend.budget"))
          .contains("Workspace default: 1 rows of cost_tracking differed from the ledger");
    }
    assertThat(stipend.database.rows(TRACKING)).isEqualTo(before);
    assertThat(stipend.maintain("maintain")).containsEntry("costTrackingDifferences", 0);
  }

  @Test
  void rowsThatAreLostOrTooManyAreDifferencesToo(Stipend stipend) {
    record(stipend);
    List<String> before = stipend.database.rows(TRACKING);
    stipend.maintain("reconcile");
    stipend.database.execute(
        "DELETE FROM stipend.cost_tracking WHERE model = 'gpt-4o' AND bucket_start = '"
            + EARLIER
            + "'");
    stipend.database.execute(
        "INSERT INTO stipend.cost_tracking SELECT workspace_id, bucket_start - interval '1 day',"
            + " 'nobody', '', '', '', '', '', 1, 1, 0, 0, 0, 0 FROM stipend.cost_tracking LIMIT 1");
    assertThat(stipend.maintain("reconcile")).containsEntry("costTrackingDifferences", 2);
    assertThat(stipend.database.rows(TRACKING)).isEqualTo(before);
  }

  @Test
  void aDamagedCounterOfAnyPeriodIsFoundRepairedAndTold(Stipend stipend) {
    record(stipend);
    List<String> before = stipend.database.rows(COUNTERS);
    stipend.maintain("maintain");
    stipend.database.execute(
        "UPDATE stipend.budget_periods SET spend = spend + 1 WHERE requests > 0");
    Map<String, Object> report = stipend.maintain("maintain");
    assertThat(report)
        .containsEntry("budgetPeriodDifferences", before.size())
        .containsEntry("costTrackingDifferences", 0);
    assertThat(String.valueOf(report.get("differences")))
        .contains("table=budget_periods", "\"subject\": \"u1\"");
    assertThat(stipend.database.rows(COUNTERS)).isEqualTo(before);
    assertThat(stipend.maintain("maintain")).containsEntry("budgetPeriodDifferences", 0);
  }

  @Test
  void anUnpricedEventThatIsLostOrNotWaitingIsFoundAndRepaired(Stipend stipend) {
    record(stipend);
    List<String> before = stipend.database.rows(WAITING);
    assertThat(before).hasSize(2);
    assertThat(stipend.maintain("maintain")).containsEntry("unpricedEventDifferences", 0);
    stipend.database.execute("DELETE FROM stipend.unpriced_events WHERE event_id = 'unknown-1'");
    stipend.database.execute(
        "UPDATE stipend.unpriced_events SET input_tokens = 1 WHERE event_id = 'unknown-2'");
    assertThat(stipend.maintain("maintain")).containsEntry("unpricedEventDifferences", 2);
    assertThat(stipend.database.rows(WAITING)).isEqualTo(before);
    stipend.database.execute("DELETE FROM stipend.unpriced_events");
    assertThat(stipend.maintain("rebuild")).containsEntry("unpricedEventDifferences", 2);
    assertThat(stipend.database.rows(WAITING)).isEqualTo(before);
  }

  @Test
  void onlyDaysThatChangedAreReadAgain(Stipend stipend) {
    record(stipend);
    stipend.maintain("maintain");
    stipend.clock.tick(Duration.ofHours(3));
    stipend.maintain("maintain");
    // A row that nobody recorded: its time of recording says that nothing happened since.
    stipend.database.execute(
        """
        INSERT INTO stipend.usage_logs (
          workspace_id, event_id, occurred_at, recorded_at, kind, input_tokens, cached_input_tokens, output_tokens, cost)
        SELECT id, 'smuggled', CAST('%s' AS timestamptz), CAST('%s' AS timestamptz), 'usage', 0, 0, 0, 5
        FROM stipend.workspaces
        """
            .formatted(EARLIER, START.minus(Duration.ofHours(2))));
    assertThat(stipend.maintain("maintain")).containsEntry("costTrackingDifferences", 0);
    stipend.clock.tick(Duration.ofDays(1));
    stipend.record(Usage.costing("late", EARLIER.plusSeconds(7200), "1"));
    assertThat(stipend.maintain("maintain")).containsEntry("costTrackingDifferences", 1);
    assertThat(stipend.maintain("maintain")).containsEntry("costTrackingDifferences", 0);
  }

  @Test
  void recordingGoesOnWhileTotalsAreComparedAndNothingIsLost(Stipend stipend) {
    record(stipend);
    AtomicBoolean recording = new AtomicBoolean(true);
    List<Callable<Void>> racers = new ArrayList<>();
    for (int recorder = 0; recorder < 3; recorder++) {
      String prefix = "r" + recorder + "-";
      racers.add(
          () -> {
            for (int i = 0; i < 60; i++) {
              assertThat(stipend.record(Usage.costing(prefix + i, START.minusSeconds(i), "0.1")))
                  .isEmpty();
            }
            recording.set(false);
            return null;
          });
    }
    List<Map<String, Object>> reports = new ArrayList<>();
    racers.add(
        () -> {
          while (recording.get()) {
            reports.add(stipend.maintain("reconcile"));
          }
          return null;
        });
    Race.run(racers);
    reports.add(stipend.maintain("reconcile"));
    assertThat(reports)
        .hasSizeGreaterThan(1)
        .allSatisfy(report -> assertThat(report.get("differences")).isEqualTo(List.of()));
    assertThat(stipend.database.value("SELECT sum(cost) FROM stipend.cost_tracking"))
        .isEqualTo("30.000000000000");
  }

  /// Twelve dollars on two days, in budgets of all sorts, and two events that nobody can price.
  private static void record(Stipend stipend) {
    stipend.api("POST", "/api/budgets", Usage.monthlyBudget("1000"));
    stipend.api(
        "POST",
        "/api/budgets",
        "{\"name\":\"b\",\"limitAmount\":1000,\"period\":\"daily\",\"scope\":\"agent\",\"scopeId\":\"*\"}");
    stipend.api(
        "POST",
        "/api/budgets",
        "{\"name\":\"b\",\"limitAmount\":1000,\"period\":\"total\",\"startsAt\":\"2026-05-01T00:07:00Z\","
            + "\"scope\":\"workspace\"}");
    assertThat(
            stipend.record(
                Usage.costing("e1", EARLIER, "5"),
                Usage.costing("e2", START, "7"),
                unpriced("unknown-1", EARLIER),
                unpriced("unknown-2", START)))
        .isEmpty();
  }

  private static String unpriced(String id, Instant at) {
    return Usage.costing(id, at, "0")
        .replace("gpt-4o", "unheard-of")
        .replace(",\"cost\":\"0\"", ",\"inputTokens\":9");
  }
}
