package dev.stipend.scenario.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.Usage;
import dev.stipend.support.http.Requests.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Usage of models without a price: counted, told, listed, and priced when the price arrives.
@ExtendWith(StipendExtension.class)
class LatePricesTest {
  private static final Instant START = SettableClock.START;
  private static final String SPEND =
      "SELECT spend, requests, unpriced FROM stipend.budget_periods";

  @Test
  void unpricedUsageIsAnAlertOfItsOwnOnceForEachBudget(Stipend stipend) {
    stipend.api("POST", "/api/budgets", Usage.monthlyBudget("100"));
    stipend.record(tokens("e1", "new-model", 1000));
    stipend.record(tokens("e2", "new-model", 1000));
    assertThat(stipend.database.rows("SELECT type, severity, state FROM stipend.alert_logs"))
        .containsExactly("UNPRICED_USAGE|warning|open");
    assertThat(stipend.database.value("SELECT count(*) FROM stipend.alert_deliveries"))
        .isEqualTo("2");
  }

  @Test
  void unpricedUsageIsListedByModel(Stipend stipend) {
    stipend.record(tokens("e1", "new-model", 1000), tokens("e2", "new-model", 500));
    stipend.record(tokens("e3", "other-model", 7));
    assertThat(stipend.api("GET", "/api/usage/unpriced", "").body())
        .isEqualTo(
            """
            {"models":[\
            {"provider":"acme","model":"new-model","events":2,"inputTokens":1500,"outputTokens":0,\
            "firstAt":"%s","lastAt":"%s"},\
            {"provider":"acme","model":"other-model","events":1,"inputTokens":7,"outputTokens":0,\
            "firstAt":"%s","lastAt":"%s"}]}\
            """
                .formatted(START, START, START, START));
  }

  @Test
  void aPriceThatArrivesAdjustsEachEventExactlyOnce(Stipend stipend) {
    stipend.api("POST", "/api/budgets", Usage.monthlyBudget("100"));
    stipend.record(tokens("e1", "new-model", 1_000_001), tokens("e2", "new-model", 3));
    price(stipend, "new-model", "2.5", "2000-01-01T00:00:00Z");
    assertThat(stipend.maintain("maintain")).containsEntry("eventsPriced", 2);
    assertThat(stipend.database.rows(SPEND)).containsExactly("2.500010000000|2|0");
    assertThat(
            stipend.database.rows(
                "SELECT event_id, corrects, kind, cost, unpriced FROM stipend.usage_logs WHERE kind"
                    + " = 'adjustment' ORDER BY event_id"))
        .containsExactly(
            "stipend:price:e1|e1|adjustment|2.500002500000|-1",
            "stipend:price:e2|e2|adjustment|0.000007500000|-1");
    assertThat(stipend.maintain("maintain"))
        .containsEntry("eventsPriced", 0)
        .containsEntry("costTrackingDifferences", 0)
        .containsEntry("budgetPeriodDifferences", 0);
    assertThat(stipend.database.rows("SELECT type, state FROM stipend.alert_logs"))
        .containsExactly("UNPRICED_USAGE|resolved");
    assertThat(stipend.record(tokens("e1", "new-model", 1_000_001))).as("a duplicate").isEmpty();
    assertThat(stipend.database.rows(SPEND)).containsExactly("2.500010000000|2|0");
  }

  @Test
  void theFirstPriceOfAModelHoldsFromTheFirstEventThatWaits(Stipend stipend) {
    stipend.api("POST", "/api/budgets", Usage.monthlyBudget("100"));
    Instant before = START.minus(Duration.ofDays(2));
    stipend.record(
        tokens("e1", "new-model", 1_000_000).replace(START.toString(), before.toString()),
        tokens("e2", "new-model", 1_000_000));
    Answer first =
        stipend.api(
            "POST",
            "/api/prices",
            """
            {"provider":"acme","model":"new-model","perMillion":{"input":3,"output":0}}\
            """);
    assertThat(first.status()).isEqualTo(201);
    assertThat(first.text("pricesEvents")).isEqualTo("2");
    assertThat(first.text("effectiveFrom")).isEqualTo(before.toString());
    assertThat(stipend.database.rows(SPEND)).containsExactly("6.000000000000|2|0");
    assertThat(stipend.database.rows("SELECT type, state FROM stipend.alert_logs"))
        .containsExactly("UNPRICED_USAGE|resolved");

    stipend.clock.tick(Duration.ofHours(1));
    Answer change =
        stipend.api(
            "POST",
            "/api/prices",
            """
            {"provider":"acme","model":"new-model","perMillion":{"input":4,"output":0}}\
            """);
    assertThat(change.text("effectiveFrom")).isEqualTo(stipend.clock.instant().toString());
    assertThat(change.text("pricesEvents")).isEqualTo("0");
  }

