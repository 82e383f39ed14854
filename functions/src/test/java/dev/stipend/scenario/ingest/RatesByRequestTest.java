package dev.stipend.scenario.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.http.Requests.Answer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a request costs, by its length, its tier and the rarer kinds of its tokens.
@ExtendWith(StipendExtension.class)
class RatesByRequestTest {
  private static final String OWN =
      """
      {"provider":"acme","model":"long-1","effectiveFrom":"2026-01-01T00:00:00Z","perMillion":{"input":"1","cacheWrite":"1.25","cacheWrite1h":"2",
        "imageInput":"3","output":"5"},
       "rates":[{"inputAbove":1000,"perMillion":{"input":"2","output":"7.5"}},
         {"serviceTier":"Batches","perMillion":{"input":"0.5","output":"2.5"}},
         {"serviceTier":"priority","inputAbove":1000,"perMillion":{"input":"9"}}]}
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "google | gemini-2.5-pro | `inputTokens`:250000,`outputTokens`:1000 | 0.64",
        "google | gemini-2.5-pro | `inputTokens`:200000,`outputTokens`:1000 | 0.26",
        "google | gemini-2.5-pro | `inputTokens`:200000,`outputTokens`:1000,`serviceTier`:`batch` |"
            + " 0.13",
        "anthropic | claude-haiku-4-5 | `inputTokens`:5427,`cacheWriteTokens`:5424,"
            + "`cacheWrite1hTokens`:5424,`outputTokens`:30 | 0.011001",
        "anthropic | claude-sonnet-4-5 | `inputTokens`:9000,`cachedInputTokens`:8000,"
            + "`cacheWriteTokens`:900,`outputTokens`:50 | 0.006825",
        "anthropic | claude-sonnet-4-5 | `inputTokens`:9000,`cachedInputTokens`:8000,"
            + "`cacheWriteTokens`:900,`outputTokens`:50,`serviceTier`:`batch` | 0.0034125",
        "openai | gpt-realtime | `inputTokens`:1000,`cachedInputTokens`:600,`audioInputTokens`:800,"
            + "`cachedAudioInputTokens`:500 | 0.01024",
        "openai | gpt-5.5 | `inputTokens`:300000,`outputTokens`:1000,`serviceTier`:`flex` | 1.5225",
        "openai | gpt-5.5 | `inputTokens`:1000,`outputTokens`:1000,`serviceTier`:`priority` |"
            + " 0.0875"
      })
  void theListHasTheRatesOfProviders(
      String provider, String model, String tokens, String cost, Stipend stipend) {
    assertThat(stipend.record(event("e1", provider, model, tokens))).isEmpty();
    assertThat(stipend.database.value("SELECT trim_scale(cost) FROM stipend.usage_logs"))
        .isEqualTo(cost);
    assertThat(stipend.record(event("e1", provider, model, tokens))).as("again").isEmpty();
    assertThat(stipend.database.rows("SELECT event_id FROM stipend.usage_logs")).hasSize(1);
  }

  @Test
  void anOwnPriceSaysItsRatesAndIsShownAsItWasSet(Stipend stipend) {
    Answer set = stipend.api("POST", "/api/prices", OWN);
    assertThat(set.status()).as(set.body()).isEqualTo(201);
    Map<?, ?> shown =
        (Map<?, ?>) stipend.api("GET", "/api/prices?provider=acme", "").items().getFirst();
    assertThat(shown.get("perMillion"))
        .isEqualTo(
            Map.of(
                "input",
                "1",
                "cacheWrite",
                "1.25",
                "cacheWrite1h",
                "2",
                "imageInput",
                "3",
                "output",
                "5"));
    assertThat((List<?>) shown.get("rates")).hasSize(3);
    stipend.record(
        event("e1", "acme", "long-1", "`inputTokens`:1001,`outputTokens`:1"),
        event("e2", "acme", "long-1", "`inputTokens`:1000,`serviceTier`:`batch`"),
        event("e3", "acme", "long-1", "`inputTokens`:2000,`serviceTier`:`priority`"),
        event("e4", "acme", "long-1", "`inputTokens`:1000,`imageInputTokens`:400"));
    assertThat(
            stipend.database.rows(
                "SELECT trim_scale(cost) FROM stipend.usage_logs ORDER BY event_id"))
        .containsExactly("0.0020095", "0.0005", "0.018", "0.0018");
    assertThat(stipend.api("POST", "/api/prices", OWN).status())
        .as("the same again")
        .isEqualTo(200);
  }

  @Test
  void ratesThatAreWrongAreNamed(Stipend stipend) {
    Answer refused =
        stipend.api(
            "POST",
            "/api/prices",
            """
            {"provider":"acme","model":"m","perMillion":{"input":"1","output":"5"},
             "rates":[{"perMillion":{"input":"1"}},{"inputAbove":0,"perMillion":{"input":"1"}},
               {"serviceTier":"batch"},{"serviceTier":"flex","perMillion":{"inputs":"1"}}]}
            """);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body())
        .contains("rates[0].serviceTier")
        .contains("rates[1].inputAbove")
        .contains("rates[2].perMillion")
        .contains("rates[3].perMillion.inputs");
  }

  @Test
  void whatIsAssumedIsNotedWithTheEvent(Stipend stipend) {
    stipend.record(
        event(
            "e1",
            "openai",
            "gpt-realtime",
            "`inputTokens`:1000,`cachedInputTokens`:600,`audioInputTokens`:800"),
        event("e2", "openai", "gpt-5.5", "`inputTokens`:1000,`serviceTier`:`auto`"));
    assertThat(
            stipend.database.rows(
                "SELECT trim_scale(cost), details -> 'assumed' FROM stipend.usage_logs ORDER BY"
                    + " event_id"))
        .containsExactly("0.01304|[\"cachedAudioInputTokens\"]", "0.0125|[\"serviceTier\"]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "`inputTokens`:250000,`maxOutputTokens`:1000 | 0.64",
        "`inputTokens`:1000,`maxOutputTokens`:1000 | 0.01125",
        "`inputTokens`:1000,`maxOutputTokens`:1000,`serviceTier`:`priority` | 0.02025"
      })
  void aReservationHoldsWhatTheRequestMayCost(String work, String amount, Stipend stipend) {
    Answer reserved =
        stipend.api(
            "POST",
            "/api/reservations",
            "{\"provider\":\"google\",\"model\":\"gemini-2.5-pro\","
                + work.replace('`', '"')
                + "}");
    assertThat(reserved.status()).as(reserved.body()).isEqualTo(201);
    assertThat(reserved.json().get("amount")).hasToString(amount);
  }

  private static String event(String id, String provider, String model, String tokens) {
    return """
    {"eventId":"%s","occurredAt":"2026-06-15T11:59:30Z","provider":"%s","model":"%s",%s}
    """
        .formatted(id, provider, model, tokens.replace('`', '"'));
  }
}
