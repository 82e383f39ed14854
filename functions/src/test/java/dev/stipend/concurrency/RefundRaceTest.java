package dev.stipend.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.Race;
import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.Tenant;
import dev.stipend.support.Usage;
import dev.stipend.support.http.Requests.Answer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.extension.ExtendWith;

/// Refunds of one event at once do not take back together what each may by itself.
@ExtendWith(StipendExtension.class)
final class RefundRaceTest {
  private static final Instant START = SettableClock.START;

  @RepeatedTest(5)
  void refundsAtOnceTakeBackNoMoreThanTheEventCost(Stipend stipend) {
    Map<String, String> ingest = Tenant.key(stipend, "ingest", "default");
    stipend.api("POST", "/api/budgets", Usage.monthlyBudget("100"));
    stipend.record(Usage.costing("e1", START, "10"), Usage.costing("e2", START, "10"));
    ConcurrentLinkedQueue<Answer> answers = new ConcurrentLinkedQueue<>();
    List<Callable<?>> racers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      // Some name the events in another order than others do.
      List<String> refunds = new ArrayList<>();
      refunds.add(refund("e1", i));
      refunds.add(i % 2, refund("e2", i));
      racers.add(
          () ->
              answers.add(
                  stipend.api(
                      "POST", "/api/usage", "[" + String.join(",", refunds) + "]", ingest)));
    }
    Race.run(racers);

    assertThat(answers).extracting(Answer::status).containsOnly(200, 422);
    assertThat(
            stipend.database.rows(
                "SELECT corrects, count(*), sum(cost) FROM stipend.usage_logs WHERE cost < 0 GROUP"
                    + " BY 1 ORDER BY 1"))
        .containsExactly("e1|3|-9.000000000000", "e2|3|-9.000000000000");
    assertThat(stipend.database.value("SELECT spend FROM stipend.budget_periods"))
        .isEqualTo("2.000000000000");
    assertThat(
            stipend.database.value(
                "SELECT count(*) FROM stipend.audit_logs WHERE action = 'usage.adjust'"))
        .isEqualTo("6");
  }

  private static String refund(String of, int number) {
    return """
    {"eventId":"%s-%d","occurredAt":"%s","kind":"adjustment","corrects":"%s","userId":"u1","cost":"-3"}\
    """
        .formatted(of, number, START, of);
  }
}
