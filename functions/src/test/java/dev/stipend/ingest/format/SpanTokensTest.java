package dev.stipend.ingest.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How many tokens of which kind a span tells, whatever its library calls them.
final class SpanTokensTest {
  private static final String CLAUDE =
      "gen_ai.operation.name=chat gen_ai.provider.name=anthropic"
          + " gen_ai.request.model=claude-sonnet-4-5 ";
  private static final String BEDROCK =
      "gen_ai.operation.name=chat gen_ai.system=strands-agents"
          + " gen_ai.request.model=us.anthropic.claude-sonnet-4-5-20250929-v1:0 ";
  private static final String REALTIME =
      "gen_ai.provider.name=openai gen_ai.request.model=gpt-realtime"
          + " gen_ai.usage.input_tokens=1000 gen_ai.usage.output_tokens=0 ";

  @ParameterizedTest
  @CsvSource({
    "gen_ai.usage.cache_read.input_tokens, gen_ai.usage.cache_write.input_tokens",
    "gen_ai.usage.cache_read.input_tokens, gen_ai.usage.cache_creation.input_tokens",
    "gen_ai.usage.cache_read_input_tokens, gen_ai.usage.cache_creation_input_tokens",
    "gen_ai.usage.cache_read_input_tokens, gen_ai.usage.cache_write_input_tokens",
    "gen_ai.usage.cache_read_tokens, gen_ai.usage.cache_creation_tokens",
    "gen_ai.usage.cached_input_tokens, gen_ai.usage.cache_write_tokens",
    "gen_ai.usage.details.cache_read_tokens, gen_ai.usage.details.cache_write_tokens",
    "ai.usage.cachedInputTokens, ai.usage.inputTokenDetails.cacheWriteTokens",
    "ai.usage.inputTokenDetails.cacheReadTokens, ai.usage.cacheCreationInputTokens",
    "cache_read_input_tokens, cache_write_input_tokens",
    "cache_read_input_tokens, cache_creation_input_tokens",
    "llm.token_count.prompt_details.cache_read, llm.token_count.prompt_details.cache_write",
    "llm.usage.cache_read_input_tokens, llm.usage.cache_creation_input_tokens",
    "gen_ai.usage.prompt_tokens_details.cache_read, gen_ai.usage.prompt_tokens_details.cache_write",
    "gen_ai.usage.input_tokens.cached, gen_ai.usage.input_tokens.cache_write"
  })
  void theCachedPartIsReadInEverySpelling(String read, String written) {
    String parts = read + "=8000 " + written + "=900 ";
    String whole = "gen_ai.usage.input_tokens=9000 gen_ai.usage.output_tokens=50";
    // Apart from the input, it is as easily told by its size.
    String apart = "gen_ai.usage.input_tokens=100 gen_ai.usage.output_tokens=50";
    assertThat(Spans.cost(Spans.request(CLAUDE + parts + whole))).isEqualTo("0.006825");
    assertThat(Spans.cost(Spans.request(CLAUDE + parts + apart))).isEqualTo("0.006825");
    assertThat(Spans.unknown(Spans.request(CLAUDE + parts + whole))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gen_ai.usage.input_tokens=9000 gen_ai.usage.output_tokens=50 langsmith.span.kind=llm"
            + " gen_ai.usage.input_token_details={\"cache_read\":8000,\"cache_creation\":900}",
        "langfuse.observation.type=generation langfuse.observation.usage_details="
            + "{\"input\":100,\"output\":50,\"cache_read_input_tokens\":8000,"
            + "\"cache_creation_input_tokens\":900,\"total\":9050}",
        "mlflow.spanType=CHAT_MODEL mlflow.chat.tokenUsage={\"input_tokens\":9000,"
            + "\"output_tokens\":50,\"total_tokens\":9050,\"cache_read_input_tokens\":8000,"
            + "\"cache_creation_input_tokens\":900}",
        "braintrust.metrics={\"prompt_tokens\":9000,\"completion_tokens\":50,\"tokens\":9050,"
            + "\"prompt_cached_tokens\":8000,\"prompt_cache_creation_tokens\":900}",
        "ai.usage.promptTokens=100 ai.usage.completionTokens=50"
            + " ai.model.provider=anthropic.messages"
            + " ai.response.providerMetadata={\"anthropic\":{\"usage\":{\"cache_read_input_tokens\":"
            + "8000,\"cache_creation_input_tokens\":900}}}"
      })
  void usageInsideOfJsonIsRead(String attributes) {
    assertThat(
            Spans.cost(
                Spans.request(CLAUDE.replace("gen_ai.operation.name=chat ", "") + attributes)))
        .isEqualTo("0.006825");
    assertThat(Spans.unknown(Spans.request(CLAUDE + attributes))).isEmpty();
  }