  @Test
  void nothingIsReadOfWaitingEventsThatHaveNoPrice(Stipend stipend) {
    stipend.record(tokens("e1", "new-model", 1));
    assertThat(stipend.maintain("maintain")).containsEntry("eventsPriced", 0);
    assertThat(
            stipend.database.value(
                "SELECT count(*) FROM stipend.unpriced_events WHERE CAST(CAST(xmax AS text) AS"
                    + " bigint) <> 0"))
        .as("events that somebody has locked")
        .isEqualTo("0");
  }

  @Test
  void eventsWithoutAModelCountAtTheCeilingAndAreGivenTheirModelOnce(Stipend stipend) {
    stipend.api("POST", "/api/budgets", Usage.monthlyBudget("100"));
    set(stipend, "*", "*", "20");
    String modelless = tokens("e1", "new-model", 1_000_000).replace(",\"model\":\"new-model\"", "");
    stipend.record(modelless, modelless.replace("e1", "e2"));
    assertThat(stipend.database.rows(SPEND)).containsExactly("40.000000000000|2|2");

    String body =
        """
        {"provider":"acme","model":"","toModel":"new-model"}\
        """;
    Answer unknown = stipend.api("POST", "/api/usage/unpriced/assign", body);
    assertThat(unknown.status()).isEqualTo(400);
    assertThat(unknown.body()).contains("toModel", "has no price at the times of these 2 events");
    price(stipend, "new-model", "3", "2000-01-01T00:00:00Z");
    Answer assigned = stipend.api("POST", "/api/usage/unpriced/assign", body);
    assertThat(assigned.body()).isEqualTo("{\"assigned\":2,\"cost\":\"6.00\",\"remaining\":0}");
    assertThat(stipend.database.rows(SPEND)).containsExactly("6.000000000000|2|0");
    assertThat(
            stipend.database.rows(
                "SELECT model, sum(cost), sum(unpriced) FROM stipend.cost_tracking GROUP BY model"
                    + " ORDER BY model"))
        .containsExactly("|0.000000000000|0", "new-model|6.000000000000|0");
    assertThat(stipend.database.rows("SELECT type, state FROM stipend.alert_logs"))
        .contains("UNPRICED_USAGE|resolved");
    assertThat(stipend.api("GET", "/api/audit?action=usage.assign", "").items()).hasSize(1);

    assertThat(stipend.api("POST", "/api/usage/unpriced/assign", body).body())
        .isEqualTo("{\"assigned\":0,\"cost\":\"0.00\",\"remaining\":0}");
    assertThat(stipend.maintain("reconcile"))
        .containsEntry("costTrackingDifferences", 0)
        .containsEntry("budgetPeriodDifferences", 0);
  }

  @Test
  void aCeilingCountsMeanwhileAndTheRealPriceReplacesIt(Stipend stipend) {
    stipend.api("POST", "/api/budgets", Usage.monthlyBudget("100"));
    set(stipend, "*", "*", "20");
    stipend.clock.tick(Duration.ofSeconds(1));
    stipend.record(
        tokens("e1", "new-model", 1_000_000)
            .replace(START.toString(), stipend.clock.instant().toString()));
    assertThat(stipend.database.rows(SPEND)).containsExactly("20.000000000000|1|1");
    stipend.clock.tick(Duration.ofSeconds(1));
    stipend.api(
        "POST",
        "/api/prices",
        """
        {"provider":"acme","model":"new-model","effectiveFrom":"2000-01-01T00:00:00Z","perMillion":{"input":3,"output":0}}\
        """);
    assertThat(stipend.database.rows(SPEND)).containsExactly("3.000000000000|1|0");
    assertThat(
            stipend.database.rows(
                "SELECT cost, unpriced FROM stipend.usage_logs ORDER BY recorded_at, event_id"))
        .containsExactly("20.000000000000|1", "-17.000000000000|-1");
  }

