package dev.stipend.ingest.record;

import dev.stipend.ingest.ledger.Attribution;
import dev.stipend.platform.json.JsonFields;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;

/// Reads from JSON whom work belongs to.
public final class AttributionFields {
  public static final int LONGEST_ID = 200;
  public static final int MOST_TAGS = 32;

  /// Bytes in UTF-8 of who and what together. They are the key of the rollup, and an index takes a
  /// key of 2,704 bytes; 200 characters each of Latin, Greek or Cyrillic fit.
  static final int MOST_BYTES = 2_400;

  private static final int MOST_BYTES_OF_ONE = 3;

  private AttributionFields() {}

  /// Who and what, each empty where nothing is said.
  public static Attribution who(JsonFields fields) {
    Attribution who =
        new Attribution(
            id(fields, "userId"),
            id(fields, "agentId"),
            id(fields, "workflowId"),
            id(fields, "teamId"),
            id(fields, "provider"),
            id(fields, "model"));
    if (who.length() * MOST_BYTES_OF_ONE > MOST_BYTES) {
      requireFit(fields, who.known());
    }
    return who;
  }

  private static void requireFit(JsonFields fields, Map<String, String> known) {
    int bytes = known.values().stream().mapToInt(AttributionFields::bytes).sum();
    if (bytes > MOST_BYTES) {
      String longest =
          Collections.max(known.entrySet(), Comparator.comparing(each -> bytes(each.getValue())))
              .getKey();
      fields.error(
          longest,
          "is too long: %s have %d bytes in UTF-8 together, and may have %d"
              .formatted(String.join(", ", known.keySet()), bytes, MOST_BYTES));
    }
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /// A label is known to budgets as `key=value`, which must not mean two things.
  public static Map<String, String> tags(JsonFields fields) {
    Map<String, String> tags = fields.texts("tags", MOST_TAGS, LONGEST_ID);
    if (tags.keySet().stream().anyMatch(key -> key.contains("="))) {
      fields.error("tags", "must not have names with =");
    }
    return tags;
  }

  static String id(JsonFields fields, String name) {
    return fields.text(name, LONGEST_ID).orElse("");
  }
}