  @Test
  void jsonThatWasCutTellsNothing() {
    assertThat(
            Translated.event(
                    Spans.request(
                        CLAUDE
                            + "gen_ai.usage.input_tokens=9000"
                            + " gen_ai.usage.input_token_details={\"cache_read\":80…"))
                .containsKey("cachedInputTokens"))
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "anthropic.usage.cache_creation.ephemeral_1h_input_tokens=5424",
        "gen_ai.usage.cache_creation.ephemeral_1h_input_tokens=5424",
        "gen_ai.usage.input_token_details={\"cache_creation\":0,\"ephemeral_1h_input_tokens\":5424}",
        "ai.response.providerMetadata={\"anthropic\":{\"usage\":{\"cache_creation\":"
            + "{\"ephemeral_1h_input_tokens\":5424}}}}"
      })
  void whatIsKeptForAnHourIsPartOfWhatWasWritten(String told) {
    Map<?, ?> event =
        Translated.event(
            Spans.request(
                CLAUDE + "gen_ai.usage.input_tokens=3 gen_ai.usage.output_tokens=30 " + told));
    assertThat(event.get("inputTokens")).hasToString("5427");
    assertThat(event.get("cacheWriteTokens")).hasToString("5424");
    assertThat(event.get("cacheWrite1hTokens")).hasToString("5424");
  }

  @ParameterizedTest
  @CsvSource({
    // Told apart by size, by the total, or not at all.
    "11, 0, 3000, 50, 0, 0.0132363",
    "11, 0, 3000, 50, 3061, 0.0132363",
    "5000, 1000, 0, 100, 6100, 0.01848",
    "6000, 1000, 0, 100, 6100, 0.01848",
    "6000, 1000, 0, 100, 0, 0.01848",
    "9000, 8000, 900, 50, 9050, 0.0075075",
    "100, 8000, 900, 50, 9050, 0.0075075"
  })
  void theTotalTellsWhetherTheInputHoldsTheCachedPart(
      int input, int read, int written, int output, int total, String cost) {
    String tokens =
        "gen_ai.usage.input_tokens=%d gen_ai.usage.cache_read_input_tokens=%d"
                .formatted(input, read)
            + " gen_ai.usage.cache_write_input_tokens=%d gen_ai.usage.output_tokens=%d"
                .formatted(written, output)
            + (total == 0 ? "" : " gen_ai.usage.total_tokens=" + total);
    assertThat(Spans.cost(Spans.request(BEDROCK + tokens))).isEqualTo(cost);
  }

  @ParameterizedTest
  @CsvSource({"amazon-bedrock, anthropic.claude-sonnet-4-5, 6000", "openai.chat, gpt-4o, 5000"})
  void withoutATotalTheLibraryAndTheProviderTell(String provider, String model, String input) {
    assertThat(
            Translated.event(
                    Spans.request(
                        "ai.operationId=ai.generateText.doGenerate ai.model.id=%s".formatted(model)
                            + " ai.model.provider=%s ai.usage.inputTokens=5000".formatted(provider)
                            + " ai.usage.cachedInputTokens=1000 ai.usage.outputTokens=10"))
                .get("inputTokens"))
        .hasToString(input);
  }

  @Test
  void whatTheProviderItselfCalledItsInputTells() {
    assertThat(
            Translated.event(
                    Spans.request(
                        CLAUDE
                            + "ai.usage.inputTokens=5000 ai.usage.cachedInputTokens=1000"
                            + " ai.usage.totalTokens=5010 ai.usage.outputTokens=10"
                            + " ai.response.providerMetadata={\"anthropic\":{\"usage\":"
                            + "{\"input_tokens\":5000,\"cache_read_input_tokens\":1000}}}"))
                .get("inputTokens"))
        .hasToString("6000");
  }

  @ParameterizedTest
  @CsvSource({"1000, 50, 20, 1070, 70", "1000, 70, 20, 1070, 70", "1000, 10, 20, 0, 30"})
  void reasoningBesideTheOutputIsAddedToIt(
      int input, int output, int reasoning, int total, String all) {
    assertThat(
            Translated.event(
                    Spans.request(
                        "gen_ai.request.model=gemini-2.5-pro gen_ai.usage.input_tokens=%d"
                                .formatted(input)
                            + " gen_ai.usage.output_tokens=%d".formatted(output)
                            + " gen_ai.usage.reasoning.output_tokens=%d".formatted(reasoning)
                            + (total == 0 ? "" : " gen_ai.usage.total_tokens=" + total)))
                .get("outputTokens"))
        .hasToString(all);
  }

  @ParameterizedTest
  @CsvSource({
    "gen_ai.usage.audio.input_tokens, gen_ai.usage.cache_read.audio.input_tokens=500",
    "gen_ai.usage.details.input_audio_tokens, gen_ai.usage.details.cache_audio_read_tokens=500",
    "gen_ai.usage.input_token_details.audio_tokens,"
        + " gen_ai.usage.input_token_details.cached_tokens_details.audio_tokens=500",
    "gen_ai.usage.input_token_details.audio_tokens,"
        + " gen_ai.usage.input_token_details.cached_tokens_details.text_tokens=100"
  })
  void audioMayBeCachedToo(String audio, String cachedAudio) {
    String request =
        Spans.request(
            REALTIME + audio + "=800 gen_ai.usage.cache_read.input_tokens=600 " + cachedAudio);
    Map<?, ?> event = Translated.event(request);
    assertThat(event.get("audioInputTokens")).hasToString("800");
    assertThat(event.get("cachedInputTokens")).hasToString("600");
    assertThat(event.get("cachedAudioInputTokens")).hasToString("500");
    assertThat(Spans.cost(request)).isEqualTo("0.01024");
    assertThat(Spans.unknown(request)).isEmpty();
  }

  @Test
  void withoutThatTheOverlapStaysOpen() {
    Map<?, ?> event =
        Translated.event(
            Spans.request(
                REALTIME
                    + "gen_ai.usage.audio.input_tokens=800"
                    + " gen_ai.usage.cache_read.input_tokens=600"));
    assertThat(event.get("audioInputTokens")).hasToString("800");
    assertThat(event.containsKey("cachedAudioInputTokens")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "gen_ai.openai.response.service_tier=flex",
    "openai.response.service_tier=flex",
    "gen_ai.response.service_tier=flex",
    "gen_ai.openai.request.service_tier=auto gen_ai.openai.response.service_tier=flex",
    "ai.response.providerMetadata={\"openai\":{\"serviceTier\":\"flex\"}}"
  })
  void howARequestWasServedIsTold(String tier) {
    assertThat(
            Translated.event(
                    Spans.request(
                        "gen_ai.request.model=gpt-5 gen_ai.provider.name=openai"
                            + " gen_ai.usage.input_tokens=5 "
                            + tier))
                .get("serviceTier"))
        .isEqualTo("flex");
  }

  @ParameterizedTest
  @CsvSource({
    "gen_ai.usage.total_tokens=300 gen_ai.usage.output_tokens=20, 280, 20",
    "gen_ai.usage.total_tokens=300 gen_ai.usage.input_tokens=280, 280, 20",
    "gen_ai.usage.total_tokens=300, 300, 0"
  })
  void whatIsMissingFollowsFromTheTotal(String told, String input, String output) {
    Map<?, ?> event =
        Translated.event(Spans.request("gen_ai.request.model=text-embedding-3-small " + told));
    assertThat(event.get("inputTokens")).hasToString(input);
    assertThat(String.valueOf(event.containsKey("outputTokens") ? event.get("outputTokens") : 0))
        .isEqualTo(output);
  }
}
