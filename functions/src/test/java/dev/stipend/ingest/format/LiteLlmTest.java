package dev.stipend.ingest.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.platform.json.ExactJson;
import dev.stipend.support.Forms;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LiteLlmTest {
  private static final String SUCCESS = Forms.text("litellm-success");
  private static final String FAILURE = Forms.text("litellm-failure");
  private static final String CACHE_HIT = Forms.text("litellm-cache-hit");
  private static final String NULLS = Forms.text("litellm-nulls");

  @Test
  void aSuccessTellsWhoUsedWhatAndWhatItCost() {
    assertThat(Translated.event(SUCCESS))
        .isEqualTo(
            ExactJson.parse(
                """
                {"eventId":"chatcmpl-9x7Q2aLm 1781524768.25","occurredAt":"2026-06-15T11:59:30.123456Z",
                 "userId":"customer-9","teamId":"team-7","agentId":"research-agent",
                 "provider":"openai","model":"gpt-4o","inputTokens":29,"cachedInputTokens":8,
                 "outputTokens":7,"cost":0.000142500000,"currency":"USD",
                 "tags":{"session":"session-42","env":"test","nightly":"true",
                   "User-Agent":"OpenAI/Python 1.2"}}
                """));
  }

  @Test
  void aFailureCostsNothingAndEachAttemptIsAnEventOfItsOwn() {
    assertThat(Translated.event(FAILURE))
        .isEqualTo(
            ExactJson.parse(
                """
                {"eventId":"0d9c7f64-1111-4222-8333-944455556666 1781524768.25",
                 "occurredAt":"2026-06-15T11:59:30.123456Z","userId":"dev-1","teamId":"team-7",
                 "agentId":"research-agent","provider":"openai","model":"gpt-4o","cost":0,
                 "tags":{"session":"session-42","status":"failure","env":"test","nightly":"true",
                   "User-Agent":"OpenAI/Python 1.2"}}
                """));
    assertThat(id(Translated.with(FAILURE, "startTime", "1781524769.5"))).isNotEqualTo(id(FAILURE));
  }

  @Test
  void aHitOfTheCacheCostsWhatLiteLlmSays() {
    assertThat(Translated.event(CACHE_HIT).get("cost")).hasToString("0");
    assertThat(id(CACHE_HIT)).isEqualTo("chatcmpl-9x7Q2aLm_cache_hit1781524771.0421 1781524768.25");
    assertThat(cost(Translated.with(CACHE_HIT, "response_cost", "0.25"))).isEqualTo("0.25");
  }

  @Test
  void aStreamIsACallLikeAnyOther() {
    assertThat(Translated.event(Forms.text("litellm-stream")))
        .isEqualTo(
            ExactJson.parse(
                """
                {"eventId":"chatcmpl-stream-1 1781524768.25","occurredAt":"2026-06-15T11:59:30.123456Z",
                 "userId":"dev-1","teamId":"team-7","agentId":"writer","workflowId":"newsletter",
                 "provider":"openai","model":"gpt-4o","inputTokens":12,"outputTokens":8,
                 "cost":0.000023000000,"currency":"USD","tags":{"session":"session-42"}}
                """));
  }

  @Test
  void anthropicTellsWhatWasReadFromItsCacheAndWrittenToIt() {
    assertThat(Translated.event(Forms.text("litellm-anthropic-cache")))
        .isEqualTo(
            ExactJson.parse(
                """
                {"eventId":"chatcmpl-anthropic-1 1781524768.25","occurredAt":"2026-06-15T11:59:30.123456Z",
                 "userId":"customer-9","teamId":"team-7","agentId":"research-agent",
                 "provider":"anthropic","model":"claude-sonnet-4-20250514","inputTokens":5010,
                 "cachedInputTokens":3000,"cacheWriteTokens":2000,"outputTokens":200,
                 "reasoningTokens":150,"cost":0.0105105,"currency":"USD",
                 "tags":{"session":"session-42","env":"test","nightly":"true",
                   "User-Agent":"OpenAI/Python 1.2"}}
                """));
  }

  @Test
  void aResponseWithoutAnIdIsKnownByItsCall() {
    String embedding = Forms.text("litellm-embedding");
    assertThat(id(embedding)).isEqualTo("7b7b0b0e-2222-4333-8444-555566667777 1781524768.25");
    assertThat(cost(embedding)).isEqualTo("1.6E-7");
  }

  @Test
  void nothingIsMissedWhereEverythingMayBeNull() {
    assertThat(Translated.event(NULLS))
        .isEqualTo(
            ExactJson.parse(
                """
                {"eventId":"chatcmpl-nulls 1781524769.0","occurredAt":"2026-06-15T11:59:30Z",
                 "provider":"openai","model":"gpt-4o","inputTokens":1000,"outputTokens":100}
                """));
  }

  @Test
  void aBatchIsOneEventHoweverOftenItIsAskedFor() {
    String asked = Translated.with(NULLS, "call_type", "\"aretrieve_batch\"");
    String unfinished =
        Translated.with(Translated.with(asked, "prompt_tokens", "0"), "completion_tokens", "0");
    assertThat(Translated.events(unfinished)).isEmpty();
    assertThat(Translated.events(Translated.with(unfinished, "response_cost", "0.0"))).isEmpty();
    assertThat(Translated.events(asked)).hasSize(1);
    assertThat(Translated.events(Translated.with(unfinished, "response_cost", "2"))).hasSize(1);
    assertThat(Translated.events(Translated.with(unfinished, "status", "\"failure\""))).hasSize(1);
    assertThat(Translated.events(Translated.with(unfinished, "call_type", "\"acompletion\"")))
        .hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0.00014249999999999999 | 0.000142500000",
        "\"0.00014249999999999999\" | 0.000142500000",
        "1.0000000000005 | 1.000000000000",
        "1.0000000000015 | 1.000000000002",
        "0.1 | 0.1",
        "7 | 7",
        "-0.5 | -0.5",
        "1e-13 | absent",
        "0 | absent",
        "0.0 | absent",
        "1e-400 | absent",
        "null | absent"
      })
  void costsAreRoundedToTheTwelfthDecimalAndNothingIsNoCost(String sent, String cost) {
    assertThat(cost(Translated.with(SUCCESS, "response_cost", sent))).isEqualTo(cost);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "response_cost | \"NaN\" | cost",
        "response_cost | true | cost",
        "prompt_tokens | \"many\" | inputTokens",
        "prompt_tokens | 1.5 | inputTokens",
        "completion_tokens | -1 | outputTokens",
        "cached_tokens | [] | cachedInputTokens",
        "end_user | {} | userId",
        "user_api_key_team_id | 7 | teamId",
        "model | false | model"
      })
  void aWrongValueIsLeftForTheReaderToRefuse(String field, String value, String nativeField) {
    Object sent = ExactJson.parse(value);
    assertThat(Translated.event(Translated.with(SUCCESS, field, value)).get(nativeField))
        .isEqualTo(sent);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "1e40", "253402300800", "1e2000000000"})
  void aTimeThatIsNoneIsRefusedByItsName(String value) {
    assertThat(Translated.refusal(Translated.with(SUCCESS, "endTime", value)))
        .isEqualTo("endTime must be a time from 1970 to 9999");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-06-15 11:59:30.851954,2026-06-15T11:59:30.851954Z",
    "2026-06-15 11:59:30+02:00,2026-06-15T11:59:30+02:00",
    "2026-06-15T11:59:30,2026-06-15T11:59:30Z",
    "2026-06-15T11:59:30Z,2026-06-15T11:59:30Z",
    "noon,noon"
  })
  void aTimeAsPythonWritesItIsUnderstood(String sent, String time) {
    assertThat(
            Translated.event(Translated.with(SUCCESS, "endTime", "\"" + sent + "\""))
                .get("occurredAt"))
        .isEqualTo(time);
  }

  @Test
  void aCallWithoutAnEndIsTimedByItsStart() {
    assertThat(Translated.event(Translated.with(SUCCESS, "endTime", "null")).get("occurredAt"))
        .isEqualTo("2026-06-15T11:59:28.250Z");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "openai | openai/gpt-4o | gpt-4o",
        "openai | gpt-4o | gpt-4o",
        "bedrock | bedrock/us.anthropic.claude-v1:0 | us.anthropic.claude-v1:0",
        "openai | openai/ | openai/",
        "openrouter | openai/gpt-4o | openai/gpt-4o"
      })
  void aModelIsKnownWithoutItsProvider(String provider, String sent, String model) {
    String payload =
        Translated.with(
            Translated.with(NULLS, "custom_llm_provider", "\"" + provider + "\""),
            "model",
            "\"" + sent + "\"");
    assertThat(Translated.event(payload).get("model")).isEqualTo(model);
  }

  @Test
  void tokensThatWereToldApartAreAddedAndOnesCountedTwiceAreNot() {
    String apart = Translated.with(Forms.text("litellm-anthropic-cache"), "prompt_tokens", "10");
    assertThat(Translated.event(apart).get("inputTokens")).hasToString("5010");
    String audio = Translated.with(SUCCESS, "audio_tokens", "5");
    assertThat(Translated.event(audio).get("audioOutputTokens")).hasToString("5");
    assertThat(Translated.event(Translated.with(SUCCESS, "reasoning_tokens", "9")))
        .hasFieldOrPropertyWithValue("empty", false)
        .satisfies(event -> assertThat(event.get("outputTokens")).hasToString("16"));
  }

  @Test
  void aNameThatIsTooLongIsShortenedAndBlankOnesGiveWayToTheNext() {
    String agent = "a".repeat(300);
    assertThat(
            Translated.event(Translated.with(SUCCESS, "user_api_key_alias", "\"" + agent + "\""))
                .get("agentId"))
        .isEqualTo(SafeText.name(agent));
    assertThat(Translated.event(Translated.with(SUCCESS, "end_user", "\" \"")).get("userId"))
        .isEqualTo("dev-1");
  }

  private static String id(String payload) {
    return String.valueOf(Translated.event(payload).get("eventId"));
  }

  private static String cost(String payload) {
    Object cost = Translated.event(payload).get("cost");
    return cost == null ? "absent" : cost.toString();
  }
}
