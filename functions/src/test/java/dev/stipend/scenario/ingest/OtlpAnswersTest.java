package dev.stipend.scenario.ingest;

import static dev.stipend.scenario.ingest.OtlpClient.PROTOBUF;
import static dev.stipend.scenario.ingest.OtlpClient.bytes;
import static dev.stipend.scenario.ingest.OtlpClient.gzip;
import static dev.stipend.scenario.ingest.OtlpClient.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.Forms;
import dev.stipend.support.OtlpMessages;
import dev.stipend.support.Payloads;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.http.Requests.Answer;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What exporters are answered when not all is well.
@ExtendWith(StipendExtension.class)
class OtlpAnswersTest {
  private static final String CLAUDE = "claude-code-2.1.332-logs";
  private static final int MEGABYTE = 1024 * 1024;

  @Test
  void whatIsRejectedIsToldInTheEncodingOfTheRequest(Stipend stipend) throws IOException {
    String traces = Forms.text("otlp-traces").replace("\"180\"", "\"-180\"");
    ExportTraceServiceResponse partial =
        ExportTraceServiceResponse.parseFrom(
            bytes(send(stipend, "/v1/traces", OtlpMessages.traces(traces), false)));
    assertThat(partial.getPartialSuccess().getRejectedSpans()).isEqualTo(1);
    assertThat(partial.getPartialSuccess().getErrorMessage())
        .startsWith("span \"5b8efff798038103d269b633813fc60c-eee19b7ec3c1b174\": ")
        .contains("gen_ai.usage.output_tokens must be");
    String logs = Payloads.of(CLAUDE).get(2).replace("\"intValue\":50}", "\"intValue\":-50}");
    ExportLogsServiceResponse some =
        ExportLogsServiceResponse.parseFrom(
            bytes(send(stipend, "/v1/logs", OtlpMessages.logs(logs), true)));
    assertThat(some.getPartialSuccess().getRejectedLogRecords()).isEqualTo(1);
    assertThat(some.getPartialSuccess().getErrorMessage())
        .startsWith("log record \"claude-code-47202526")
        .contains("output_tokens must be");
    Answer json = stipend.api("POST", "/v1/logs", logs);
    assertThat(json.status()).isEqualTo(200);
    assertThat(json.body())
        .startsWith(
            "{\"partialSuccess\":{\"rejectedLogRecords\":\"1\",\"errorMessage\":\"log record ");
    assertThat(stipend.database.value("SELECT count(*) FROM stipend.usage_logs")).isEqualTo("1");
  }

  @ParameterizedTest
  @CsvSource({"/v1/traces,ExportTraceServiceRequest", "/v1/logs,ExportLogsServiceRequest"})
  void rubbishIsAProblemInTheEncodingOfTheRequest(String path, String name, Stipend stipend)
      throws IOException {
    byte[] rubbish = "{\"resourceLogs\":[]}".getBytes(StandardCharsets.UTF_8);
    Answer answer = send(stipend, path, rubbish, false);
    assertThat(answer.status()).isEqualTo(400);
    // A google.rpc.Status: field 1 is the code 3, field 2 the message.
    byte[] status = bytes(answer);
    assertThat(status).startsWith(8, 3, 18);
    assertThat(new String(status, StandardCharsets.UTF_8))
        .contains("The body is no " + name + " in protocol buffers", "Content-Type");
    Answer json = stipend.api("POST", path, "\n\u0003x");
    assertThat(json.status()).isEqualTo(400);
    assertThat(json.header("content-type")).startsWith("application/problem+json");
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/traces,application/x-protobuf", "/v1/logs,application/x-protobuf; charset=x",
    "/v1/traces,application/json", "/v1/logs,application/json"
  })
  void aBombIsNotInflated(String path, String type, Stipend stipend) throws IOException {
    byte[] bomb = gzip(new byte[100 * MEGABYTE]);
    assertThat(bomb.length).isLessThan(MEGABYTE);
    Answer answer =
        stipend.apiInBytes(path, bomb, Map.of("content-encoding", "gzip", "content-type", type));
    assertThat(answer.status()).isEqualTo(413);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/traces", "/v1/logs"})
  void anEmptyExportIsFine(String path, Stipend stipend) throws IOException {
    Answer protobuf =
        stipend.api(
            "POST", path, "", Map.of("x-api-key", Stipend.ADMIN_KEY, "content-type", PROTOBUF));
    assertThat(protobuf.status()).as(protobuf.body()).isEqualTo(200);
    assertThat(bytes(protobuf)).isEmpty();
    assertThat(bytes(send(stipend, path, new byte[0], true))).isEmpty();
    for (String body : List.of("", "{}")) {
      Answer json = stipend.api("POST", path, body);
      assertThat(json.status()).as(json.body()).isEqualTo(200);
      assertThat(json.body()).isEqualTo("{}");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"resourceLogs\":7} | must be a list",
        "{\"resourceSpans\":[]} | resourceLogs is required",
        "[] | object"
      })
  void whatIsNoExportOfLogsIsAProblem(String body, String detail, Stipend stipend) {
    Answer answer = stipend.api("POST", "/v1/logs", body);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains(detail);
  }
}
