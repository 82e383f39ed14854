package dev.stipend.scenario.delivery.silence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.Usage;
import dev.stipend.support.http.Requests.Answer;
import java.time.Duration;
import java.time.Instant;

/// Silences, and spend that they keep from people.
public final class Silenced {
  private static final Instant START = SettableClock.START;

  static final String DELIVERIES =
      """
      SELECT c.kind, a.threshold, d.purpose, d.status
      FROM stipend.alert_deliveries d
      JOIN stipend.alert_logs a ON a.id = d.alert_id
      JOIN stipend.notification_channels c ON c.id = d.channel_id
      ORDER BY c.kind, a.threshold, d.purpose
      """;

  private Silenced() {}

  public static Answer silence(Stipend stipend, String matcher, int minutes) {
    Answer made =
        stipend.api(
            "POST",
            "/api/silences",
            "{%s,\"until\":\"%s\",\"reason\":\"night shift\"}"
                .formatted(matcher, stipend.clock.instant().plus(Duration.ofMinutes(minutes))));
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    return made;
  }

  static String budget(Stipend stipend) {
    return stipend.api("POST", "/api/budgets", Usage.monthlyBudget("100")).text("id");
  }

  static void spend(Stipend stipend, String event, String cost) {
    stipend.record(Usage.costing(event, START, cost));
  }
}
