package dev.stipend.scenario.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.Usage;
import dev.stipend.support.http.Requests.Answer;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Telling again of what is still so.
@ExtendWith(StipendExtension.class)
final class RemindersTest {
  private static final Instant START = SettableClock.START;

  @Test
  void nobodyIsRemindedUnlessALineAsksForIt(Stipend stipend) {
    create(stipend, "");
    stipend.record(Usage.costing("e1", START, "100"));
    int told = stipend.deliverAlerts();
    assertThat(told).isPositive();

    stipend.clock.tick(Duration.ofDays(3));
    stipend.sweep();

    assertThat(stipend.deliverAlerts()).isZero();
  }

  @Test
  void anAlertThatStaysOpenIsToldAgainWithTheFiguresOfNow(Stipend stipend) {
    create(stipend, ",\"remindEveryHours\":4");
    stipend.record(Usage.costing("e1", START, "100"));
    int told = stipend.deliverAlerts();
    stipend.clock.tick(Duration.ofMinutes(239));
    stipend.sweep();
    assertThat(stipend.deliverAlerts()).isZero();
    stipend.record(Usage.costing("e2", START, "20"));

    stipend.clock.tick(Duration.ofMinutes(1));
    assertThat(stipend.sweep()).containsEntry("reminded", 1);
    stipend.sweep();

    assertThat(stipend.deliverAlerts()).isEqualTo(told);
    assertThat(
            stipend.database.rows(
                """
                SELECT DISTINCT payload #>> '{spend,amount}', payload #>> '{alert,reason}'
                FROM stipend.alert_deliveries
                """))
        .containsExactly(
            "120.00|still open; raised Mon 15 Jun 2026, 12:00 UTC: spend $100.00 reached 100 % of"
                + " $100.00");
    assertThat(stipend.database.value("SELECT count(*) FROM stipend.alert_logs")).isEqualTo("1");
  }

  @Test
  void remindersEndAfterTen(Stipend stipend) {
    create(stipend, ",\"remindEveryHours\":1");
    stipend.record(Usage.costing("e1", START, "100"));
    int told = stipend.deliverAlerts();

    int reminded = 0;
    for (int hour = 0; hour < 14; hour++) {
      stipend.clock.tick(Duration.ofHours(1));
      stipend.sweep();
      reminded += stipend.deliverAlerts();
    }

    assertThat(reminded).isEqualTo(10 * told);
  }

  @Test
  void whoHasAcknowledgedIsNotReminded(Stipend stipend) {
    create(stipend, ",\"remindEveryHours\":1");
    stipend.record(Usage.costing("e1", START, "100"));
    stipend.deliverAlerts();
    String alert = stipend.database.value("SELECT id FROM stipend.alert_logs");

    assertThat(stipend.api("POST", "/api/alerts/" + alert + "/acknowledge", "{}").status())
        .isEqualTo(200);
    stipend.clock.tick(Duration.ofHours(5));
    stipend.sweep();

    assertThat(stipend.deliverAlerts()).isZero();
  }

  @Test
  void nobodyIsRemindedOfWhatIsOver(Stipend stipend) {
    String budget = create(stipend, ",\"remindEveryHours\":1");
    stipend.record(Usage.costing("e1", START, "100"));
    stipend.deliverAlerts();
    stipend.api("PATCH", "/api/budgets/" + budget, "{\"limitAmount\":1000}");
    stipend.deliverAlerts();

    stipend.clock.tick(Duration.ofHours(5));
    stipend.sweep();

    assertThat(stipend.deliverAlerts()).isZero();
  }

  @Test
  void howOftenIsHoursFromOneToAWeek(Stipend stipend) {
    Answer refused = stipend.api("POST", "/api/budgets", body(",\"remindEveryHours\":169"));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body()).contains("thresholds[0].remindEveryHours", "168");
    String id = create(stipend, ",\"remindEveryHours\":168");
    assertThat(stipend.api("GET", "/api/budgets/" + id, "").body())
        .contains("\"remindEveryHours\":168");
  }

  private static String create(Stipend stipend, String reminder) {
    return stipend.api("POST", "/api/budgets", body(reminder)).text("id");
  }

  private static String body(String reminder) {
    return """
    {"name":"B","limitAmount":100,"period":"monthly","scope":"user","scopeId":"u1","thresholds":[{"percent":100%s}]}
    """
        .formatted(reminder);
  }
}
