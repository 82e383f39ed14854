package dev.stipend.ingest.price;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.ingest.price.list.PriceListFile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which model of the list a name means, whoever wrote it.
final class ModelNamesTest {
  private static final Instant NOW = Instant.parse("2026-10-01T00:00:00Z");
  private static final ModelNames NAMES = new ModelNames(Providers.read());
  private static final PriceBook LIST = new PriceBook(NAMES, PriceListFile.prices());

  @ParameterizedTest(name = "{0} | {1} is {2}")
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = true,
      value = {
        // Dated snapshots, letters of any case.
        "openai | gpt-4o | openai gpt-4o",
        "openai | GPT-4o | openai gpt-4o",
        "OpenAI | gpt-4o-2024-08-06 | openai gpt-4o",
        "openai | gpt-4o-2024-11-20 | openai gpt-4o",
        "openai | gpt-4o-2024-05-13 | openai gpt-4o-2024-05-13",
        "openai | gpt-4o-mini-2024-07-18 | openai gpt-4o-mini",
        "openai | gpt-4.1-nano-2025-04-14 | openai gpt-4.1-nano",
        "openai | gpt-4-0613 | openai gpt-4",
        "openai | gpt-4-0125-preview | openai gpt-4-turbo",
        "openai | gpt-4-turbo-2024-04-09 | openai gpt-4-turbo",
        "openai | gpt-3.5-turbo-0125 | openai gpt-3.5-turbo",
        "openai | gpt-3.5-turbo-1106 | openai gpt-3.5-turbo-1106",
        "openai | gpt-3.5-turbo-0613 | openai gpt-3.5-turbo-0613",
        "openai | gpt-4o-audio-preview-2024-12-17 | openai gpt-4o-audio-preview",
        "openai | gpt-4o-mini-audio-preview | openai gpt-4o-mini-audio-preview",
        "openai | o1-2024-12-17 | openai o1",
        "openai | o3-mini-2025-01-31 | openai o3-mini",
        "openai | gpt-5-2025-08-07 | openai gpt-5",
        "openai | gpt-5.6 | openai gpt-5.6-sol",
        "anthropic | claude-3-5-sonnet-20241022 | anthropic claude-3-5-sonnet-20241022",
        "anthropic | claude-3-5-sonnet-20240620 | anthropic claude-3-5-sonnet-20241022",
        "anthropic | claude-3-5-sonnet-latest | anthropic claude-3-5-sonnet-20241022",
        "anthropic | claude-3-5-sonnet | anthropic claude-3-5-sonnet-20241022",
        "anthropic | claude-sonnet-4-20250514 | anthropic claude-sonnet-4-20250514",
        "anthropic | claude-sonnet-4-0 | anthropic claude-sonnet-4-20250514",
        "anthropic | claude-opus-4-5-20251101 | anthropic claude-opus-4-5",
        "anthropic | claude-haiku-4-5-20251001 | anthropic claude-haiku-4-5",
        "gemini | models/gemini-2.5-pro | google gemini-2.5-pro",
        "google | gemini-2.0-flash-001 | google gemini-2.0-flash",
        "google | gemini-2.5-flash-lite | google gemini-2.5-flash-lite",
        "xai | grok-4-0709 | xai grok-4",
        "xai | grok-3-latest | xai grok-3",
        "mistral | mistral-large | mistral mistral-large-latest",
        "mistral | mistral-large-2407 | mistral mistral-large-2407",
        "cohere | command-r-plus | cohere command-r-plus-08-2024",
        // What telemetry and gateways call providers.
        "gcp.gemini | gemini-2.5-flash | google gemini-2.5-flash",
        "gcp.gen_ai | gemini-2.5-flash | google gemini-2.5-flash",
        "mistral_ai | mistral-small-latest | mistral mistral-small-latest",
        "x_ai | grok-4.5 | xai grok-4.5",
        "cohere_chat | command-a-03-2025 | cohere command-a-03-2025",
        "together | meta-llama/Llama-3.3-70B-Instruct-Turbo | together_ai"
            + " meta-llama/llama-3.3-70b-instruct-turbo",
        // Clouds.
        "azure | gpt-4o-2024-08-06 | openai gpt-4o",
        "azure.ai.openai | gpt-4o-mini | openai gpt-4o-mini",
        "az.ai.openai | gpt-35-turbo | openai gpt-3.5-turbo",
        "azure_ai | gpt-4.1 | openai gpt-4.1",
        "azure | azure/gpt-4.1-2025-04-14 | openai gpt-4.1",
        "bedrock | us.anthropic.claude-3-5-sonnet-20241022-v2:0 | anthropic"
            + " claude-3-5-sonnet-20241022",
        "aws.bedrock | anthropic.claude-3-haiku-20240307-v1:0 | anthropic"
            + " claude-3-haiku-20240307",
        "bedrock | eu.anthropic.claude-haiku-4-5-20251001-v1:0 | bedrock"
            + " anthropic.claude-haiku-4-5",
        "bedrock | global.anthropic.claude-haiku-4-5-20251001-v1:0 | bedrock"
            + " global.anthropic.claude-haiku-4-5",
        "bedrock_converse | amazon.nova-pro-v1:0 | bedrock amazon.nova-pro",
        "bedrock | us.amazon.nova-lite-v1:0 | bedrock amazon.nova-lite",
        "bedrock | converse/us.amazon.nova-2-lite-v1:0 | bedrock amazon.nova-2-lite",
        "bedrock | bedrock/us.meta.llama3-3-70b-instruct-v1:0 | bedrock"
            + " meta.llama3-3-70b-instruct",
        "aws.bedrock |"
            + " arn:aws:bedrock:us-east-1:000000000000:inference-profile/us.amazon.nova-micro-v1:0"
            + " | bedrock amazon.nova-micro",
        "vertex_ai | claude-3-5-sonnet-v2@20241022 | anthropic claude-3-5-sonnet-20241022",
        "gcp.vertex_ai | claude-sonnet-4@20250514 | anthropic claude-sonnet-4-20250514",
        "vertex_ai | vertex_ai/claude-opus-4-1@20250805 | anthropic claude-opus-4-1",
        "vertex_ai | publishers/google/models/gemini-2.5-pro | google gemini-2.5-pro",
        "vertex_ai-language-models | gemini-2.0-flash-001 | google gemini-2.0-flash",
        // Gateways, which pass on what others sell.
        "openrouter | anthropic/claude-3.5-sonnet | anthropic claude-3-5-sonnet-20241022",
        "openrouter | openrouter/anthropic/claude-sonnet-4.5 | anthropic claude-sonnet-4-5",
        "openrouter | x-ai/grok-4 | xai grok-4",
        "litellm_proxy | bedrock/us.amazon.nova-pro-v1:0 | bedrock amazon.nova-pro",
        "openai | anthropic/claude-sonnet-4-5 | anthropic claude-sonnet-4-5",
        "groq | openai/gpt-oss-120b | groq openai/gpt-oss-120b",
        "groq | groq/llama-3.3-70b-versatile | groq llama-3.3-70b-versatile",
        // Nobody said who sells it.
        "'' | gpt-4o-2024-08-06 | openai gpt-4o",
        "'' | openai/gpt-4o | openai gpt-4o",
        "'' | bedrock/us.anthropic.claude-3-5-sonnet-20241022-v2:0 | anthropic"
            + " claude-3-5-sonnet-20241022",
        "'' | openrouter/anthropic/claude-3.5-sonnet | anthropic claude-3-5-sonnet-20241022",
        "'' | meta-llama/llama-4-scout-17b-16e-instruct | none",
        "'' | llama-3.3-70b-versatile | groq llama-3.3-70b-versatile"
      })
  void aNameMeansTheModelThatItNames(String provider, String model, String meant) {
    assertThat(found(provider, model)).isEqualTo(meant);
  }

  @ParameterizedTest(name = "{0} | {1} has no price")
  @CsvSource(
      delimiter = '|',
      value = {
        "openai | gpt-4o-mini-x",
        "openai | gpt-4o-x",
        "openai | gpt-4o-2024-13-06",
        "openai | gpt-4o-20",
        "openai | gpt-4ox",
        "openai | o1-preview",
        "openai | o1-mini",
        "openai | gpt-4-32k-0613",
        "openai | gpt-4o-transcribe",
        "openai | gpt-5.4-pro-latest",
        "openai | gpt-4o-latest",
        "openai | ft:gpt-4o-2024-08-06:example::abc",
        "openai | gpt-4o:free",
        "openai | mistralai/mistral-large-latest",
        "openai | claude-3-5-sonnet",
        "azure | us/gpt-4o",
        "azure | claude-3-5-sonnet",
        "anthropic | claude-3-5-sonnet-20241022-thinking",
        "anthropic | claude-3-5",
        "anthropic | claude-4-haiku",
        "google | gemini-2.5-flash-lite-preview",
        "google | gemini-2.5-flash-image",
        "google | gemini-2.5-pro-preview-tts",
        "google | gemini-flash-latest",
        "google | models/",
        "mistral | mistral-large-2402",
        "mistral | mistral-large-2509",
        "deepseek | deepseek-coder",
        "xai | grok-4-fast",
        "groq | openai/gpt-oss-safeguard-20b",
        "together_ai | mistralai/mixtral-8x7b-instruct-v0.1",
        "together_ai | openai/gpt-4o",
        "openrouter | deepseek/deepseek-chat",
        "openrouter | meta-llama/llama-3.3-70b-instruct:free",
        "openrouter | openai/gpt-4o:extended",
        "bedrock | mistral.mistral-large-2402-v1:0",
        "bedrock | us-east-1/anthropic.claude-v1",
        "nobody | gpt-4o",
        "'' | nobody/gpt-4o",
        "'' | gpt-4o-mini-x",
        "openai | *",
        "* | *"
      })
  void aNameThatOnlyResemblesOneHasNoPrice(String provider, String model) {
    assertThat(found(provider, model)).isEqualTo("none");
  }

  @Test
  void whatIsNotListedIsNeverTakenForItsShorterNeighbour() {
    List<ModelPrice> shorter =
        PriceListFile.prices().stream()
            .filter(
                price ->
                    List.of("gpt-4o", "o1", "gemini-2.5-flash", "claude-opus-4-20250514", "grok-4")
                        .contains(price.name().model()))
            .toList();
    PriceBook book = new PriceBook(NAMES, shorter);
    assertThat(Stream.of("gpt-4o-mini", "gpt-4o-audio-preview", "o1-pro", "gpt-4o-mini-2024-07-18"))
        .allSatisfy(model -> assertThat(book.priceAt("openai", model, NOW)).isEmpty());
    assertThat(book.priceAt("google", "gemini-2.5-flash-lite", NOW)).isEmpty();
    assertThat(book.priceAt("anthropic", "claude-opus-4-5", NOW)).isEmpty();
    assertThat(book.priceAt("xai", "grok-4-fast-reasoning", NOW)).isEmpty();
  }

  @Test
  void theMostSpecificNameGoesFirst() {
    assertThat(NAMES.candidates(new ModelName("azure", "gpt-4o-2024-08-06")))
        .containsExactly(
            new ModelName("azure", "gpt-4o-2024-08-06"),
            new ModelName("azure", "gpt-4o"),
            new ModelName("openai", "gpt-4o-2024-08-06"),
            new ModelName("openai", "gpt-4o"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "/", "//", ".", "-latest", "models/", "@20250514", "a/b/c/d/e/f"})
  void anOddNameHasNoPriceAndBreaksNothing(String model) {
    for (String provider : List.of("", "openai", "bedrock", "vertex_ai", "openrouter", model)) {
      assertThat(LIST.priceAt(provider, model, NOW)).isEmpty();
    }
  }

  @Test
  @Timeout(10)
  void aNameMadeToBeHardIsReadInNoTime() {
    List<String> hard = new ArrayList<>();
    hard.add("us.".repeat(60) + "anthropic." + "-v1:0".repeat(4));
    hard.add("models/".repeat(28));
    hard.add("-20250514".repeat(22));
    hard.add("openrouter/".repeat(18));
    for (String model : hard) {
      for (String provider : List.of("bedrock", "vertex_ai", "azure_ai", "litellm", "openrouter")) {
        assertThat(LIST.priceAt(provider, model, NOW)).isEmpty();
      }
    }
  }

  private static String found(String provider, String model) {
    return LIST.priceAt(provider, model, NOW)
        .map(price -> price.name().provider() + " " + price.name().model())
        .orElse("none");
  }
}
