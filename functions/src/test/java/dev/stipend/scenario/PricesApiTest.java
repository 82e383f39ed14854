package dev.stipend.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.Requests.Answer;
import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Prices as the API shows and takes them, and what usage costs by them.
@ExtendWith(StipendExtension.class)
class PricesApiTest {
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
  void theListIsPagedFilteredAndShownAsItStoodAtAnInstant(Stipend stipend) {
    List<Object> all = new ArrayList<>();
    String cursor = "";
    do {
      Answer page = stipend.api("GET", "/api/prices?limit=100" + cursor, "");
      assertThat(page.status()).as(page.body()).isEqualTo(200);
      all.addAll(page.items());
      Object next = page.json().get("nextCursor");
      cursor = next == null ? "" : "&cursor=" + next;
    } while (!cursor.isEmpty());
    assertThat(all).hasSizeGreaterThan(200).doesNotHaveDuplicates();
    assertThat(all)
        .hasSize(
            Integer.parseInt(stipend.database.value("SELECT count(*) FROM stipend.model_prices")));

    assertThat(models(stipend, "provider=openai&model=o3")).containsExactly("o3 10", "o3 2");
    assertThat(models(stipend, "provider=openai&model=o3&at=2025-06-09T00:00:00Z"))
        .containsExactly("o3 10");
    assertThat(models(stipend, "provider=openai&model=o3&at=2025-06-10T00:00:00Z"))
        .containsExactly("o3 2");
    assertThat(models(stipend, "provider=gcp.gemini&model=Gemini-2.5-Pro"))
        .containsExactly("gemini-2.5-pro 1.25");
    assertThat(models(stipend, "provider=openai&model=gpt-5.6")).containsExactly("gpt-5.6-sol 5");
    assertThat(models(stipend, "book=workspace")).isEmpty();
  }

  @Test
  void anOwnPriceIsSetOnceAndNeverChanged(Stipend stipend) {
    String own = own("openai", "gpt-4o", "1.5", "6");
    Answer created = stipend.api("POST", "/api/prices", own);
    assertThat(created.status()).as(created.body()).isEqualTo(201);
    assertThat(created.body())
        .contains("\"input\":\"1.5\"", "\"output\":\"6\"", "\"book\":\"workspace\"");
    stipend.clock.tick(Duration.ofHours(1));
    assertThat(stipend.api("POST", "/api/prices", own).status())
        .as("the same again")
        .isEqualTo(200);
    assertThat(models(stipend, "book=workspace")).containsExactly("gpt-4o 1.5");

    String later = own("openai", "gpt-4o", "1", "4");
    assertThat(stipend.api("POST", "/api/prices", later).status()).isEqualTo(201);
    Answer conflict = stipend.api("POST", "/api/prices", own("openai", "gpt-4o", "9", "9"));
    assertThat(conflict.status()).isEqualTo(409);
    assertThat(conflict.text("detail"))
        .isEqualTo(
            "openai/gpt-4o has another price from exactly that instant, which stays; choose another"
                + " effectiveFrom");
    assertThat(models(stipend, "book=workspace")).containsExactly("gpt-4o 1.5", "gpt-4o 1");
    assertThat(models(stipend, "provider=openai&model=gpt-4o&at=2026-06-15T12:30:00Z"))
        .containsExactly("gpt-4o 1.5");
    assertThat(models(stipend, "provider=openai&model=gpt-4o&at=2026-06-15T11:00:00Z"))
        .containsExactly("gpt-4o 2.5");
  }

  @Test
  void usageCostsTheWorkspacesOwnPriceFromItsInstantOn(Stipend stipend) {
    stipend.api("POST", "/api/prices", own("azure", "gpt-4o", "1", "1"));
    stipend.record(
        million("before", "azure", "gpt-4o-2024-08-06", SettableClock.START.minusSeconds(1)),
        million("after", "azure.ai.openai", "GPT-4o-2024-08-06", SettableClock.START),
        million("elsewhere", "openai", "gpt-4o", SettableClock.START));
    assertThat(costs(stipend))
        .containsExactly(
            "after|1.000000000000", "before|2.500000000000", "elsewhere|2.500000000000");
  }

  @Test
  void anOwnPriceGoesBeforeTheListsUnderAnyNameThatTheListHasForTheModel(Stipend stipend) {
    stipend.api("POST", "/api/prices", own("anthropic", "claude-3-5-sonnet", "1", "1"));
    stipend.record(
        million("dated", "anthropic", "claude-3-5-sonnet-20241022", SettableClock.START),
        million(
            "bedrock",
            "bedrock",
            "us.anthropic.claude-3-5-sonnet-20241022-v2:0",
            SettableClock.START));
    assertThat(costs(stipend)).containsExactly("bedrock|1.000000000000", "dated|1.000000000000");
  }

