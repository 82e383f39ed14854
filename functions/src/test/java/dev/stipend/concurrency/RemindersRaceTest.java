package dev.stipend.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.Race;
import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Reminders look at alerts while evaluations close others of the same counters.
@ExtendWith(StipendExtension.class)
final class RemindersRaceTest {
  private static final int USERS = 40;

  /// Of each user, 80 % is silenced for half an hour and 100 % for an hour. When the first of both
  /// ends, the higher line still speaks; just then it is over.
  @Test
  void aLineWhoseHigherOneEndsWhileItIsLookedAtIsToldOnce(Stipend stipend) {
    stipend.api("POST", "/api/budgets", Usage.monthlyBudget("100").replace("\"u1\"", "\"*\""));
    silence(stipend, 30);
    each(stipend, "first", "80");
    silence(stipend, 60);
    each(stipend, "second", "20");
    stipend.clock.tick(Duration.ofMinutes(30));

    List<Callable<?>> racers = new ArrayList<>();
    racers.add(stipend::sweep);
    racers.add(stipend::sweep);
    for (int user = 0; user < USERS; user++) {
      String refund =
          event("refund", user, "-10").replace("\"cost\"", "\"kind\":\"adjustment\",\"cost\"");
      racers.add(() -> stipend.record(refund));
    }
    Race.run(racers);
    stipend.sweep();
    stipend.clock.tick(Duration.ofMinutes(30));
    stipend.sweep();
    stipend.deliverAlerts();
    stipend.sweep();

    assertThat(
            stipend.database.rows(
                """
                SELECT a.threshold, a.state, d.purpose, count(*)
                FROM stipend.alert_deliveries d
                JOIN stipend.alert_logs a ON a.id = d.alert_id
                JOIN stipend.notification_channels c ON c.id = d.channel_id
                WHERE c.kind = 'slack_webhook' AND (d.status <> 'suppressed' OR d.sent_at IS NOT NULL)
                GROUP BY 1, 2, 3
                """))
        .containsExactly("80.000|open|raised|" + USERS);
  }

  private static void silence(Stipend stipend, int minutes) {
    stipend.api(
        "POST",
        "/api/silences",
        "{\"scope\":\"user\",\"until\":\"%s\",\"reason\":\"night\"}"
            .formatted(SettableClock.START.plus(Duration.ofMinutes(minutes))));
  }

  private static void each(Stipend stipend, String event, String cost) {
    for (int user = 0; user < USERS; user++) {
      stipend.record(event(event, user, cost));
    }
  }

  private static String event(String event, int user, String cost) {
    return Usage.costing(event + user, SettableClock.START, cost)
        .replace("\"u1\"", "\"u" + user + "\"");
  }
}
