package dev.stipend.scenario.alerting;

import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.TestServers;
import dev.stipend.support.Usage;
import dev.stipend.support.http.Requests;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(StipendExtension.class)
class FirstAlertTest {
  private static final String GUIDE_BODY =
      """
      {
          "name": "Test Budget",
          "limitAmount": 1.00,
          "period": "monthly",
          "scope": "user",
          "hardLimit": true,
          "alertAt": 80
        }
      """;

  @Test
  void theGuidesThreeCallsWorkWordForWord(Stipend stipend) {
    Requests.Answer created = stipend.api("POST", "/api/budgets", GUIDE_BODY);
    assertThat(created.status()).as(created.body()).isEqualTo(201);
    assertThat(created.text("scopeId")).isEqualTo("u1");
    assertThat(created.text("limitAmount")).isEqualTo("1.00");
    assertThat(created.text("currentSpend")).isEqualTo("0.00");
    assertThat(created.text("nextResetAt")).isEqualTo("2026-07-01T00:00:00Z");
    assertThat(created.response().getHeaders())
        .containsEntry("Location", "/api/budgets/" + created.text("id"));
    assertThat(stipend.api("GET", "/api/budgets", "").body()).contains(created.text("id"));
    Requests.Answer usage = stipend.api("GET", "/api/budgets/" + created.text("id") + "/usage", "");
    assertThat(usage.status()).as(usage.body()).isEqualTo(200);
    assertThat(usage.text("remaining")).isEqualTo("1.00");
  }

  @Test
  void eightyCentsThenADollarGiveOneWarningAndOneCriticalAlertEachOnce(Stipend stipend) {
    stipend.api("POST", "/api/budgets", GUIDE_BODY);
    assertThat(stipend.record(Usage.costing("e1", SettableClock.START, "0.80"))).isEmpty();
    stipend.deliverAlerts();
    assertThat(stipend.record(Usage.costing("e2", SettableClock.START, "0.20"))).isEmpty();
    stipend.deliverAlerts();
    stipend.sweep();
    assertThat(stipend.deliverAlerts()).isZero();
    TestServers.HTTP.verify(2, postRequestedFor(urlEqualTo("/slack")));
    assertThat(TestServers.MAIL.getReceivedMessages()).hasSize(2);
    assertThat(stipend.database.rows("SELECT status, attempts FROM stipend.alert_deliveries"))
        .containsExactly("sent|1", "sent|1", "sent|1", "sent|1");
    assertThat(
            stipend.database.rows(
                "SELECT type, threshold, severity, state FROM stipend.alert_logs ORDER BY"
                    + " threshold"))
        .containsExactly(
            "LIMIT_WARNING|80.000|warning|open", "LIMIT_EXCEEDED|100.000|critical|open");
  }
}
