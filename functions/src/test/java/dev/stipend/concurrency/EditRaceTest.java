package dev.stipend.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.Race;
import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Edits of budgets while others edit and record.
@ExtendWith(StipendExtension.class)
class EditRaceTest {
  private static final int RECORDERS = 4;
  private static final int EVENTS = 100;
  private static final String ALERTS =
      """
      SELECT threshold, count(*), count(*) FILTER (WHERE resolved_at IS NULL)
      FROM stipend.alert_logs
      GROUP BY 1
      ORDER BY 1
      """;

  @Test
  void ofEditsThatExpectTheSameVersionExactlyOneWins(Stipend stipend) {
    String path = create(stipend, "100");
    Map<String, String> headers = Map.of("x-api-key", Stipend.ADMIN_KEY, "if-match", "\"1\"");
    Queue<Integer> statuses = new ConcurrentLinkedQueue<>();

    Race.run(
        IntStream.range(0, 8)
            .mapToObj(
                n ->
                    (Callable<Boolean>)
                        () ->
                            statuses.add(
                                stipend
                                    .api(
                                        "PATCH",
                                        path,
                                        "{\"limitAmount\":" + (200 + n) + "}",
                                        headers)
                                    .status()))
            .toList());

    assertThat(statuses).filteredOn(status -> status == 200).hasSize(1);
    assertThat(statuses).filteredOn(status -> status == 412).hasSize(7);
    assertThat(stipend.api("GET", path, "").header("etag")).isEqualTo("\"2\"");
    assertThat(stipend.api("GET", path + "/versions", "").items()).hasSize(2);
  }

  @Test
  void editsWithoutAnExpectationAreAllDoneOneAfterTheOther(Stipend stipend) {
    String path = create(stipend, "100");

    Race.run(
        IntStream.range(0, 8)
            .mapToObj(
                n ->
                    (Callable<Object>)
                        () -> stipend.api("PATCH", path, "{\"alertAt\":[" + (10 + n) + "]}"))
            .toList());

    assertThat(stipend.api("GET", path, "").header("etag")).isEqualTo("\"9\"");
    assertThat(
            stipend.database.value(
                """
                SELECT count(*)
                FROM stipend.budget_versions v
                JOIN stipend.budget_versions later ON later.version = v.version + 1
                WHERE v.after = later.before
                """))
        .isEqualTo("8");
  }

  @Test
  void limitThatIsLoweredWhileOthersRecordAlertsOnceAndLosesNothing(Stipend stipend) {
    String path = create(stipend, "100000");
    List<Callable<?>> racers = new ArrayList<>(recorders(stipend, () -> {}));
    racers.add(
        () -> {
          for (int limit : List.of(5000, 700, 50)) {
            String body = "{\"limitAmount\":" + limit + "}";
            assertThat(stipend.api("PATCH", path, body).status()).isEqualTo(200);
          }
          return null;
        });

    Race.run(racers);
    assertThat(stipend.database.value("SELECT count(*) FROM stipend.budget_periods WHERE dirty"))
        .isEqualTo("0");

    assertTotals(stipend);
    assertThat(stipend.database.rows(ALERTS)).containsExactly("80.000|1|1", "100.000|1|1");
    assertThat(stipend.database.value("SELECT limit_amount FROM stipend.budget_periods"))
        .isEqualTo("50.000000000000");
  }

  @Test
  void increaseThatEndsWhileOthersRecordAlertsOnceAndLosesNothing(Stipend stipend) {
    String path = create(stipend, "50");
    String body =
        "{\"limitAmount\":100000,\"until\":\"%s\",\"reason\":\"launch\"}"
            .formatted(SettableClock.START.plusSeconds(200));
    assertThat(stipend.api("POST", path + "/increase", body).status()).isEqualTo(200);
    List<Callable<?>> racers =
        new ArrayList<>(recorders(stipend, () -> stipend.clock.tick(Duration.ofSeconds(1))));
    racers.add(
        () -> {
          for (int i = 0; i < 50; i++) {
            stipend.sweep();
          }
          return null;
        });

    Race.run(racers);
    stipend.clock.set(SettableClock.START.plusSeconds(500));
    stipend.sweep();

    assertTotals(stipend);
    assertThat(stipend.database.rows(ALERTS)).containsExactly("80.000|1|1", "100.000|1|1");
    assertThat(stipend.database.value("SELECT limit_amount, dirty FROM stipend.budget_periods"))
        .isEqualTo("50.000000000000|f");
    assertThat(stipend.api("GET", path + "/versions", "").items()).hasSize(3);
  }

  @Test
  void sweepsThatMeetAnEndedIncreaseClearItOnce(Stipend stipend) {
    String path = create(stipend, "50");
    stipend.api(
        "POST",
        path + "/increase",
        "{\"amount\":50,\"until\":\"%s\",\"reason\":\"launch\"}"
            .formatted(SettableClock.START.plusSeconds(60)));
    stipend.record(Usage.costing("e1", SettableClock.START, "60"));
    stipend.clock.tick(Duration.ofMinutes(1));

    Race.run(Collections.nCopies(8, stipend::sweep));

    assertThat(stipend.database.rows(ALERTS)).containsExactly("80.000|1|1", "100.000|1|1");
    assertThat(stipend.api("GET", path + "/versions", "").items()).hasSize(3);
  }

  @Test
  void archivedWhileOthersRecordCountsNoMoreFromThenOn(Stipend stipend) {
    String path = create(stipend, "10");
    List<Callable<?>> racers = new ArrayList<>(recorders(stipend, () -> {}));
    racers.add(() -> stipend.api("DELETE", path, ""));

    Race.run(racers);
    String spend =
        stipend.database.value("SELECT coalesce(sum(spend), 0) FROM stipend.budget_periods");
    stipend.record(Usage.costing("after", SettableClock.START, "1"));
    stipend.sweep();

    assertThat(stipend.database.value("SELECT coalesce(sum(spend), 0) FROM stipend.budget_periods"))
        .isEqualTo(spend);
    assertThat(
            stipend.database.value(
                "SELECT count(*) FROM stipend.alert_logs WHERE resolved_at IS NULL"))
        .isEqualTo("0");
  }

  private static List<Callable<?>> recorders(Stipend stipend, Runnable each) {
    List<Callable<?>> recorders = new ArrayList<>();
    for (int i = 0; i < RECORDERS; i++) {
      String recorder = "r" + i;
      recorders.add(
          () -> {
            for (int event = 0; event < EVENTS; event++) {
              each.run();
              String message = Usage.costing(recorder + "-" + event, SettableClock.START, "1.01");
              assertThat(stipend.record(message)).isEmpty();
            }
            return null;
          });
    }
    return recorders;
  }

  private static void assertTotals(Stipend stipend) {
    assertThat(stipend.database.value("SELECT spend, requests FROM stipend.budget_periods"))
        .isEqualTo("404.000000000000|400");
    assertThat(stipend.maintain("reconcile")).containsEntry("budgetPeriodDifferences", 0);
  }

  private static String create(Stipend stipend, String limit) {
    return "/api/budgets/"
        + stipend.api("POST", "/api/budgets", Usage.monthlyBudget(limit)).text("id");
  }
}
