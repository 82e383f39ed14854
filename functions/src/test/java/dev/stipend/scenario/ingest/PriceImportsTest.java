package dev.stipend.scenario.ingest;

import static dev.stipend.scenario.ingest.ListedPrices.costs;
import static dev.stipend.scenario.ingest.ListedPrices.million;
import static dev.stipend.scenario.ingest.ListedPrices.models;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.http.Requests.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Imports of price lists over the API.
@ExtendWith(StipendExtension.class)
class PriceImportsTest {
  private static final String LITELLM =
      """
      {"sample_spec":{"litellm_provider":"one of many","input_cost_per_token":0.0,"output_cost_per_token":0.0},
       "gpt-4o":{"litellm_provider":"openai","mode":"chat","input_cost_per_token":2e-06,"output_cost_per_token":8e-06,
         "cache_read_input_token_cost":1e-06,"input_cost_per_token_above_200k_tokens":4e-06},
       "azure/gpt-4o":{"litellm_provider":"azure","mode":"chat","input_cost_per_token":3e-06,"output_cost_per_token":9e-06},
       "databricks/dbrx":{"litellm_provider":"databricks","input_cost_per_token":2.9999900000000002e-06,
         "output_cost_per_token":1.5e-05},
       "acme/audio":{"litellm_provider":"acme","mode":"chat","input_cost_per_token":1e-06,"output_cost_per_token":2e-06,
         "input_cost_per_audio_token":4e-05,"output_cost_per_audio_token":8e-05,"output_cost_per_reasoning_token":3e-06,
         "cache_creation_input_token_cost":0},
       "acme/AUDIO":{"litellm_provider":"acme","mode":"chat","input_cost_per_token":9e-06,"output_cost_per_token":9e-06},
       "acme/embed":{"litellm_provider":"acme","mode":"embedding","input_cost_per_token":1e-07},
       "acme/free":{"litellm_provider":"acme","mode":"chat","input_cost_per_token":0,"output_cost_per_token":0},
       "acme/image":{"litellm_provider":"acme","mode":"image_generation","output_cost_per_image":0.04},
       "acme/text":{"litellm_provider":"acme","mode":"chat","input_cost_per_token":"2e-06","output_cost_per_token":1}}
      """;

  @Test
  void anImportOfLiteLlmsFileSaysWhatBecameOfEveryEntry(Stipend stipend) {
    Answer first = stipend.api("POST", "/api/prices/import", LITELLM);
    assertThat(first.status()).as(first.body()).isEqualTo(200);
    assertThat(first.json().get("imported")).hasToString("5");
    assertThat(remarks(first, "skipped"))
        .containsExactlyInAnyOrder(
            "acme/free has no price of its tokens",
            "acme/image has no price of its tokens",
            "acme/text input_cost_per_token must be a number",
            "acme/audio already has a different price from exactly that instant, which stays;"
                + " choose another effectiveFrom");
    assertThat(remarks(first, "notes"))
        .containsExactlyInAnyOrder(
            "databricks/dbrx input_cost_per_token has more than six decimals and is rounded up");
    assertThat(models(stipend, "book=workspace"))
        .containsExactly("audio 1", "embed 0.1", "gpt-4o 3", "dbrx 2.999991", "gpt-4o 2");
    Map<?, ?> audio =
        (Map<?, ?>) stipend.api("GET", "/api/prices?provider=acme&model=audio", "").items().get(0);
    assertThat(audio.get("perMillion"))
        .isEqualTo(
            Map.of(
                "input",
                "1",
                "audioInput",
                "40",
                "output",
                "2",
                "reasoning",
                "3",
                "audioOutput",
                "80"));

    stipend.clock.tick(Duration.ofDays(1));
    Answer again = stipend.api("POST", "/api/prices/import", LITELLM);
    assertThat(again.json().get("imported")).hasToString("0");
    assertThat(again.json().get("unchanged")).hasToString("5");
    assertThat(models(stipend, "book=workspace")).hasSize(5);
  }

