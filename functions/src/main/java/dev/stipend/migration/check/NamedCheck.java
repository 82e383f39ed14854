package dev.stipend.migration.check;

import dev.stipend.migration.FailureText;
import dev.stipend.migration.Run;
import dev.stipend.platform.sql.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a pack looks at in its own schema, such as `orphaned conversations`.
///
/// @param ok whether it is as it should be
/// @param detail the figure, or what is wrong
public record NamedCheck(String name, boolean ok, String detail) {
  private static final String ITSELF = "checks";

  /// Makes the checks of a pack; none for a set that is no pack. They only read.
  public static List<NamedCheck> of(Run run) throws SQLException {
    String sql = run.set().pack().flatMap(pack -> pack.checks()).orElse("");
    if (sql.isEmpty()) {
      return List.of();
    }
    Connection connection = run.connection();
    connection.setAutoCommit(false);
    try {
      Query.execute(connection, "SET TRANSACTION READ ONLY");
      run.path().set(connection);
      return Query.rows(connection, sql).stream()
          .map(row -> new NamedCheck(row.text(0), row.isTrue(1), row.text(2)))
          .toList();
    } catch (SQLException failure) {
      return List.of(new NamedCheck(ITSELF, false, FailureText.cause(failure)));
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  /// As a line for people.
  public String sentence() {
    return "%s: %s (%s)".formatted(name, detail, ok ? "ok" : "not ok");
  }

  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", name);
    map.put("ok", ok);
    map.put("detail", detail);
    return map;
  }
}
