package dev.stipend.http.usage;

import dev.stipend.http.ApiRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.serde.annotation.Serdeable;
import java.util.Optional;

/// Takes traces as OpenTelemetry's exporters send them over HTTP, and records the usage that their
/// spans tell.
@Controller("/v1/traces")
class TracesController {
  private final OtlpExports exports;

  TracesController(OtlpExports exports) {
    this.exports = exports;
  }

  /// OTLP's `ExportTraceServiceResponse`.
  @Serdeable
  record Exported(Optional<PartialSuccess> partialSuccess) {}

  /// @param rejectedSpans a 64-bit number, which the JSON of protocol buffers writes as a text
  @Serdeable
  record PartialSuccess(String rejectedSpans, String errorMessage) {}

  /// Records the usage that OpenTelemetry traces tell, as OTLP exporters send them.
  @Post(
      consumes = {MediaType.APPLICATION_JSON, OtlpExports.PROTOBUF},
      produces = {MediaType.APPLICATION_JSON, OtlpExports.PROTOBUF})
  HttpResponse<?> export(ApiRequest request) {
    Optional<OtlpExports.Rejected> rejected =
        exports.record(request, "resourceSpans", OtlpProtobuf::traces, "span");
    if (OtlpExports.isProtobuf(request)) {
      return OtlpExports.protobuf(
          rejected
              .map(some -> OtlpProtobuf.tracesTaken(some.count(), some.why()))
              .orElseGet(OtlpProtobuf::tracesTaken));
    }
    return HttpResponse.ok(
            new Exported(
                rejected.map(
                    some -> new PartialSuccess(Integer.toString(some.count()), some.why()))))
        .contentType(MediaType.APPLICATION_JSON_TYPE);
  }
}
