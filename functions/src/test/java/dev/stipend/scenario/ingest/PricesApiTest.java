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
            "openai/gpt-4o already has a different price from exactly that instant, which stays;"
                + " choose another effectiveFrom");
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
        "{\"provider\":\"p\",\"model\":\"m\",\"aliases\":[7]}|aliases[0]|must be a string"
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
}
