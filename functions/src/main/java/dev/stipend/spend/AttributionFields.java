package dev.stipend.spend;

import dev.stipend.json.JsonFields;
import java.util.Map;

/// Reads from JSON whom work belongs to.
public final class AttributionFields {
  static final int LONGEST_ID = 200;
  private static final int MOST_TAGS = 32;

  private AttributionFields() {}

  /// Who and what, each empty where nothing is said.
  public static Attribution who(JsonFields fields) {
    return new Attribution(
        id(fields, "userId"),
        id(fields, "agentId"),
        id(fields, "workflowId"),
        id(fields, "teamId"),
        id(fields, "provider"),
        id(fields, "model"));
  }

  /// A label is known to budgets as `key=value`, which must not mean two things.
  public static Map<String, String> tags(JsonFields fields) {
    Map<String, String> tags = fields.texts("tags", MOST_TAGS, LONGEST_ID);
    if (tags.keySet().stream().anyMatch(key -> key.contains("="))) {
      fields.error("tags", "must have names without =");
    }
    return tags;
  }

  static String id(JsonFields fields, String name) {
    return fields.text(name, LONGEST_ID).orElse("");
  }
}
