package dev.stipend.ingest.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.platform.json.ExactJson;
import dev.stipend.support.Forms;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OtlpTracesTest {
  private static final String REQUEST =
      """
      {"resourceSpans":[{"scopeSpans":[{"spans":[%s]}]}]}\
      """;

  private static final String SPAN =
      """
      {"traceId":"t1","spanId":"s1","endTimeUnixNano":"1781524770000000000",
       "attributes":[{"key":"gen_ai.usage.input_tokens","value":{"intValue":"5"}}%s]}\
      """;

  @Test
  void callsOfModelsBecomeEventsAndAllOtherSpansAreIgnored() {
    assertThat(Translated.events(Forms.text("otlp-traces")))
        .containsExactly(
            ExactJson.parse(
                """
                {"eventId":"5b8efff798038103d269b633813fc60c-eee19b7ec3c1b174",
                 "occurredAt":"2026-06-15T11:59:30.123456789Z","userId":"pupil-3",
                 "teamId":"education","agentId":"asst_5j66","workflowId":"homework",
                 "provider":"openai","model":"gpt-4o","inputTokens":1200,"cachedInputTokens":1000,
                 "outputTokens":180,"tags":{"session":"conv_5j66","environment":"staging"}}
                """),
            ExactJson.parse(
                """
                {"eventId":"5b8efff798038103d269b633813fc60c-eee19b7ec3c1b176",
                 "occurredAt":"2026-06-15T11:59:31Z","teamId":"education","agentId":"tutor",
                 "provider":"azure","model":"tutor-deployment","inputTokens":500,"outputTokens":50,
                 "tags":{"environment":"staging"}}
                """));
  }

  @ParameterizedTest
  @CsvSource({
    "chat,1",
    "text_completion,1",
    "generate_content,1",
    "embeddings,1",
    "responses,1",
    "invoke_agent,0",
    "create_agent,0",
    "invoke_workflow,0",
    "plan,0",
    "execute_tool,0",
    "retrieval,0"
  })
  void theOperationDecidesWhetherASpanCounts(String operation, int events) {
    assertThat(
            Translated.events(with("gen_ai.operation.name", "\"stringValue\":\"%s\"", operation)))
        .hasSize(events);
  }

  @ParameterizedTest
  @CsvSource({
    "gen_ai.usage.prompt_tokens,inputTokens,5",
    "gen_ai.usage.completion_tokens,outputTokens,3",
    "gen_ai.usage.cache_read.input_tokens,cachedInputTokens,3",
    "gen_ai.usage.cache_read_input_tokens,cachedInputTokens,3",
    "gen_ai.usage.cache_creation.input_tokens,cacheWriteTokens,3",
    "gen_ai.usage.cache_write.input_tokens,cacheWriteTokens,3",
    "gen_ai.usage.audio.input_tokens,audioInputTokens,3",
    "gen_ai.usage.reasoning.output_tokens,reasoningTokens,3",
    "gen_ai.usage.audio.output_tokens,audioOutputTokens,0"
  })
  void everyKindOfTokensHasItsAttributes(String key, String field, String count) {
    Map<?, ?> event = Translated.event(with(key, "\"intValue\":%s", "3"));
    assertThat(event.get(field) == null ? "0" : String.valueOf(event.get(field))).isEqualTo(count);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"1781524770000000000\"", "1781524770000000000", "1.78152477E18"})
  void sixtyFourBitNumbersMayBeTextsOrNumbers(String end) {
    String request = REQUEST.formatted(SPAN.formatted(""));
    assertThat(Translated.event(request.replace("\"1781524770000000000\"", end)).get("occurredAt"))
        .isEqualTo("2026-06-15T11:59:30Z");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"t1\" | \"\" | resourceSpans[0].scopeSpans[0].spans[0] must have a traceId and a spanId",
        "\"spanId\":\"s1\" | \"spanId\":7 | spans[0] must have a traceId and a spanId",
        "\"1781524770000000000\" | \"soon\" | endTimeUnixNano must be nanoseconds since 1970",
        "\"1781524770000000000\" | \"-5\" | endTimeUnixNano must be a time from 1970 to 9999",
        "\"1781524770000000000\" | null | spans[0].endTimeUnixNano is required",
        "\"1781524770000000000\" | 0 | spans[0].endTimeUnixNano is required"
      })
  void aSpanWithoutIdOrTimeIsRefused(String good, String wrong, String reason) {
    String request = REQUEST.formatted(SPAN.formatted(""));
    assertThat(Translated.refusal(request.replace(good, wrong))).contains(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"resourceSpans\":7} | resourceSpans must be a list",
        "{\"resourceSpans\":[7]} | resourceSpans[0] must be an object",
        "{\"resourceSpans\":[{\"scopeSpans\":{}}]} | resourceSpans[0].scopeSpans must be a list",
        "{\"resourceSpans\":[{\"resource\":{\"attributes\":7}}]} | resourceSpans[0].resource"
            + ".attributes must be a list",
        "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[null]}]}]} | resourceSpans[0]"
            + ".scopeSpans[0].spans[0] must be an object",
        "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"attributes\":\"\"}]}]}]} |"
            + " resourceSpans[0].scopeSpans[0].spans[0].attributes must be a list"
      })
  void whatIsNoTraceIsNamedByItsPath(String request, String reason) {
    assertThat(Translated.refusal(request)).isEqualTo(reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"resourceSpans\":[]}",
        "{\"resourceSpans\":null}",
        "{\"resourceSpans\":[{}]}",
        "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"attributes\":[7,{},{\"key\":1}]}]}]}]}"
      })
  void whereNothingIsToldNothingIsRead(String request) {
    assertThat(Translated.events(request)).isEmpty();
  }

  @Test
  void aWrongSpanIsRefusedAloneAndKnownByItsId() {
    Intake intake =
        Translated.intake(
            REQUEST.formatted(
                SPAN.formatted("")
                    + ","
                    + SPAN.formatted("").replace("s1", "s2").replace("\"17", "\"x17")));
    assertThat(intake.events()).hasSize(1);
    assertThat(intake.refusals()).extracting(Intake.Refusal::eventId).containsExactly("t1-s2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"stringValue\":\"%s\"", "\"boolValue\":%s", "\"arrayValue\":\"%s\""})
  void aCountThatIsNoneIsLeftForTheReaderToRefuse(String kind) {
    String request = with("gen_ai.usage.output_tokens", kind, "true");
    assertThat(Translated.event(request).get("outputTokens")).isNotNull();
  }

  private static String with(String key, String kind, String value) {
    String attribute = ",{\"key\":\"" + key + "\",\"value\":{" + kind.formatted(value) + "}}";
    return REQUEST.formatted(SPAN.formatted(attribute));
  }
}
