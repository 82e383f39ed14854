package dev.stipend.scenario.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.Forms;
import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.Usage;
import dev.stipend.support.http.Requests.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Usage in every form over HTTP, through the API Gateway handler.
@ExtendWith(StipendExtension.class)
class FormsOverHttpTest {
  private static final String IDS = "SELECT event_id FROM stipend.usage_logs ORDER BY 1";

  @ParameterizedTest
  @ValueSource(strings = {"native", "cloudevent", "litellm-success", "otlp-traces"})
  void anEventIsTakenAloneInAListAndAmongOthers(String form, Stipend stipend) {
    String body = Forms.text(form);
    String events = form.equals("otlp-traces") ? "2" : "1";
    Answer alone = stipend.api("POST", "/api/usage", body);
    assertThat(alone.status()).as(alone.body()).isEqualTo(200);
    assertThat(alone.text("recorded")).isEqualTo(events);
    Answer list = stipend.api("POST", "/api/usage", "[" + body + "]");
    assertThat(list.text("duplicates")).isEqualTo(events);
    Answer among = stipend.api("POST", "/api/usage", "{\"events\":[{}," + body + "]}");
    assertThat(among.text("duplicates")).isEqualTo(events);
    assertThat(among.body()).contains("\"index\":0,\"eventId\":\"\",\"reason\":\"matches none");
  }