  @Test
  void anImportOfTheListsOwnFormHoldsFromTheInstantThatIsGiven(Stipend stipend) {
    String file =
        """
        {"currency":"USD","prices":[
          {"provider":"acme","model":"M1","aliases":["m-one"],"perMillion":{"input":1,"output":"2.5"}},
          {"provider":"acme","model":"m2","effectiveFrom":"2026-07-01T00:00:00Z","perMillion":{"input":3,"output":4}},
          {"provider":"acme","model":"m3","perMillion":{"input":0.0000001,"output":4}},
          {"provider":"acme","model":"m4","perMillion":{"input":1,"output":4,"thinking":2}},
          {"provider":"acme","model":"m1","perMillion":{"input":7,"output":7}},
          7]}
        """;
    Answer answer =
        stipend.api("POST", "/api/prices/import?effectiveFrom=2026-01-01T00:00:00Z", file);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.json().get("imported")).hasToString("2");
    assertThat(remarks(answer, "skipped"))
        .containsExactlyInAnyOrder(
            "m3 perMillion.input is invalid: a price per million is from 0 to below 1000000 and has"
                + " at most six decimals",
            "m4 perMillion.thinking is not a known field",
            "prices[5] A JSON object is expected.",
            "acme/m1 already has a different price from exactly that instant, which stays; choose"
                + " another effectiveFrom");
    stipend.record(
        million("e1", "acme", "m-one", SettableClock.START),
        million("e2", "Acme", "acme/m1", SettableClock.START),
        million("e3", "acme", "m2", SettableClock.START));
    assertThat(costs(stipend)).containsExactly("e1|1.000000000000", "e2|1.000000000000", "e3|null");
  }

  @Test
  void ofManyEntriesWithSomethingToSayTheFirstTwentyAreToldAndAllAreCounted(Stipend stipend) {
    String good =
        """
        {"provider":"acme","model":"m1","perMillion":{"input":1,"output":2}}
        """;
    Answer own =
        stipend.api(
            "POST", "/api/prices/import", "{\"prices\":[" + "7,".repeat(100_000) + good + "]}");
    assertThat(own.status()).as(own.body()).isEqualTo(200);
    assertThat(own.text("imported")).isEqualTo("1");
    assertThat(own.text("skippedCount")).isEqualTo("100000");
    assertThat(remarks(own, "skipped"))
        .hasSize(20)
        .startsWith("prices[0] A JSON object is expected.")
        .endsWith("prices[19] A JSON object is expected.");
    assertThat(own.body()).hasSizeLessThan(2_000);

    String fine =
        IntStream.range(0, 500)
            .mapToObj(
                n ->
                    """
                    "acme/fine-%d":{"litellm_provider":"acme","input_cost_per_token":1.0000001e-06,
                      "output_cost_per_token":1e-06}
                    """
                        .formatted(n))
            .collect(Collectors.joining(",", "{", "}"));
    Answer rounded = stipend.api("POST", "/api/prices/import", fine);
    assertThat(rounded.text("imported")).isEqualTo("500");
    assertThat(rounded.text("notesCount")).isEqualTo("500");
    assertThat(remarks(rounded, "notes")).hasSize(20);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[]|prices must be a list",
        "{}|prices must be a list",
        "{\"prices\":7}|prices must be a list",
        "{\"currency\":\"EUR\",\"prices\":[]}|of the file is EUR; the workspace counts in USD",
        "{\"prices\":[],\"colour\":1}|colour is not a known field",
        "nonsense|The body is not JSON"
      })
  void aFileOfNoKnownFormIsRefused(String body, String reason, Stipend stipend) {
    Answer answer = stipend.api("POST", "/api/prices/import", body);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text("detail")).contains(reason);
  }

  private static List<String> remarks(Answer answer, String field) {
    return ((List<?>) Objects.requireNonNull(answer.json().get(field)))
        .stream()
            .map(remark -> (Map<?, ?>) Objects.requireNonNull(remark))
            .map(remark -> remark.get("name") + " " + remark.get("text"))
            .toList();
  }
}
