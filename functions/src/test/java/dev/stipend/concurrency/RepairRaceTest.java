package dev.stipend.concurrency;

import static dev.stipend.support.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.Race;
import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.Usage;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Totals are repaired while others record into them: nothing is lost or counted twice, and nobody
/// waits for it.
@ExtendWith(StipendExtension.class)
class RepairRaceTest {
  private static final int RECORDERS = 3;
  private static final int EVENTS = 60;

  private static final List<String> DAMAGES =
      List.of(
          "UPDATE stipend.budget_periods SET spend = spend + 7, requests = requests + 2 WHERE"
              + " subject = 'u1'",
          "DELETE FROM stipend.budget_periods WHERE subject = 'default'",
          "UPDATE stipend.cost_tracking SET cost = cost - 1, input_tokens = input_tokens + 5",
          "DELETE FROM stipend.cost_tracking");

  @Test
  void repairsBesideRecordersLoseAndDoubleNothing(Stipend stipend) {
    stipend.api("POST", "/api/budgets", Usage.monthlyBudget("1000"));
    stipend.api(
        "POST",
        "/api/budgets",
        "{\"name\":\"all\",\"limitAmount\":1000,\"period\":\"monthly\",\"scope\":\"workspace\"}");
    stipend.record(Usage.costing("first", SettableClock.START, "1"));
    AtomicInteger recording = new AtomicInteger(RECORDERS);
    List<Callable<Void>> racers = new ArrayList<>();
    for (int recorder = 0; recorder < RECORDERS; recorder++) {
      String prefix = "r" + recorder + "-";
      racers.add(
          () -> {
            for (int i = 0; i < EVENTS; i++) {
              assertThat(
                      stipend.record(
                          Usage.costing(
                              prefix + i, SettableClock.START.minusSeconds(i * 60L), "0.25")))
                  .isEmpty();
            }
            recording.decrementAndGet();
            return null;
          });
    }
    for (String verb : List.of("reconcile", "rebuild")) {
      racers.add(
          () -> {
            for (int i = 0; recording.get() > 0; i++) {
              stipend.database.execute(DAMAGES.get(i % DAMAGES.size()));
              assertThat(stipend.maintain(verb)).containsEntry("problems", List.of());
            }
            return null;
          });
    }
    Race.run(racers);

    stipend.maintain("rebuild");
    assertThat(stipend.maintain("rebuild")).containsEntry("differences", List.of());
    BigDecimal all = new BigDecimal("1").add(new BigDecimal("0.25").multiply(events()));
    assertThat(sum(stipend, "SELECT sum(cost) FROM stipend.usage_logs")).isEqualByComparingTo(all);
    assertThat(sum(stipend, "SELECT sum(cost) FROM stipend.cost_tracking"))
        .isEqualByComparingTo(all);
    for (String subject : List.of("u1", "default")) {
      assertThat(
              sum(
                  stipend,
                  "SELECT sum(spend) FROM stipend.budget_periods WHERE subject = '"
                      + subject
                      + "'"))
          .isEqualByComparingTo(all);
    }
  }

  /// A counter that cannot be repaired yet, because somebody holds it, keeps no other from being
  /// recorded to.
  @Test
  void recordingGoesOnWhileEverythingIsRebuilt(Stipend stipend) throws Exception {
    stipend.api("POST", "/api/budgets", Usage.monthlyBudget("1000"));
    stipend.record(Usage.costing("first", SettableClock.START, "1"));
    stipend.database.execute("UPDATE stipend.budget_periods SET spend = spend + 7");
    try (Connection holder = stipend.database.connect();
        Statement statement = holder.createStatement()) {
      holder.setAutoCommit(false);
      statement.execute("SELECT FROM stipend.budget_periods WHERE subject = 'u1' FOR UPDATE");
      CompletableFuture<Map<String, Object>> rebuilding =
          CompletableFuture.supplyAsync(() -> stipend.maintain("rebuild"));
      await().until(() -> somebodyWaitsForACounter(stipend));

      assertThat(
              stipend.record(
                  Usage.costing("other", SettableClock.START, "2").replace("\"u1\"", "\"u2\"")))
          .isEmpty();
      assertThat(rebuilding).isNotDone();
      holder.rollback();
      rebuilding.join();
    }
    assertThat(stipend.maintain("rebuild")).containsEntry("differences", List.of());
    assertThat(sum(stipend, "SELECT spend FROM stipend.budget_periods WHERE subject = 'u1'"))
        .isEqualByComparingTo("1");
  }

  private static boolean somebodyWaitsForACounter(Stipend stipend) {
    return stipend
        .database
        .value(
            """
            SELECT count(*) > 0
            FROM pg_stat_activity
            WHERE datname = current_database()
              AND wait_event_type = 'Lock'
              AND query LIKE '%budget_periods%'
            """)
        .equals("t");
  }

  private static BigDecimal events() {
    return BigDecimal.valueOf((long) RECORDERS * EVENTS);
  }

  private static BigDecimal sum(Stipend stipend, String sql) {
    return new BigDecimal(stipend.database.value(sql));
  }
}