  @Test
  void aPriceCountsFromTheInstantItIsInForce(Stipend stipend) {
    stipend.api("POST", "/api/budgets", Usage.monthlyBudget("100"));
    Instant before = START.minus(Duration.ofHours(2));
    stipend.record(
        tokens("old", "new-model", 1_000_000).replace(START.toString(), before.toString()),
        tokens("new", "new-model", 1_000_000));
    price(stipend, "new-model", "3", START.minus(Duration.ofHours(1)).toString());
    assertThat(stipend.maintain("maintain")).containsEntry("eventsPriced", 1);
    assertThat(stipend.database.rows(SPEND)).containsExactly("3.000000000000|2|1");
  }

  @Test
  void lateEventsOfALatePriceCanCrossALine(Stipend stipend) {
    stipend.api("POST", "/api/budgets", Usage.monthlyBudget("10"));
    stipend.record(tokens("e1", "new-model", 1_000_000));
    price(stipend, "new-model", "9", "2000-01-01T00:00:00Z");
    stipend.maintain("maintain");
    assertThat(
            stipend.database.rows(
                "SELECT type, state FROM stipend.alert_logs ORDER BY raised_at, type"))
        .containsExactlyInAnyOrder("UNPRICED_USAGE|resolved", "LIMIT_WARNING|open");
  }

  @Test
  void moreThanOneTransactionOfEventsIsPriced(Stipend stipend) {
    stipend.api("POST", "/api/budgets", Usage.monthlyBudget("100"));
    List<String> bodies = new ArrayList<>();
    for (int i = 0; i < 2_100; i++) {
      bodies.add(tokens("e" + i, "new-model", 100));
    }
    stipend.record("[" + String.join(",", bodies) + "]");
    price(stipend, "new-model", "1", "2000-01-01T00:00:00Z");
    assertThat(stipend.maintain("maintain")).containsEntry("eventsPriced", 2_100);
    assertThat(stipend.database.rows(SPEND)).containsExactly("0.210000000000|2100|0");
  }

  @Test
  void nobodyElseMayUseTheIdsOfSuchAdjustments(Stipend stipend) {
    assertThat(stipend.record(tokens("stipend:price:e1", "new-model", 1))).containsExactly(0);
    assertThat(stipend.database.value("SELECT count(*) FROM stipend.usage_logs")).isEqualTo("0");
  }

  @Test
  void theRarerKindsOfTokensAreInTheLedger(Stipend stipend) {
    stipend.record(
        tokens("e1", "new-model", 100)
            .replace(
                "}",
                ",\"cachedInputTokens\":10,\"cacheWriteTokens\":20,\"audioInputTokens\":30,"
                    + "\"outputTokens\":50,\"reasoningTokens\":40,\"audioOutputTokens\":5}"));
    assertThat(
            stipend.database.rows(
                "SELECT input_tokens, cached_input_tokens, cache_write_tokens, audio_input_tokens,"
                    + " output_tokens, reasoning_tokens, audio_output_tokens FROM"
                    + " stipend.usage_logs"))
        .containsExactly("100|10|20|30|50|40|5");
  }

  private static String tokens(String id, String model, long input) {
    return """
    {"eventId":"%s","occurredAt":"%s","userId":"u1","provider":"acme","model":"%s","inputTokens":%d}\
    """
        .formatted(id, START, model, input);
  }

  private static void set(Stipend stipend, String provider, String model, String input) {
    assertThat(
            stipend
                .api(
                    "POST",
                    "/api/prices",
                    """
                    {"provider":"%s","model":"%s","perMillion":{"input":%s,"output":0}}\
                    """
                        .formatted(provider, model, input))
                .status())
        .isEqualTo(201);
  }

  private static void price(Stipend stipend, String model, String input, String from) {
    stipend.database.execute(
        """
        INSERT INTO stipend.model_prices (
          workspace_id, provider, model, effective_from, input_per_million, output_per_million, currency, quoted_on)
        VALUES ((SELECT id FROM stipend.workspaces), 'acme', '%s', '%s', %s, 0, 'USD', '2026-01-01')
        """
            .formatted(model, from, input));
  }
}
