package dev.stipend.migration.check;

import dev.stipend.migration.FailureText;
import dev.stipend.migration.Run;
import dev.stipend.platform.sql.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a pack looks at in its own schema, such as `orphaned conversations`.
///
/// @param ok whether it is as it should be
/// @param detail the figure, or what is wrong
public record NamedCheck(String name, boolean ok, String detail) {
  private static final String ITSELF = "checks";

  /// A query of rows, which needs columns that may not be there: then it is left out. What is
  /// missing is said by the query of the catalog, which stands before all of them.
  private static final Pattern QUESTION =
      Pattern.compile("(?m)^-- check: (.+)\\R-- needs: (.+)\\R");

  /// Makes the checks of a pack; none for a set that is no pack. They only read.
  public static List<NamedCheck> of(Run run) throws SQLException {
    String text = run.set().pack().flatMap(pack -> pack.checks()).orElse("");
    if (text.isEmpty()) {
      return List.of();
    }
    Connection connection = run.connection();
    connection.setAutoCommit(false);
    try {
      Query.execute(connection, "SET TRANSACTION READ ONLY");
      run.path().set(connection);
      return made(connection, run.set().schema(), text);
    } catch (SQLException failure) {
      return List.of(new NamedCheck(ITSELF, false, FailureText.cause(failure)));
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  private static List<NamedCheck> made(Connection connection, String schema, String text)
      throws SQLException {
    Matcher question = QUESTION.matcher(text);
    String ofCatalog = question.find() ? text.substring(0, question.start()) : text;
    List<NamedCheck> checks = new ArrayList<>();
    Query.rows(connection, ofCatalog)
        .forEach(row -> checks.add(new NamedCheck(row.text(0), row.isTrue(1), row.text(2))));
    question.reset();
    List<MatchResult> questions = question.results().toList();
    for (int i = 0; i < questions.size(); i++) {
      MatchResult each = questions.get(i);
      int end = i + 1 < questions.size() ? questions.get(i + 1).start() : text.length();
      if (hasAll(connection, schema, each.group(2).split(" "))) {
        Query.Row row = Query.row(connection, text.substring(each.end(), end));
        checks.add(new NamedCheck(each.group(1), row.isTrue(0), row.text(1)));
      }
    }
    return checks;
  }

  /// Whether all columns are there, each written as `table.column`.
  private static boolean hasAll(Connection connection, String schema, String... columns)
      throws SQLException {
    return Query.row(
                connection,
                """
                SELECT count(*)
                FROM pg_class c
                JOIN pg_attribute a ON a.attrelid = c.oid AND NOT a.attisdropped
                WHERE c.relnamespace = to_regnamespace(quote_ident(?))
                  AND c.relname || '.' || a.attname = ANY (?)
                """,
                schema,
                connection.createArrayOf("text", columns))
            .number(0)
        == columns.length;
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
