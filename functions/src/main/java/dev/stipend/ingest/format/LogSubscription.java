package dev.stipend.ingest.format;

import dev.stipend.platform.json.ExactJson;
import dev.stipend.platform.json.InvalidJsonException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// What a subscription to a group of CloudWatch Logs delivers: `awslogs.data`, in base64 and gzip,
/// or what is in it. Each `message` of its `logEvents` is usage in any other form. Messages by
/// which CloudWatch only tries the way out hold none.
final class LogSubscription {
  private static final int MOST_BYTES = 16 * 1024 * 1024;

  private LogSubscription() {}

  static List<Reading> read(Map<?, ?> fields) {
    try {
      return readings(fields.containsKey("awslogs") ? inflated(fields) : fields);
    } catch (InvalidJsonException wrong) {
      return List.of(new Reading.Refused("", wrong.summary()));
    }
  }

  private static List<Reading> readings(Map<?, ?> delivery) {
    if ("CONTROL_MESSAGE".equals(delivery.get("messageType"))) {
      return List.of();
    }
    if (!(delivery.get("logEvents") instanceof List<?> events)) {
      throw new InvalidJsonException("logEvents", "must be a list");
    }
    List<Reading> readings = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      readings.addAll(one("logEvents[%d].message".formatted(i), events.get(i)));
    }
    return readings;
  }

  private static List<Reading> one(String name, @Nullable Object event) {
    if (!(event instanceof Map<?, ?> fields && fields.get("message") instanceof String text)) {
      return List.of(new Reading.Refused("", name + " must be a string"));
    }
    try {
      Object message = ExactJson.parse(text);
      return switch (Form.of(message)) {
        case UNKNOWN, CLOUDWATCH_LOGS -> List.of(new Reading.Refused("", name + " " + Form.KNOWN));
        default -> Reading.of(message);
      };
    } catch (InvalidJsonException noJson) {
      return List.of(new Reading.Refused("", name + ": " + noJson.summary()));
    }
  }

  private static Map<?, ?> inflated(Map<?, ?> fields) {
    if (!(fields.get("awslogs") instanceof Map<?, ?> logs
        && logs.get("data") instanceof String data)) {
      throw new InvalidJsonException("awslogs.data", "must be a string");
    }
    try (InputStream in =
        new GZIPInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(data)))) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new InvalidJsonException("awslogs.data", "is more than 16 MB when inflated");
      }
      // A decoder of its own refuses what is no UTF-8; a charset would replace it.
      Reader reader =
          new InputStreamReader(
              new ByteArrayInputStream(bytes), StandardCharsets.UTF_8.newDecoder());
      if (ExactJson.parse(reader.readAllAsString()) instanceof Map<?, ?> delivery) {
        return delivery;
      }
      throw new InvalidJsonException("awslogs.data", "must hold an object");
    } catch (IllegalArgumentException noBase64) {
      throw noBase64 instanceof InvalidJsonException wrong
          ? wrong
          : new InvalidJsonException("awslogs.data", "must be base64");
    } catch (IOException unreadable) {
      throw new InvalidJsonException("awslogs.data", "must be JSON in UTF-8, compressed with gzip");
    }
  }
}