  @ParameterizedTest
  @CsvSource({
    "application/cloudevents+json,%s",
    "application/cloudevents+json; charset=utf-8,%s",
    "application/cloudevents-batch+json,[%s]"
  })
  void cloudEventsComeWithTypesOfTheirOwn(String type, String form, Stipend stipend) {
    Answer answer = post(stipend, "/api/usage", form.formatted(Forms.text("cloudevent")), type);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.text("recorded")).isEqualTo("1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | 400 | events is required",
        "{\"hello\":1} | 400 | hello is not a known field",
        "7 | 400 | A JSON object is expected",
        "nonsense | 400 | The body is not JSON",
        "{\"events\":7} | 400 | events must be a list"
      })
  void whatIsNoUsageIsAProblem(String body, int status, String detail, Stipend stipend) {
    Answer answer = stipend.api("POST", "/api/usage", body);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.text("detail")).contains(detail);
  }

  @Test
  void whereEveryEventIsRejectedTheAnswerIsNoSuccess(Stipend stipend) {
    String wrong = Forms.text("native").replace("\"cost\"", "\"costs\"");
    assertThat(wrong).contains("costs");
    for (String body : new String[] {wrong, "[" + wrong + ",{}]", "{\"events\":[" + wrong + "]}"}) {
      Answer answer = stipend.api("POST", "/api/usage", body);
      assertThat(answer.status()).isEqualTo(422);
      assertThat(answer.header("content-type")).startsWith("application/json");
      assertThat(answer.body())
          .startsWith("{\"recorded\":0,\"duplicates\":0,\"unpriced\":0,\"rejected\":[{\"index\":")
          .contains("costs is not a known field");
    }
    stipend.api("POST", "/api/usage", Forms.text("native"));
    for (String body :
        new String[] {
          "[]", "{\"events\":[]}", Forms.text("native"), "[%s,{}]".formatted(Forms.text("native"))
        }) {
      assertThat(stipend.api("POST", "/api/usage", body).status()).as(body).isEqualTo(200);
    }
  }

  @Test
  void aThousandEventsAreTakenAtOnceAndNoMoreWhateverTheirForm(Stipend stipend) {
    String most = "[" + natives(1000) + "]";
    assertThat(stipend.api("POST", "/api/usage", most).text("recorded")).isEqualTo("1000");
    for (String body :
        new String[] {
          "[" + natives(1001) + "]", "[" + natives(999) + "," + Forms.text("otlp-traces") + "]"
        }) {
      Answer answer = stipend.api("POST", "/api/usage", body);
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.text("detail")).isEqualTo("events must have at most 1000 events");
    }
  }

  @Test
  void aBodyThatIsTooLargeIsToldHowMuchItMayBe(Stipend stipend) {
    String body = "[\"" + "x".repeat(6 * 1024 * 1024) + "\"]";
    for (String path : new String[] {"/api/usage", "/v1/traces"}) {
      Answer answer = stipend.api("POST", path, body);
      assertThat(answer.status()).isEqualTo(413);
      assertThat(answer.text("detail")).contains("6 MB");
    }
  }

  @Test
  void aBodyOfFiveMegabytesIsRefusedByItsContent(Stipend stipend) {
    Answer answer = stipend.api("POST", "/api/usage", "[\"" + "x".repeat(5_000_000) + "\"]");
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.body()).contains("matches none of the known forms").hasSizeLessThan(1000);
  }

  @Test
  void aBodyThatIsNotUtf8IsAProblem(Stipend stipend) {
    byte[] body = {'[', '"', (byte) 0xff, '"', ']'};
    Answer answer = stipend.apiInBytes("/api/usage", body, Map.of());
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text("detail")).isEqualTo("The body is not UTF-8.");
  }

  @Test
  void tracesAreAnsweredAsTheirExportersExpect(Stipend stipend) {
    Answer first = stipend.api("POST", "/v1/traces", Forms.text("otlp-traces"));
    assertThat(first.status()).as(first.body()).isEqualTo(200);
    assertThat(first.body()).isEqualTo("{}");
    assertThat(stipend.api("POST", "/v1/traces", Forms.text("otlp-traces")).body()).isEqualTo("{}");
    assertThat(stipend.database.rows(IDS)).hasSize(2);
    String wrong = Forms.text("otlp-traces").replace("\"180\"", "\"lots\"");
    Answer partial = stipend.api("POST", "/v1/traces", wrong);
    assertThat(partial.status()).isEqualTo(200);
    assertThat(partial.body())
        .startsWith("{\"partialSuccess\":{\"rejectedSpans\":\"1\",\"errorMessage\":\"span ")
        .contains("eee19b7ec3c1b174", "gen_ai.usage.output_tokens must be a whole number");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e300000000", "1e2147483647", "1e-2147483600", "-1e300000000"})
  void aTimeThatCannotBeWrittenOutIsRefusedAtOnce(String time, Stipend stipend) {
    String wrong =
        Forms.text("otlp-traces")
            .replaceAll("\"endTimeUnixNano\": *\"?[0-9]+\"?", "\"endTimeUnixNano\": " + time);

    Answer answer = stipend.api("POST", "/v1/traces", wrong);

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).contains("\"rejectedSpans\"", "endTimeUnixNano must be");
  }

  @Test
  void anExportMayHaveMoreSpansThanOneTransaction(Stipend stipend) {
    String span =
        """
        {"traceId":"t","spanId":"s%d","endTimeUnixNano":"1781524770000000000",
         "attributes":[{"key":"gen_ai.usage.input_tokens","value":{"intValue":"5"}}]}\
        """;
    String spans =
        IntStream.range(0, 2001).mapToObj(span::formatted).collect(Collectors.joining(","));
    String request = "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[" + spans + "]}]}]}";
    assertThat(stipend.api("POST", "/v1/traces", request).body()).isEqualTo("{}");
    assertThat(stipend.database.value("SELECT count(*) FROM stipend.usage_logs")).isEqualTo("2001");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | 200 | ",
        "{\"resourceSpans\":7} | 400 | must be a list",
        "{\"id\":1} | 400 | resourceSpans is required",
        "[] | 400 | object"
      })
  void anEmptyExportIsFineAndAWrongOneAProblem(
      String body, int status, String detail, Stipend stipend) {
    Answer answer = stipend.api("POST", "/v1/traces", body);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.body()).contains(detail == null ? "{}" : detail);
  }

  @ParameterizedTest
  @CsvSource({
    "/api/usage,text/csv",
    "/api/usage,application/x-www-form-urlencoded",
    "/v1/traces,text/plain",
    "/v1/logs,text/plain",
    "/api/budgets,text/csv"
  })
  void aBodyOfAnotherTypeIsToldWhichOneToBe(String path, String type, Stipend stipend) {
    Answer answer = post(stipend, path, Forms.text("native"), type);
    assertThat(answer.status()).isEqualTo(415);
    assertThat(answer.text("detail")).isEqualTo("Send Content-Type: application/json.");
  }

  @Test
  void tracesNeedAKey(Stipend stipend) {
    assertThat(stipend.api("POST", "/v1/traces", "{}", Map.of()).status()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/traces", "/api/usage"})
  void aCompressedBodyIsInflated(String path, Stipend stipend) throws IOException {
    Answer answer =
        stipend.apiInBytes(
            path, gzip(Forms.text("otlp-traces")), Map.of("content-encoding", "gzip"));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(stipend.database.rows(IDS)).hasSize(2);
  }

  @Test
  void whatInflatesTooFarOrNotAtAllOrIsUnknownIsAProblem(Stipend stipend) throws IOException {
    byte[] bomb = gzip("[\"" + "x".repeat(17 * 1024 * 1024) + "\"]");
    assertThat(stipend.apiInBytes("/v1/traces", bomb, Map.of("content-encoding", "gzip")).status())
        .isEqualTo(413);
    Answer plain =
        stipend.apiInBytes(
            "/v1/traces",
            "{}".getBytes(StandardCharsets.UTF_8),
            Map.of("content-encoding", "gzip"));
    assertThat(plain.status()).isEqualTo(400);
    assertThat(plain.text("detail")).contains("not gzip");
    Answer unknown = stipend.apiInBytes("/v1/traces", bomb, Map.of("content-encoding", "br"));
    assertThat(unknown.status()).isEqualTo(415);
  }

  private static Answer post(Stipend stipend, String path, String body, String type) {
    return stipend.api(
        "POST", path, body, Map.of("x-api-key", Stipend.ADMIN_KEY, "content-type", type));
  }

  private static String natives(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> Usage.costing("e" + i, SettableClock.START, "1"))
        .collect(Collectors.joining(","));
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream compressing = new GZIPOutputStream(bytes)) {
      compressing.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }
}
