package dev.stipend.ingest.format;

import dev.stipend.platform.json.ExactJson;
import dev.stipend.platform.json.InvalidJsonException;
import dev.stipend.platform.json.PrintableText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A CloudEvents 1.0 envelope in JSON. Its `data` is usage in any other form, also as
/// `data_base64`.
///
/// - **Id.** `source`, a space, and `id`: a source is a URI, which holds no space, so that the ids
///   of two sources never meet. It takes the place of any id in the data. Events beyond the first
///   of an envelope have their place added. What is told of an object that outlives a call has the
///   object's own id in the place of the envelope's.
/// - **Time.** That of the data, else `time`.
final class CloudEvent {
  private static final String VERSION = "1.0";

  private final Map<?, ?> envelope;

  private CloudEvent(Map<?, ?> envelope) {
    this.envelope = envelope;
  }

  static List<Reading> read(Map<?, ?> envelope) {
    try {
      return new CloudEvent(envelope).events();
    } catch (InvalidJsonException wrong) {
      String id = envelope.get("id") instanceof String text ? SafeText.name(text) : "";
      return List.of(new Reading.Refused(id, wrong.summary()));
    }
  }

  private List<Reading> events() {
    if (!VERSION.equals(envelope.get("specversion"))) {
      throw new InvalidJsonException("specversion", "must be \"1.0\"");
    }
    String source = text("source");
    String id = text("id");
    if (source.contains(" ")) {
      throw new InvalidJsonException("source", "must be a URI, which has no spaces");
    }
    String key = source + " " + id;
    List<Reading> readings = new ArrayList<>();
    for (Reading each : data()) {
      String place = readings.isEmpty() ? "" : " " + readings.size();
      readings.add(identified(SafeText.id(objectOf(each, source).orElse(key + place)), each));
    }
    return readings;
  }

  /// What is told again and again of an object has an id of its own each time; the object's counts.
  private static Optional<String> objectOf(Reading reading, String source) {
    return reading instanceof Reading.Usable usable
            && usable.json() instanceof Map<?, ?> data
            && data.get("object") instanceof String
            && data.get("eventId") instanceof String id
        ? Optional.of(source + " " + id)
        : Optional.empty();
  }

  private String text(String name) {
    Object value = envelope.get(name);
    if (value == null) {
      throw new InvalidJsonException(name, "is required");
    }
    if (!(value instanceof String text) || PrintableText.isInvisible(text)) {
      throw new InvalidJsonException(name, "must be a string that is not empty");
    }
    return text;
  }

  private List<Reading> data() {
    Object encoded = envelope.get("data_base64");
    Object data = envelope.get("data");
    if (encoded == null && data == null) {
      throw new InvalidJsonException("data", "is required");
    }
    if (encoded != null && data != null) {
      throw new InvalidJsonException("data_base64", "must not be given together with data");
    }
    return encoded == null ? readings("data", data) : readings("data_base64", decoded(encoded));
  }

  private static @Nullable Object decoded(Object encoded) {
    if (!(encoded instanceof String text)) {
      throw new InvalidJsonException("data_base64", "must be a string");
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(text);
      // A decoder of its own refuses what is no UTF-8; a charset would replace it.
      Reader reader =
          new InputStreamReader(
              new ByteArrayInputStream(bytes), StandardCharsets.UTF_8.newDecoder());
      return ExactJson.parse(reader.readAllAsString());
    } catch (InvalidJsonException noJson) {
      throw new InvalidJsonException("data_base64", "has invalid content: " + noJson.summary());
    } catch (IllegalArgumentException noBase64) {
      throw new InvalidJsonException("data_base64", "must be base64");
    } catch (IOException noText) {
      throw new InvalidJsonException("data_base64", "must be JSON in UTF-8");
    }
  }

  private static List<Reading> readings(String name, @Nullable Object data) {
    if (data instanceof List<?> list) {
      List<Reading> all = new ArrayList<>();
      for (int i = 0; i < list.size(); i++) {
        all.addAll(one(name + "[" + i + "]", list.get(i)));
      }
      return all;
    }
    return one(name, data);
  }

  private static List<Reading> one(String name, @Nullable Object data) {
    return switch (Form.of(data)) {
      case CLOUD_EVENT ->
          throw new InvalidJsonException(name, "must not be a CloudEvent in a CloudEvent");
      case LITELLM, LITELLM_ENCRYPTED, OTLP, OTLP_LOGS, BEDROCK, CLOUDWATCH_LOGS ->
          Reading.of(data);
      case NATIVE, UNKNOWN ->
          // Without its id and time a native event may have no field left that identifies its
          // format.
          data instanceof Map<?, ?>
              ? List.of(new Reading.Usable(data, new FieldNames(name + ".", Map.of())))
              : List.of(new Reading.Refused("", name + " " + Form.KNOWN));
    };
  }

  private Reading identified(String id, Reading reading) {
    if (!(reading instanceof Reading.Usable usable && usable.json() instanceof Map<?, ?> data)) {
      return reading instanceof Reading.Refused refused
          ? new Reading.Refused(id, refused.reason())
          : reading;
    }
    Map<String, @Nullable Object> event = new LinkedHashMap<>();
    data.forEach((name, value) -> event.put(name.toString(), value));
    Map<String, String> names = new HashMap<>(usable.names().names());
    event.put("eventId", id);
    names.put("eventId", "id");
    if (event.get("occurredAt") == null) {
      event.put("occurredAt", envelope.get("time"));
      names.put("occurredAt", "time");
    }
    return new Reading.Usable(
        event,
        new FieldNames(usable.names().prefix(), Map.copyOf(names)),
        usable.origin().withoutOtherIds(),
        usable.unknown());
  }
}
