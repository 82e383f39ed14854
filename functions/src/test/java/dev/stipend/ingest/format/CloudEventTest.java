package dev.stipend.ingest.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.platform.json.ExactJson;
import dev.stipend.support.Forms;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CloudEventTest {
  private static final String ENVELOPE =
      """
      {"specversion":"1.0","id":"1","source":"/s","type":"t","time":"2026-06-15T11:59:31Z",%s}\
      """;

  @Test
  void theEnvelopeGivesIdAndTimeToItsData() {
    assertThat(Translated.event(Forms.text("cloudevent")))
        .isEqualTo(
            ExactJson.parse(
                """
                {"eventId":"https://gateway.example.com/agents A234-1234-1234",
                 "occurredAt":"2026-06-15T11:59:31Z","userId":"u1","agentId":"research",
                 "provider":"openai","model":"gpt-4o","inputTokens":1000,"cachedInputTokens":400,
                 "outputTokens":50}
                """));
  }

  @Test
  void dataMayBeInBase64() {
    assertThat(Translated.event(Forms.text("cloudevent-base64")))
        .isEqualTo(
            ExactJson.parse(
                """
                {"eventId":"https://gateway.example.com/agents A234-1234-1235",
                 "occurredAt":"2026-06-15T11:59:31Z","userId":"u1","agentId":"research",
                 "cost":"0.25"}
                """));
  }

  @Test
  void theIdIsTheEnvelopesAndTheTimeIsTheDatas() {
    Map<?, ?> event =
        Translated.event(
            ENVELOPE.formatted(
                "\"data\":{\"eventId\":\"mine\",\"occurredAt\":\"2026-06-15T10:00:00Z\"}"));
    assertThat(event.get("eventId")).isEqualTo("/s 1");
    assertThat(event.get("occurredAt")).isEqualTo("2026-06-15T10:00:00Z");
  }

  @Test
  void equalIdsOfTwoSourcesAreTwoIds() {
    String one = ENVELOPE.formatted("\"data\":{\"cost\":1}");
    String other = one.replace("/s", "/other");
    assertThat(Translated.events(one, other))
        .extracting(event -> String.valueOf(((Map<?, ?>) event).get("eventId")))
        .containsExactly("/s 1", "/other 1");
    assertThat(Translated.event(one.replace("/s", "/" + "s".repeat(300))).get("eventId"))
        .asString()
        .startsWith("sha256:");
  }

  @Test
  void dataMayBeInAnyOtherForm() {
    assertThat(
            Translated.events(
                ENVELOPE.formatted("\"data\":" + Forms.text("litellm-success")),
                ENVELOPE.formatted("\"data\":" + Forms.text("otlp-traces")),
                ENVELOPE.formatted("\"data\":[{\"cost\":1},{\"cost\":2}]")))
        .extracting(event -> String.valueOf(((Map<?, ?>) event).get("eventId")))
        .containsExactly("/s 1", "/s 1", "/s 1 1", "/s 1", "/s 1 1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"specversion\":\"1.0\" | \"specversion\":\"0.3\" | specversion must be \"1.0\"",
        "\"specversion\":\"1.0\" | \"specversion\":1.0 | specversion must be \"1.0\"",
        "\"id\":\"1\" | \"id\":null | id is required",
        "\"id\":\"1\" | \"id\":7 | id must be a string that is not empty",
        "\"id\":\"1\" | \"id\":\"\" | id must be a string that is not empty",
        "\"source\":\"/s\" | \"x\":1 | source is required",
        "\"source\":\"/s\" | \"source\":\"a b\" | source must be a URI, which has no spaces",
        "\"data\":{} | \"x\":1 | data is required",
        "\"data\":{} | \"data\":null | data is required",
        "\"data\":{} | \"data\":{},\"data_base64\":\"\" | data_base64 must not be given together"
            + " with data",
        "\"data\":{} | \"data_base64\":7 | data_base64 must be a string",
        "\"data\":{} | \"data_base64\":\"%\" | data_base64 must be base64",
        "\"data\":{} | \"data_base64\":\"gICA\" | data_base64 must be JSON in UTF-8",
        "\"data\":{} | \"data_base64\":\"eyI=\" | data_base64 has invalid content: The body is not"
            + " JSON",
        "\"data\":{} | \"data\":{\"specversion\":\"1.0\"} | data must not be a CloudEvent in a",
        "\"data\":{} | \"data\":\"text\" | data matches none of the known forms",
        "\"data\":{} | \"data\":[7] | data[0] matches none of the known forms",
        "\"data\":{} | \"data\":{\"__encrypted__\":true} | is encrypted by LiteLLM"
      })
  void whatIsWrongWithAnEnvelopeIsNamed(String field, String wrong, String reason) {
    String envelope = ENVELOPE.formatted("\"data\":{}");
    assertThat(Translated.refusal(envelope.replace(field, wrong))).startsWith(reason);
  }

  @Test
  void aTimeThatIsNowhereIsLeftForTheReaderToMiss() {
    String envelope = ENVELOPE.replace("\"time\"", "\"x\"").formatted("\"data\":{\"cost\":1}");
    assertThat(Translated.event(envelope).get("occurredAt")).isNull();
  }

  @Test
  void base64HoldsTextInUtf8() {
    String data =
        Base64.getEncoder().encodeToString("{\"userId\":\"ü😀\"}".getBytes(StandardCharsets.UTF_8));
    assertThat(
            Translated.event(ENVELOPE.formatted("\"data_base64\":\"" + data + "\"")).get("userId"))
        .isEqualTo("ü😀");
  }
}
