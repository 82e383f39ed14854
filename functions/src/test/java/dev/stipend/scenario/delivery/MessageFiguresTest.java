package dev.stipend.scenario.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.platform.json.ExactJson;
import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.Usage;
import dev.stipend.support.http.Json;
import dev.stipend.support.http.Requests.Answer;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a message says is what the API and the ledger say at its `dataAsOf`.
@ExtendWith(StipendExtension.class)
final class MessageFiguresTest {
  private static final Instant START = SettableClock.START;
  private static final String PAYLOAD =
      "SELECT payload FROM stipend.alert_logs WHERE state = 'open' AND type LIKE 'LIMIT_%'";

  /// With weeks of history the forecast is more than the present pace, in the message too.
  @ParameterizedTest
  @CsvSource({"user,u1", "workspace,default", "agent,*", "tag,project=*", "tag,project=a"})
  void everyFigureOfAMessageIsTheApis(String scope, String scopeId, Stipend stipend) {
    recordWeeks(stipend);
    String id = create(stipend, scope, scopeId);
    for (int request = 0; request < 25; request++) {
      stipend.record(tagged("today-" + request, START, "0.1"));
    }
    stipend.record(tagged("today", START, "90"));

    Map<?, ?> message = message(stipend);
    Answer usage =
        stipend.api("GET", "/api/budgets/" + id + "/usage" + subject(scope, scopeId), "");

    Map<String, Object> spend = part(message, "spend");
    assertThat(spend)
        .containsEntry("amount", usage.json().get("spend"))
        .containsEntry("limit", usage.json().get("limitAmount"))
        .containsEntry("percent", usage.json().get("percentUsed"))
        .containsEntry("remaining", usage.json().get("remaining"))
        .containsEntry("held", usage.json().get("held"))
        .containsEntry("requests", usage.json().get("requests"));
    assertThat(message.get("topContributors")).isEqualTo(usage.json().get("topContributors"));
    assertThat(message.get("dataAsOf")).isEqualTo(usage.json().get("dataAsOf"));
    Map<String, Object> forecast = part(message, "forecast");
    assertThat(forecast)
        .isNotEmpty()
        .allSatisfy(
            (name, value) ->
                assertThat(part(usage.json(), "forecast")).as(name).containsEntry(name, value));
    assertThat(
            stipend.database.value(
                "SELECT sum(cost) FROM stipend.usage_logs WHERE occurred_at >= '%s'"
                    .formatted(part(message, "period").get("start"))))
        .satisfies(
            sum ->
                assertThat(new BigDecimal(sum)).isEqualByComparingTo((String) spend.get("amount")));
  }

  @Test
  void theBurnDownGoesFromNothingToTheSpendInEvenSteps(Stipend stipend) {
    create(stipend, "user", "u1");
    stipend.clock.set(START.plus(Duration.ofHours(3)));
    stipend.record(Usage.costing("e1", START.plus(Duration.ofMinutes(20)), "30"));
    stipend.record(Usage.costing("e2", START.plus(Duration.ofMinutes(100)), "60"));

    Map<?, ?> message = message(stipend);

    List<Map<String, Object>> points = points(message);
    assertThat(points).hasSizeBetween(3, 49);
    assertThat(points.getFirst())
        .containsEntry("at", part(message, "period").get("start"))
        .containsEntry("spend", "0.00");
    assertThat(points.getLast())
        .containsEntry("at", message.get("occurredAt"))
        .containsEntry("spend", part(message, "spend").get("amount"));
    assertThat(points.stream().map(point -> new BigDecimal((String) point.get("spend"))))
        .isSorted()
        .anySatisfy(spend -> assertThat(spend).isEqualByComparingTo("30"));
  }

  /// A period that begins between two quarters of an hour is read from the ledger, where usage
  /// without a price has no cost at all.
  @Test
  void aBurnDownFromAnOddInstantLeavesOutWhatHasNoPrice(Stipend stipend) {
    String body =
        """
        {"name":"B","limitAmount":100,"period":"total","startsAt":"%s","scope":"workspace",
        "alertAt":[80]}
        """
            .formatted(START.minus(Duration.ofMinutes(67)));
    assertThat(stipend.api("POST", "/api/budgets", body).status()).isEqualTo(201);
    stipend.clock.set(START.plus(Duration.ofHours(3)));
    stipend.record(
        """
        {"eventId":"free","occurredAt":"%s","model":"nobody-knows","inputTokens":5}
        """
            .formatted(START.plus(Duration.ofMinutes(20))));
    stipend.record(Usage.costing("e", START.plus(Duration.ofMinutes(100)), "90"));

    Map<?, ?> message = message(stipend);
    assertThat(part(message, "spend").get("unpriced")).hasToString("1");
    assertThat(points(message).getLast()).containsEntry("spend", "90.00");
  }

  private static Map<?, ?> message(Stipend stipend) {
    return (Map<?, ?>) Objects.requireNonNull(ExactJson.parse(stipend.database.value(PAYLOAD)));
  }

  private static Map<String, Object> part(Map<?, ?> of, String name) {
    return Json.copy((Map<?, ?>) Objects.requireNonNull(of.get(name)));
  }

  private static List<Map<String, Object>> points(Map<?, ?> message) {
    return ((List<?>) Objects.requireNonNull(message.get("burnDown")))
        .stream().map(point -> Json.copy((Map<?, ?>) point)).toList();
  }

  private static String create(Stipend stipend, String scope, String scopeId) {
    String body =
        """
        {"name":"B","limitAmount":110,"period":"daily","scope":"%s"%s,"alertAt":[80]}\
        """
            .formatted(scope, scope.equals("workspace") ? "" : ",\"scopeId\":\"" + scopeId + "\"");
    Answer created = stipend.api("POST", "/api/budgets", body);
    assertThat(created.status()).as(created.body()).isEqualTo(201);
    return created.text("id");
  }

  private static String subject(String scope, String scopeId) {
    return scopeId.endsWith("*") ? "?subject=" + (scope.equals("agent") ? "a1" : "project=a") : "";
  }

  /// Four weeks in which the evenings cost far more than the mornings.
  private static void recordWeeks(Stipend stipend) {
    Instant first = START.minus(Duration.ofDays(28));
    for (int day = 0; day < 28; day++) {
      Instant at = first.plus(Duration.ofDays(day));
      stipend.record(
          tagged("m" + day, at.plus(Duration.ofHours(1)), "1"),
          tagged("e" + day, at.plus(Duration.ofHours(7)), "40"));
    }
  }

  private static String tagged(String id, Instant at, String cost) {
    return Usage.costing(id, at, cost).replace("}", ",\"tags\":{\"project\":\"a\"}}");
  }
}
