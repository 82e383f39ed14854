package dev.stipend.http.usage;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnknownFieldSet.Field;
import dev.stipend.http.ProblemException;
import dev.stipend.http.ProblemKind;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsPartialSuccess;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// OTLP in protocol buffers: requests become what OTLP/JSON is read as, so that one reader serves
/// both. Only this class knows the library, which is loaded when the first such request comes.
final class OtlpProtobuf {
  private static final Set<String> IDS = Set.of("traceId", "spanId", "parentSpanId");
  private static final Set<String> UNSIGNED_TYPES =
      Set.of("UINT32", "UINT64", "FIXED32", "FIXED64");
  private static final Set<String> FRACTIONS = Set.of("DOUBLE", "FLOAT");
  private static final long UNSIGNED = 0xffffffffL;
  private static final int STATUS_CODE = 1;
  private static final int STATUS_MESSAGE = 2;

  private OtlpProtobuf() {}

  /// An export of traces.
  ///
  /// @throws ProblemException if the bytes are none
  static Map<String, @Nullable Object> traces(byte[] body) {
    return parsed(ExportTraceServiceRequest.parser(), body, "ExportTraceServiceRequest");
  }

  /// An export of log records.
  ///
  /// @throws ProblemException if the bytes are none
  static Map<String, @Nullable Object> logs(byte[] body) {
    return parsed(ExportLogsServiceRequest.parser(), body, "ExportLogsServiceRequest");
  }

  /// The answer to an export of traces of which all is taken.
  static byte[] tracesTaken() {
    return ExportTraceServiceResponse.getDefaultInstance().toByteArray();
  }

  /// The answer to an export of traces of which some is rejected.
  static byte[] tracesTaken(int rejected, String why) {
    return ExportTraceServiceResponse.newBuilder()
        .setPartialSuccess(
            ExportTracePartialSuccess.newBuilder().setRejectedSpans(rejected).setErrorMessage(why))
        .build()
        .toByteArray();
  }

  /// The answer to an export of log records of which all is taken.
  static byte[] logsTaken() {
    return ExportLogsServiceResponse.getDefaultInstance().toByteArray();
  }

  /// The answer to an export of log records of which some is rejected.
  static byte[] logsTaken(int rejected, String why) {
    return ExportLogsServiceResponse.newBuilder()
        .setPartialSuccess(
            ExportLogsPartialSuccess.newBuilder()
                .setRejectedLogRecords(rejected)
                .setErrorMessage(why))
        .build()
        .toByteArray();
  }

  /// A `google.rpc.Status`, which is what exporters expect where something is wrong.
  ///
  /// @param code as gRPC numbers them
  static byte[] status(int code, String message) {
    return UnknownFieldSet.newBuilder()
        .addField(STATUS_CODE, Field.newBuilder().addVarint(code).build())
        .addField(
            STATUS_MESSAGE,
            Field.newBuilder().addLengthDelimited(ByteString.copyFromUtf8(message)).build())
        .build()
        .toByteArray();
  }

  private static Map<String, @Nullable Object> parsed(
      Parser<? extends Message> parser, byte[] body, String name) {
    try {
      return json(parser.parseFrom(body));
    } catch (IOException malformed) {
      throw new ProblemException(
          ProblemKind.INVALID_REQUEST,
          "The body is no %s in protocol buffers (%s). Send what an exporter with http/protobuf"
              .concat(" writes, or JSON with Content-Type: application/json.")
              .formatted(name, malformed.getMessage()));
    }
  }

  /// Messages may be nested as deep as the library reads them, which is 100.
  private static Map<String, @Nullable Object> json(Message message) {
    Map<FieldDescriptor, Object> fields = message.getAllFields();
    if (fields.isEmpty()) {
      // Many may stand where nothing takes two bytes.
      return Map.of();
    }
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    fields.forEach(
        (field, value) ->
            json.put(
                field.getJsonName(),
                value instanceof List<?> list ? list(field, list) : json(field, value)));
    return json;
  }

  private static List<Object> list(FieldDescriptor field, List<?> values) {
    List<Object> list = new ArrayList<>(values.size());
    values.forEach(value -> list.add(json(field, value)));
    return list;
  }

  private static Object json(FieldDescriptor field, Object value) {
    return switch (value) {
      case Message message -> json(message);
      case ByteString bytes when IDS.contains(field.getJsonName()) ->
          HexFormat.of().formatHex(bytes.toByteArray());
      case ByteString bytes -> Base64.getEncoder().encodeToString(bytes.toByteArray());
      case EnumValueDescriptor constant -> BigDecimal.valueOf(constant.getNumber());
      case Integer number when isUnsigned(field) -> BigDecimal.valueOf(number & UNSIGNED);
      case Integer number -> BigDecimal.valueOf(number);
      case Long number when isUnsigned(field) -> new BigDecimal(Long.toUnsignedString(number));
      case Long number -> BigDecimal.valueOf(number);
      default -> isFraction(field) ? fraction(value.toString()) : value;
    };
  }

  /// By names: a switch over the library's constants would load them with this class.
  private static boolean isUnsigned(FieldDescriptor field) {
    return UNSIGNED_TYPES.contains(field.getType().name());
  }

  private static boolean isFraction(FieldDescriptor field) {
    return FRACTIONS.contains(field.getType().name());
  }

  /// JSON has no number for infinity, and the mapping of protocol buffers writes its name.
  private static Object fraction(String number) {
    return Character.isLetter(number.charAt(number.length() - 1)) ? number : new BigDecimal(number);
  }
}
