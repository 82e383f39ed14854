package dev.stipend.ingest.objects;

import dev.stipend.platform.json.ExactJson;
import dev.stipend.platform.json.InvalidJsonException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A message that tells of new objects.
///
/// @param objects which; none if it tells only of other things
public record ObjectNotice(List<NewObject> objects) {
  /// Reads a message of S3, by itself or through SNS, or of EventBridge.
  ///
  /// @param message a value as {@link ExactJson} reads it
  /// @return nothing if it is another message
  /// @throws InvalidJsonException if it is such a message, and does not say which object
  public static Optional<ObjectNotice> of(@Nullable Object message) {
    if (!(message instanceof Map<?, ?> fields)) {
      return Optional.empty();
    }
    return "Notification".equals(fields.get("Type")) && fields.get("Message") instanceof String text
        ? inside(text)
        : direct(fields);
  }

  /// What SNS passes on, where that is such a message.
  private static Optional<ObjectNotice> inside(String text) {
    Object message;
    try {
      message = ExactJson.parse(text);
    } catch (InvalidJsonException another) {
      return Optional.empty();
    }
    return message instanceof Map<?, ?> fields ? direct(fields) : Optional.empty();
  }

  private static Optional<ObjectNotice> direct(Map<?, ?> fields) {
    if ("s3:TestEvent".equals(fields.get("Event"))) {
      return Optional.of(new ObjectNotice(List.of()));
    }
    if ("aws.s3".equals(fields.get("source")) && fields.containsKey("detail-type")) {
      return Optional.of(
          new ObjectNotice(
              "Object Created".equals(fields.get("detail-type"))
                  ? List.of(object("detail.", fields.get("detail"), false))
                  : List.of()));
    }
    return fields.get("Records") instanceof List<?> records
            && !records.isEmpty()
            && records.stream().allMatch(ObjectNotice::isOfS3)
        ? Optional.of(new ObjectNotice(created(records)))
        : Optional.empty();
  }

  private static boolean isOfS3(@Nullable Object record) {
    return record instanceof Map<?, ?> fields && "aws:s3".equals(fields.get("eventSource"));
  }

  private static List<NewObject> created(List<?> records) {
    List<NewObject> objects = new ArrayList<>();
    for (int i = 0; i < records.size(); i++) {
      if (records.get(i) instanceof Map<?, ?> record
          && record.get("eventName") instanceof String name
          && name.startsWith("ObjectCreated:")) {
        objects.add(object("Records[%d].s3.".formatted(i), record.get("s3"), true));
      }
    }
    return objects;
  }

  /// @param encoded whether the key is written as in a form of HTML; that of EventBridge is not
  private static NewObject object(String path, @Nullable Object place, boolean encoded) {
    if (!(place instanceof Map<?, ?> fields
        && fields.get("bucket") instanceof Map<?, ?> bucket
        && bucket.get("name") instanceof String name
        && fields.get("object") instanceof Map<?, ?> object
        && object.get("key") instanceof String key)) {
      throw new InvalidJsonException(
          path + "object.key", "and the name of its bucket are required");
    }
    try {
      return new NewObject(name, encoded ? URLDecoder.decode(key, StandardCharsets.UTF_8) : key);
    } catch (IllegalArgumentException noEncoding) {
      throw new InvalidJsonException(path + "object.key", "must be encoded as in a URL");
    }
  }
}
