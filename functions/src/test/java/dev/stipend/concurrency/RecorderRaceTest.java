package dev.stipend.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.Race;
import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.Usage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(StipendExtension.class)
class RecorderRaceTest {
  private static final int RECORDERS = 8;
  private static final int EVENTS = 400;

  @Test
  void recordersOverTheSameHotBudgetsAndTheSameMessagesCountEveryEventOnce(Stipend stipend) {
    for (String scope :
        List.of("\"workspace\"", "\"user\",\"scopeId\":\"*\"", "\"agent\",\"scopeId\":\"*\"")) {
      for (String period : List.of("hourly", "daily", "monthly")) {
        stipend.api(
            "POST",
            "/api/budgets",
            "{\"name\":\"hot\",\"limitAmount\":300,\"period\":\"%s\",\"scope\":%s}"
                .formatted(period, scope));
      }
    }
    List<Callable<Void>> recorders = new ArrayList<>();
    for (int recorder = 0; recorder < RECORDERS; recorder++) {
      // Every recorder gets every event, in an order and in batches of its own.
      List<String> mine = events(recorder);
      recorders.add(
          () -> {
            for (int from = 0; from < mine.size(); from += 25) {
              assertThat(stipend.record(mine.subList(from, from + 25).toArray(String[]::new)))
                  .isEmpty();
            }
            return null;
          });
    }
    Race.run(recorders);
    assertThat(stipend.database.value("SELECT count(*), sum(cost) FROM stipend.usage_logs"))
        .isEqualTo("400|400.000000000000");
    assertThat(stipend.database.value("SELECT sum(cost), sum(requests) FROM stipend.cost_tracking"))
        .isEqualTo("400.000000000000|400");
    assertThat(stipend.maintain("reconcile"))
        .containsEntry("costTrackingDifferences", 0)
        .containsEntry("budgetPeriodDifferences", 0);
    assertThat(stipend.database.value("SELECT count(*) FROM stipend.budget_periods WHERE dirty"))
        .isEqualTo("0");
    // 400 dollars over a limit of 300: every counter of the workspace and of the one user is over
    // both lines, once.
    assertThat(
            stipend.database.rows(
                "SELECT threshold, count(*) FROM stipend.alert_logs GROUP BY 1 ORDER BY 1"))
        .containsExactly("80.000|6", "100.000|6");
  }

  @Test
  void budgetsThatAreCreatedWhileOthersRecordMissNoEvent(Stipend stipend) {
    List<Callable<Void>> racers = new ArrayList<>();
    for (int recorder = 0; recorder < 4; recorder++) {
      List<String> mine = events(100).subList(recorder * 100, recorder * 100 + 100);
      racers.add(
          () -> {
            for (String message : mine) {
              assertThat(stipend.record(message)).isEmpty();
            }
            return null;
          });
    }
    for (int creator = 0; creator < 2; creator++) {
      racers.add(
          () -> {
            for (int i = 0; i < 20; i++) {
              assertThat(stipend.api("POST", "/api/budgets", Usage.monthlyBudget("1000")).status())
                  .isEqualTo(201);
            }
            return null;
          });
    }
    Race.run(racers);
    assertThat(stipend.database.rows("SELECT DISTINCT spend FROM stipend.budget_periods"))
        .containsExactly("400.000000000000");
    assertThat(stipend.database.value("SELECT count(*) FROM stipend.budget_periods"))
        .isEqualTo("40");
  }

  @Test
  void evaluatorsThatSweepTheSameCountersRaiseEachAlertOnce(Stipend stipend) {
    stipend.api(
        "POST",
        "/api/budgets",
        "{\"name\":\"each\",\"limitAmount\":1,\"period\":\"daily\",\"scope\":\"agent\",\"scopeId\":\"*\"}");
    List<String> messages = new ArrayList<>();
    for (int i = 0; i < 1500; i++) {
      messages.add(
          Usage.costing("e" + i, SettableClock.START, "0.1")
              .replace("\"a1\"", "\"agent-" + i + "\""));
    }
    stipend.record(messages.toArray(String[]::new));
    stipend.database.execute("UPDATE stipend.budget_periods SET spend = 2, dirty = TRUE");
    Race.run(Collections.nCopies(RECORDERS, stipend::sweep));
    assertThat(
            stipend.database.rows(
                "SELECT state, count(*), count(DISTINCT subject) FROM stipend.alert_logs GROUP BY 1"
                    + " ORDER BY 1"))
        .containsExactly("open|3000|1500");
    assertThat(stipend.database.value("SELECT count(*) FROM stipend.alert_deliveries"))
        .isEqualTo("6000");
    assertThat(stipend.database.value("SELECT count(*) FROM stipend.budget_periods WHERE dirty"))
        .isEqualTo("0");
  }

  private static List<String> events(int seed) {
    List<String> events = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      events.add(
          Usage.costing("e" + i, SettableClock.START, "1").replace("\"a1\"", "\"a" + i % 3 + "\""));
    }
    Collections.shuffle(events, new Random(seed));
    return events;
  }
}
