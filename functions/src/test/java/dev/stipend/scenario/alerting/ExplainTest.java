package dev.stipend.scenario.alerting;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.TestServers;
import dev.stipend.support.Usage;
import dev.stipend.support.http.Requests.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Why alerts did or did not go out.
@ExtendWith(StipendExtension.class)
class ExplainTest {
  private static final Instant START = SettableClock.START;

  @Test
  void lineThatIsNotMetSaysHowMuchIsMissing(Stipend stipend) {
    String path = create(stipend, Usage.monthlyBudget("100"));
    stipend.record(Usage.costing("e1", START, "30.25"));

    Answer explained = stipend.api("GET", path + "/explain", "");

    assertThat(explained.status()).isEqualTo(200);
    assertThat(explained.text("spend")).isEqualTo("30.25");
    assertThat(explained.text("percentUsed")).isEqualTo("30.2");
    assertThat(lines(explained))
        .extracting(
            line -> line.get("threshold") + " " + line.get("missing") + " " + line.get("outcome"))
        .containsExactly("80 49.75 not_met", "100 69.75 not_met", "0 null not_met");
    assertThat(lines(explained).getFirst().get("figures"))
        .isEqualTo("spend $30.25 is below 80 % of $100.00");
    assertThat((List<?>) explained.json().get("alerts")).isEmpty();
  }

  @Test
  void alertOfTheLineIsShownWithItsDeliveriesAndTheirErrors(Stipend stipend) {
    TestServers.HTTP.stubFor(
        post(anyUrl()).willReturn(aResponse().withStatus(404).withBody("no_service")));
    String path = create(stipend, Usage.monthlyBudget("100"));
    stipend.record(Usage.costing("e1", START, "85"));
    stipend.deliverAlerts();

    Answer explained = stipend.api("GET", path + "/explain", "");

    Map<?, ?> met = lines(explained).getFirst();
    assertThat(met.get("met")).isEqualTo(true);
    assertThat(met.get("outcome")).isEqualTo("open");
    assertThat(met.get("missing")).isNull();
    String alert = explained.text("alerts");
    assertThat(alert)
        .contains("state=open")
        .contains("reason=spend $85.00 reached 80 % of $100.00")
        .contains("status=failed")
        .contains("no_service")
        .contains("status=sent");
  }

  @Test
  void aSilenceIsNamedWithItsEndWhereSomebodyAsksWhyNobodyHeard(Stipend stipend) {
    String path = create(stipend, Usage.monthlyBudget("100"));
    stipend.api(
        "POST",
        "/api/silences",
        "{\"scope\":\"workspace\",\"until\":\"2026-06-20\",\"reason\":\"Load test\"}");
    stipend.record(Usage.costing("e1", START, "85"));

    Answer explained = stipend.api("GET", path + "/explain", "");

    Map<?, ?> met = lines(explained).getFirst();
    assertThat(String.valueOf(met.get("reason")))
        .contains("its alert is open; its notifications are suppressed: silence ", "Load test");
    assertThat(String.valueOf(met.get("suppressedBy"))).endsWith(": Load test");
    assertThat(met.get("suppressedUntil")).isEqualTo("2026-06-21T00:00:00Z");
    String alert = stipend.database.value("SELECT id FROM stipend.alert_logs");
    assertThat(stipend.api("GET", "/api/alerts/" + alert, "").text("deliveries"))
        .contains("status=suppressed", "suppressedBy=silence ", "Load test")
        .contains("suppressedUntil=2026-06-21T00:00:00Z");
  }

  @Test
  void whatIsTriedAgainIsNotSuppressed(Stipend stipend) {
    TestServers.HTTP.stubFor(post(anyUrl()).willReturn(aResponse().withStatus(503)));
    String path = create(stipend, Usage.monthlyBudget("100"));
    stipend.record(Usage.costing("e1", START, "85"));
    stipend.deliverAlerts();

    Answer explained = stipend.api("GET", path + "/explain", "");

    assertThat(explained.body()).contains("retrying").doesNotContain("suppressed");
  }

  @Test
  void resolvedAlertSaysWhy(Stipend stipend) {
    String path = create(stipend, Usage.monthlyBudget("100"));
    stipend.record(Usage.costing("e1", START, "85"));
    stipend.api("PATCH", path, "{\"limitAmount\":\"200\"}");

    Answer explained = stipend.api("GET", path + "/explain", "");

    assertThat(explained.text("limitAmount")).isEqualTo("200.00");
    assertThat(explained.text("alerts"))
        .contains("state=resolved")
        .contains("resolvedReason=spend $85.00 is below 80 % of $200.00");
    assertThat(lines(explained).getFirst().get("missing")).isEqualTo("75.00");
  }

  @Test
  void silenceOfAPausedBudgetAndOfALineThatFlapsIsExplained(Stipend stipend) {
    String path = create(stipend, Usage.monthlyBudget("100"));
    for (int i = 0; i < 4; i++) {
      stipend.clock.tick(Duration.ofMinutes(1));
      stipend.record(Usage.costing("e" + i, START, "85"));
      if (i < 3) {
        stipend.record(
            Usage.costing("r" + i, START, "-85")
                .replace("\"cost\"", "\"kind\":\"adjustment\",\"cost\""));
      }
    }
    Map<?, ?> flapped = lines(stipend.api("GET", path + "/explain", "")).getFirst();
    assertThat(flapped.get("outcome")).isEqualTo("held_back");
    assertThat(String.valueOf(flapped.get("reason"))).contains("3 times within an hour");

    stipend.api("PATCH", path, "{\"status\":\"paused\"}");
    stipend.record(Usage.costing("more", START, "30"));

    assertThat(lines(stipend.api("GET", path + "/explain", "")))
        .extracting(line -> String.valueOf(line.get("outcome")))
        .containsExactly("held_back", "paused", "not_met");
  }

  @Test
  void budgetOverEachIsExplainedForOneSubject(Stipend stipend) {
    String path =
        create(
            stipend,
            "{\"name\":\"Each\",\"limitAmount\":10,\"period\":\"daily\",\"scope\":\"agent\",\"scopeId\":\"*\"}");
    stipend.record(Usage.costing("e1", START, "9"));

    assertThat(stipend.api("GET", path + "/explain", "").status()).isEqualTo(400);
    assertThat(lines(stipend.api("GET", path + "/explain?subject=a1", "")).getFirst().get("met"))
        .isEqualTo(true);
    assertThat(
            lines(stipend.api("GET", path + "/explain?subject=nobody", ""))
                .getFirst()
                .get("missing"))
        .isEqualTo("8.00");
  }

  private static List<Map<?, ?>> lines(Answer explained) {
    List<?> lines = (List<?>) Objects.requireNonNull(explained.json().get("lines"));
    return lines.stream().<Map<?, ?>>map(line -> (Map<?, ?>) line).toList();
  }

  private static String create(Stipend stipend, String body) {
    return "/api/budgets/" + stipend.api("POST", "/api/budgets", body).text("id");
  }
}