  @Test
  void theCeilingIsNoModelsPrice(Stipend stipend) {
    assertThat(stipend.api("POST", "/api/prices", own("*", "*", "20", "80")).status())
        .isEqualTo(201);
    stipend.record(million("unknown", "acme", "model-of-nobody", SettableClock.START));
    assertThat(stipend.database.rows("SELECT unpriced FROM stipend.usage_logs"))
        .containsExactly("1");
    assertThat(stipend.api("POST", "/api/prices", own("*", "gpt-4o", "20", "80")).body())
        .contains("must be * if and only if provider is");
  }

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
            "acme/audio has another price from exactly that instant, which stays; choose another"
                + " effectiveFrom");
    assertThat(remarks(first, "notes"))
        .containsExactlyInAnyOrder(
            "databricks/dbrx input has more than six decimals and is rounded up",
            "gpt-4o costs more for long requests, which is not taken: they count at the base"
                + " price");
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
            "m3 perMillion.input is wrong: a price per million is from 0 to below 1000000 and has"
                + " at most six decimals",
            "m4 perMillion.thinking is not a known field",
            "prices[5] A JSON object is expected.",
            "acme/m1 has another price from exactly that instant, which stays; choose another"
                + " effectiveFrom");
    stipend.record(
        million("e1", "acme", "m-one", SettableClock.START),
        million("e2", "Acme", "acme/m1", SettableClock.START),
        million("e3", "acme", "m2", SettableClock.START));
    assertThat(costs(stipend)).containsExactly("e1|1.000000000000", "e2|1.000000000000", "e3|null");
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"model\":\"m\"}|provider|is required",
        "{\"provider\":\"p\",\"model\":\"m\"}|perMillion|is required",
        "{\"provider\":\"p\",\"model\":\"m\",\"perMillion\":{\"input\":1}}|perMillion.output|is"
            + " required",
        "{\"provider\":\"p\",\"model\":\"m\",\"perMillion\":{\"input\":-1,\"output\":1}}|perMillion.input|from"
            + " 0 to below",
        "{\"provider\":\"p\",\"model\":\"m\",\"effectiveFrom\":\"2300-01-01T00:00:00Z\"}|effectiveFrom|2000"
            + " to 2199",
        "{\"provider\":\"p\",\"model\":\"m\",\"quotedOn\":\"yesterday\"}|quotedOn|must be a day",
        "{\"provider\":\"p\",\"model\":\"m\",\"aliases\":[7]}|aliases[0]|must be a text"
      })
  void aWrongPriceIsRefusedWithTheFieldNamed(
      String body, String field, String message, Stipend stipend) {
    Answer answer = stipend.api("POST", "/api/prices", body);
    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    List<?> errors = (List<?>) Objects.requireNonNull(answer.json().get("errors"));
    assertThat(errors)
        .anySatisfy(
            error -> {
              Map<?, ?> fields = (Map<?, ?>) error;
              assertThat(fields.get("field")).isEqualTo(field);
              assertThat(String.valueOf(fields.get("message"))).contains(message);
            });
  }

  @ParameterizedTest
  @CsvSource({
    "limit=0, limit",
    "limit=201, limit",
    "cursor=x, cursor",
    "at=yesterday, at",
    "book=mine, book"
  })
  void aWrongQueryIsRefusedWithItsNameNamed(String query, String name, Stipend stipend) {
    Answer answer = stipend.api("GET", "/api/prices?" + query, "");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains("\"field\":\"" + name + "\"");
  }

  private static String own(String provider, String model, String input, String output) {
    return """
    {"provider":"%s","model":"%s","perMillion":{"input":%s,"output":"%s"}}\
    """
        .formatted(provider, model, input, output);
  }

  private static String million(String id, String provider, String model, Instant at) {
    return """
    {"eventId":"%s","occurredAt":"%s","provider":"%s","model":"%s","inputTokens":1000000}\
    """
        .formatted(id, at, provider, model);
  }

  private static List<String> costs(Stipend stipend) {
    return stipend.database.rows(
        "SELECT event_id, CASE WHEN unpriced = 0 THEN cost END FROM stipend.usage_logs ORDER BY"
            + " event_id");
  }

  private static List<String> models(Stipend stipend, String query) {
    return stipend.api("GET", "/api/prices?" + query, "").items().stream()
        .map(item -> (Map<?, ?>) Objects.requireNonNull(item))
        .map(item -> item.get("model") + " " + input(item))
        .toList();
  }

  private static Object input(Map<?, ?> item) {
    Map<?, ?> prices = (Map<?, ?>) Objects.requireNonNull(item.get("perMillion"));
    return Objects.requireNonNull(prices.get("input"));
  }

  private static List<String> remarks(Answer answer, String field) {
    return ((List<?>) Objects.requireNonNull(answer.json().get(field)))
        .stream()
            .map(remark -> (Map<?, ?>) Objects.requireNonNull(remark))
            .map(remark -> remark.get("name") + " " + remark.get("text"))
            .toList();
  }
}
