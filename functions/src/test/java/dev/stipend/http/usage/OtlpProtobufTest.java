package dev.stipend.http.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stipend.http.ProblemException;
import dev.stipend.ingest.format.Intake;
import dev.stipend.platform.json.ExactJson;
import dev.stipend.support.Forms;
import dev.stipend.support.OtlpMessages;
import dev.stipend.support.Payloads;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Protocol buffers are read as what the same is in JSON.
final class OtlpProtobufTest {
  private static List<?> events(Map<?, ?> request) {
    Intake intake = Intake.of(List.of(request));
    assertThat(intake.refusals()).isEmpty();
    return intake.events().stream().map(Intake.Event::json).toList();
  }

  private static Map<?, ?> json(String body) {
    return (Map<?, ?>) Objects.requireNonNull(ExactJson.parse(body));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"claude-code-2.1.332-logs", "codex-0.171.0-logs", "gemini-cli-0.61.0-logs"})
  void recordsBecomeTheSameEventsInBothEncodings(String payload) {
    int found = 0;
    for (String body : Payloads.of(payload)) {
      List<?> events = events(OtlpProtobuf.logs(OtlpMessages.logs(body)));
      assertThat(events).isEqualTo(events(json(body)));
      found += events.size();
    }
    assertThat(found).isEqualTo(1);
  }

  @Test
  void spansBecomeTheSameEventsInBothEncodings() {
    String body = Forms.text("otlp-traces");
    List<?> events = events(OtlpProtobuf.traces(OtlpMessages.traces(body)));
    assertThat(events).hasSize(2).isEqualTo(events(json(body)));
  }

  @Test
  void everyKindOfValueIsReadAsInJson() {
    KeyValue nested = KeyValue.newBuilder().setKey("k").setValue(whole(0)).build();
    AnyValue list =
        AnyValue.newBuilder()
            .setArrayValue(
                ArrayValue.newBuilder()
                    .addValues(AnyValue.newBuilder().setDoubleValue(1.5e-7))
                    .addValues(AnyValue.newBuilder().setDoubleValue(Double.NEGATIVE_INFINITY))
                    .addValues(AnyValue.newBuilder().setBoolValue(false))
                    .addValues(AnyValue.getDefaultInstance()))
            .build();
    LogRecord log =
        LogRecord.newBuilder()
            .setTimeUnixNano(-1)
            .setFlags(-1)
            .setSeverityNumberValue(9)
            .setBody(
                AnyValue.newBuilder().setKvlistValue(KeyValueList.newBuilder().addValues(nested)))
            .addAttributes(KeyValue.newBuilder().setKey("list").setValue(list))
            .addAttributes(KeyValue.newBuilder().setKey("least").setValue(whole(Long.MIN_VALUE)))
            .build();
    byte[] request =
        ExportLogsServiceRequest.newBuilder()
            .addResourceLogs(
                ResourceLogs.newBuilder().addScopeLogs(ScopeLogs.newBuilder().addLogRecords(log)))
            .build()
            .toByteArray();
    assertThat(OtlpProtobuf.logs(request))
        .isEqualTo(
            json(
                """
                {"resourceLogs":[{"scopeLogs":[{"logRecords":[{
                  "timeUnixNano":18446744073709551615,"flags":4294967295,"severityNumber":9,
                  "body":{"kvlistValue":{"values":[{"key":"k","value":{"intValue":0}}]}},
                  "attributes":[
                    {"key":"list","value":{"arrayValue":{"values":[
                      {"doubleValue":1.5E-7},{"doubleValue":"-Infinity"},{"boolValue":false},{}]}}},
                    {"key":"least","value":{"intValue":-9223372036854775808}}]}]}]}]}
                """));
  }

  private static AnyValue whole(long number) {
    return AnyValue.newBuilder().setIntValue(number).build();
  }

  @Test
  void nothingIsAnEmptyExport() {
    assertThat(OtlpProtobuf.logs(new byte[0])).isEmpty();
    assertThat(OtlpProtobuf.traces(new byte[0])).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"resourceLogs\":[]}", "nonsense", "\n\u0007x", "\u000b"})
  void whatIsNoMessageIsAProblemThatTellsWhatToSend(String body) {
    byte[] bytes = body.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    assertThatThrownBy(() -> OtlpProtobuf.logs(bytes))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("The body is no ExportLogsServiceRequest in protocol buffers")
        .hasMessageContaining("http/protobuf");
  }

  @Test
  void nestingWithoutEndIsAProblem() {
    AnyValue value = whole(1);
    for (int i = 0; i < 60; i++) {
      value = AnyValue.newBuilder().setArrayValue(ArrayValue.newBuilder().addValues(value)).build();
    }
    byte[] request =
        ExportLogsServiceRequest.newBuilder()
            .addResourceLogs(
                ResourceLogs.newBuilder()
                    .addScopeLogs(
                        ScopeLogs.newBuilder()
                            .addLogRecords(LogRecord.newBuilder().setBody(value))))
            .build()
            .toByteArray();
    assertThatThrownBy(() -> OtlpProtobuf.logs(request)).isInstanceOf(ProblemException.class);
  }
}
