package dev.stipend.support;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.stipend.platform.json.ExactJson;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// OTLP requests in protocol buffers, as exporters write them.
public final class OtlpMessages {
  private OtlpMessages() {}

  /// The same as an `ExportLogsServiceRequest` in JSON.
  public static byte[] logs(String json) {
    return message(ExportLogsServiceRequest.newBuilder(), json);
  }

  /// The same as an `ExportTraceServiceRequest` in JSON.
  public static byte[] traces(String json) {
    return message(ExportTraceServiceRequest.newBuilder(), json);
  }

  private static byte[] message(Message.Builder builder, String json) {
    fill(builder, (Map<?, ?>) Objects.requireNonNull(ExactJson.parse(json)));
    return builder.build().toByteArray();
  }

  private static Message fill(Message.Builder builder, Map<?, ?> fields) {
    for (FieldDescriptor field : builder.getDescriptorForType().getFields()) {
      Object value = fields.get(field.getJsonName());
      if (value instanceof List<?> list) {
        list.forEach(each -> builder.addRepeatedField(field, value(builder, field, each)));
      } else if (value != null) {
        builder.setField(field, value(builder, field, value));
      }
    }
    return builder.build();
  }

  private static Object value(
      Message.Builder builder, FieldDescriptor field, @Nullable Object value) {
    return switch (field.getType()) {
      case MESSAGE ->
          fill(builder.newBuilderForField(field), (Map<?, ?>) Objects.requireNonNull(value));
      case BYTES -> ByteString.copyFrom(HexFormat.of().parseHex(text(value)));
      case ENUM -> field.getEnumType().findValueByNumber(new BigDecimal(text(value)).intValue());
      case BOOL -> Boolean.valueOf(text(value));
      case DOUBLE -> Double.valueOf(text(value));
      case UINT32, FIXED32, INT32 -> new BigDecimal(text(value)).intValue();
      case INT64, FIXED64, UINT64 -> new BigDecimal(text(value)).longValue();
      default -> text(value);
    };
  }

  private static String text(@Nullable Object value) {
    return String.valueOf(value);
  }
}
