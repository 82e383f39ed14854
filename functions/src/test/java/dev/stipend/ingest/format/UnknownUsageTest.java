package dev.stipend.ingest.format;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Attributes that look like usage and are in no table.
final class UnknownUsageTest {
  private static final String CALL =
      "gen_ai.request.model=gpt-4o gen_ai.usage.input_tokens=5 gen_ai.usage.output_tokens=2 ";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gen_ai.usage.video.input_tokens=7",
        "gen_ai.usage.details.tool_use_prompt_tokens=7",
        "ai.usage.thoughtTokens=7",
        "llm.token_count.prompt_details.video=7",
        "acme.usage.searches=7",
        "cacheTokens=7"
      })
  void areHandedOutBesideTheEvent(String told) {
    String request = Spans.request(CALL + told);
    assertThat(Spans.unknown(request)).containsExactly(told);
    assertThat(Translated.intake(request).events().getFirst().origin().unknown())
        .containsExactly(told.substring(0, told.indexOf('=')));
    assertThat(Translated.event(request).toString()).doesNotContain("7");
  }

  @Test
  void areFoundInsideOfJson() {
    assertThat(
            Spans.unknown(
                Spans.request(
                    "langfuse.observation.model.name=gpt-4o langfuse.observation.usage_details="
                        + "{\"input\":5,\"output\":2,\"input_video\":7}")))
        .containsExactly("langfuse.observation.usage_details#input_video=7");
  }

  @Test
  void areNamedWithTheLibraryThatSentThem() {
    String told = CALL + "gen_ai.usage.video.input_tokens=7";
    assertThat(
            Translated.intake(Spans.request("my.library", Spans.span("s1", "", told)))
                .events()
                .getFirst()
                .unknown())
        .containsExactly(
            new UnknownUsage("my.library", "1.0", "gen_ai.usage.video.input_tokens", "7"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gen_ai.usage.video.input_tokens=0",
        "gen_ai.usage.total_tokens=7",
        "gen_ai.request.max_tokens=100",
        "gen_ai.server.time_to_first_token=12",
        "ai.response.avgOutputTokensPerSecond=12",
        "ai.settings.maxOutputTokens=100",
        "gen_ai.usage.cost=3",
        "gen_ai.usage.details.accepted_prediction_tokens=3",
        "gen_ai.usage.experimental.reasoning_tokens_limit=3",
        "http.response.body.size=3",
        "gen_ai.usage.note=many"
      })
  void areNoLimitsNorTimesNorWhatRepeatsTheRest(String told) {
    assertThat(Spans.unknown(Spans.request(CALL + told))).isEmpty();
  }

  @Test
  void aTotalAloneCountsAsInputAndIsMarked() {
    assertThat(
            Spans.unknown(Spans.request("gen_ai.request.model=gpt-4o gen_ai.usage.total_tokens=7")))
        .containsExactly("gen_ai.usage.total_tokens=7");
  }
}
