package dev.stipend.migration.history;

import dev.stipend.migration.files.MigrationSet;
import dev.stipend.migration.files.Script;
import dev.stipend.migration.files.ScriptReader;
import dev.stipend.migration.lint.SqlText;
import dev.stipend.platform.sql.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.flywaydb.core.api.resource.LoadableResource;

/// Compares the labels of enums that are in a schema with those that a set gives them.
public record EnumLabels(Connection connection, MigrationSet set) {
  private static final Pattern ENUM = Pattern.compile("(?i)^CREATE TYPE (\"?\\w+\"?) AS ENUM\\b");

  /// The enums that are there with other labels than the pack gives them; one sentence for each.
  String differences() throws SQLException {
    ScriptReader reader = new ScriptReader();
    StringBuilder told = new StringBuilder();
    for (LoadableResource file : set.files().getResources("V", new String[] {".sql"})) {
      for (Script.Statement statement : reader.read(file).statements()) {
        Matcher made = ENUM.matcher(SqlText.plain(statement.sql()));
        if (made.find()) {
          String type = made.group(1).replace("\"", "");
          List<String> wanted = SqlText.texts(statement.sql());
          List<String> present = of(connection, set.schema(), type);
          if (!present.isEmpty() && !present.equals(wanted)) {
            told.append(
                " Type %s is there with labels %s; the pack makes it with %s."
                    .formatted(type, String.join(", ", present), String.join(", ", wanted)));
          }
        }
      }
    }
    return told.toString();
  }

  /// The labels of an enum, in their order; none if there is no such enum.
  public static List<String> of(Connection connection, String schema, String type)
      throws SQLException {
    return Query.rows(
            connection,
            """
            SELECT enumlabel
            FROM pg_enum
            JOIN pg_type t ON t.oid = enumtypid
            WHERE typname = ?
              AND typnamespace = to_regnamespace(quote_ident(?))
            ORDER BY enumsortorder
            """,
            type,
            schema)
        .stream()
        .map(row -> row.text(0))
        .toList();
  }
}
