package dev.stipend.migration;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A migration that would run.
///
/// @param name its version and description
/// @param transactional whether its statements and its row in the history are one transaction
public record PlannedMigration(
    String name, boolean transactional, List<PlannedStatement> statements) {

  /// A statement that would run.
  ///
  /// @param sql exactly as it is sent
  /// @param lock the strongest lock that it takes on a table; empty if none
  /// @param parameter what is sent for its question mark
  /// @param data what is sent after it, for a COPY
  public record PlannedStatement(
      String sql, int line, String lock, Optional<String> parameter, Optional<String> data) {
    private static final String END_OF_DATA = "\\.";

    /// As a script has it, complete in itself.
    public String script() {
      String text =
          parameter
              .map(value -> sql.replace("?", "'" + value.replace("'", "''") + "'"))
              .orElse(sql)
              .strip();
      boolean endsInComment = text.substring(text.lastIndexOf('\n') + 1).contains("--");
      return text
          + (endsInComment ? "\n;" : ";")
          + data.map(lines -> "\n" + lines + END_OF_DATA).orElse("");
    }

    public Map<String, Object> toMap() {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("sql", sql);
      map.put("line", line);
      map.put("lock", lock);
      return map;
    }
  }

  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("migration", name);
    map.put("transactional", transactional);
    map.put("statements", statements.stream().map(PlannedStatement::toMap).toList());
    return map;
  }
}
