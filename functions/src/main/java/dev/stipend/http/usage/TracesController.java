package dev.stipend.http.usage;

import dev.stipend.http.ApiRequest;
import dev.stipend.http.ProblemException;
import dev.stipend.http.ProblemKind;
import dev.stipend.ingest.format.Intake;
import dev.stipend.ingest.record.Rejection;
import dev.stipend.ingest.record.UsageSender;
import dev.stipend.platform.json.JsonFields;
import dev.stipend.usecase.RecordUsage;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.serde.annotation.Serdeable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Takes traces as OpenTelemetry's exporters send them over HTTP in JSON, and records the usage
/// that their spans tell.
@Controller("/v1/traces")
class TracesController {
  /// Events of one transaction; an exporter may send more spans at once.
  private static final int MOST_AT_ONCE = 1000;

  /// Named so that those who send it are told what to do.
  private static final String BINARY = "application/x-protobuf";

  private static final int MOST_REASONS = 5;

  private final RecordUsage recorder;

  TracesController(RecordUsage recorder) {
    this.recorder = recorder;
  }

  /// OTLP's `ExportTraceServiceResponse`.
  @Serdeable
  record Exported(Optional<PartialSuccess> partialSuccess) {}

  /// @param rejectedSpans a 64-bit number, which the JSON of protocol buffers writes as a text
  @Serdeable
  record PartialSuccess(String rejectedSpans, String errorMessage) {}

  /// Records the usage that OpenTelemetry traces tell, as OTLP exporters send them in JSON.
  @Post(consumes = {MediaType.APPLICATION_JSON, BINARY})
  Exported export(ApiRequest request) {
    if (request.header(HttpHeaders.CONTENT_TYPE).filter(BINARY::equals).isPresent()) {
      throw new ProblemException(
          ProblemKind.UNSUPPORTED_MEDIA_TYPE,
          "Traces are accepted as JSON: set OTEL_EXPORTER_OTLP_TRACES_PROTOCOL=http/json, or in a"
              + " Collector the otlphttp exporter's encoding to json.");
    }
    Object json = request.json();
    JsonFields fields = JsonFields.of(json);
    boolean empty = json instanceof Map<?, ?> map && map.isEmpty();
    if (!empty) {
      fields.require("resourceSpans");
      fields.list("resourceSpans");
    }
    fields.check();
    List<Rejection> rejected = new ArrayList<>();
    Intake intake = Intake.of(empty ? List.of() : Collections.singletonList(json));
    for (Intake part : intake.parts(MOST_AT_ONCE)) {
      rejected.addAll(
          recorder
              .record(request.workspace(), part, UsageSender.of(request.caller()), request.now())
              .rejected());
    }
    return new Exported(rejected.isEmpty() ? Optional.empty() : Optional.of(partial(rejected)));
  }

  private static PartialSuccess partial(List<Rejection> rejected) {
    return new PartialSuccess(
        Integer.toString(rejected.size()),
        rejected.stream()
            .limit(MOST_REASONS)
            .map(each -> "span \"" + each.eventId() + "\": " + each.reason())
            .collect(Collectors.joining("; ")));
  }
}
