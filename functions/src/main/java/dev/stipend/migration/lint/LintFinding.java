package dev.stipend.migration.lint;

import java.util.LinkedHashMap;
import java.util.Map;

/// A statement that may hurt.
///
/// @param rule its name, as `-- lint:ignore RULE reason` takes it
/// @param error whether it keeps the migration from running
/// @param line of the file
/// @param message what it would do, and what to write instead
public record LintFinding(String file, int line, String rule, boolean error, String message) {
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("file", file);
    map.put("line", line);
    map.put("rule", rule);
    map.put("severity", error ? "error" : "warning");
    map.put("message", message);
    return map;
  }

  /// As one line for people.
  public String sentence() {
    return "%s:%d %s: %s".formatted(file, line, rule, message);
  }
}
