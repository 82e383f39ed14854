package dev.stipend.http.usage;

import dev.stipend.http.ApiRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.serde.annotation.Serdeable;
import java.util.Optional;

/// Takes log records as OpenTelemetry's exporters send them over HTTP, and records the usage that
/// those of coding agents and of GenAI instrumentation tell.
@Controller("/v1/logs")
class LogsController {
  private final OtlpExports exports;

  LogsController(OtlpExports exports) {
    this.exports = exports;
  }

  /// OTLP's `ExportLogsServiceResponse`.
  @Serdeable
  record Exported(Optional<PartialSuccess> partialSuccess) {}

  /// @param rejectedLogRecords a 64-bit number, which the JSON of protocol buffers writes as a text
  @Serdeable
  record PartialSuccess(String rejectedLogRecords, String errorMessage) {}

  /// Records the usage that OpenTelemetry log records tell, as OTLP exporters send them.
  @Post(
      consumes = {MediaType.APPLICATION_JSON, OtlpExports.PROTOBUF},
      produces = {MediaType.APPLICATION_JSON, OtlpExports.PROTOBUF})
  HttpResponse<?> export(ApiRequest request) {
    Optional<OtlpExports.Rejected> rejected =
        exports.record(request, "resourceLogs", OtlpProtobuf::logs, "log record");
    if (OtlpExports.isProtobuf(request)) {
      return OtlpExports.protobuf(
          rejected
              .map(some -> OtlpProtobuf.logsTaken(some.count(), some.why()))
              .orElseGet(OtlpProtobuf::logsTaken));
    }
    return HttpResponse.ok(
            new Exported(
                rejected.map(
                    some -> new PartialSuccess(Integer.toString(some.count()), some.why()))))
        .contentType(MediaType.APPLICATION_JSON_TYPE);
  }
}
