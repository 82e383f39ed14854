package dev.stipend.http.usage;

import dev.stipend.http.ApiRequest;
import dev.stipend.ingest.format.Intake;
import dev.stipend.ingest.record.Rejection;
import dev.stipend.ingest.record.UsageSender;
import dev.stipend.platform.json.JsonFields;
import dev.stipend.usecase.RecordUsage;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Records what OpenTelemetry's exporters send over HTTP, in JSON or protocol buffers, and answers
/// as it was asked.
@Singleton
class OtlpExports {
  /// How exporters name protocol buffers.
  static final String PROTOBUF = "application/x-protobuf";

  /// Events of one transaction; an exporter may send more at once.
  private static final int MOST_AT_ONCE = 1000;

  private static final int MOST_REASONS = 5;

  private final RecordUsage recorder;

  OtlpExports(RecordUsage recorder) {
    this.recorder = recorder;
  }

  /// What was rejected of an export.
  ///
  /// @param count how much
  /// @param why the first reasons
  record Rejected(int count, String why) {}

  static boolean isProtobuf(ApiRequest request) {
    return isProtobuf(request.header(HttpHeaders.CONTENT_TYPE));
  }

  static boolean isProtobuf(HttpRequest<?> request) {
    return isProtobuf(Optional.ofNullable(request.getHeaders().get(HttpHeaders.CONTENT_TYPE)));
  }

  private static boolean isProtobuf(Optional<String> contentType) {
    return contentType
        .map(type -> type.split(";", 2)[0].strip())
        .filter(PROTOBUF::equalsIgnoreCase)
        .isPresent();
  }

  /// Records an export.
  ///
  /// @param field what an export of this signal holds
  /// @param protobuf reads one in protocol buffers
  /// @param element what one of its elements is called
  Optional<Rejected> record(
      ApiRequest request, String field, Function<byte[], Map<?, ?>> protobuf, String element) {
    Map<?, ?> export = export(request, field, protobuf);
    List<Rejection> rejected = new ArrayList<>();
    Intake intake = Intake.of(export.isEmpty() ? List.of() : List.of(export));
    for (Intake part : intake.parts(MOST_AT_ONCE)) {
      rejected.addAll(
          recorder
              .record(request.workspace(), part, UsageSender.of(request.caller()), request.now())
              .rejected());
    }
    return rejected.isEmpty()
        ? Optional.empty()
        : Optional.of(new Rejected(rejected.size(), reasons(rejected, element)));
  }

  private static Map<?, ?> export(
      ApiRequest request, String field, Function<byte[], Map<?, ?>> protobuf) {
    if (isProtobuf(request)) {
      return protobuf.apply(request.bytes());
    }
    Object json = request.json();
    JsonFields fields = JsonFields.of(json);
    if (!(json instanceof Map<?, ?> export) || export.isEmpty()) {
      return Map.of();
    }
    fields.require(field);
    fields.list(field);
    fields.check();
    return export;
  }

  private static String reasons(List<Rejection> rejected, String element) {
    return rejected.stream()
        .limit(MOST_REASONS)
        .map(each -> element + " \"" + each.eventId() + "\": " + each.reason())
        .collect(Collectors.joining("; "));
  }

  /// An answer in protocol buffers.
  static MutableHttpResponse<?> protobuf(byte[] message) {
    return HttpResponse.ok(message).contentType(PROTOBUF);
  }
}
