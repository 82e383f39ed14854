package dev.stipend.maintenance.pack;

import dev.stipend.platform.sql.Query;
import dev.stipend.platform.sql.Query.Row;
import java.sql.SQLException;
import java.util.List;

/// What the catalog says of a table whose rows leave.
///
/// @param key the columns of its primary key
/// @param numbers its numeric columns, which are added up
/// @param large its columns whose values may be large
/// @param references a condition of rows `t` for each foreign key that leads to them
record TableShape(
    List<Column> key, List<String> numbers, List<String> large, List<String> references) {
  /// A column, quoted, with its type.
  record Column(String quoted, String type) {}

  /// Looks at a table.
  ///
  /// @param needed columns that it must have
  /// @throws IllegalStateException if it is not as it must be, naming the column
  static TableShape of(PackSession session, String table, List<String> needed) throws SQLException {
    List<Row> columns =
        Query.rows(
            session.connection(),
            """
            SELECT attname, typname = 'numeric', attlen = -1 AND typname <> 'numeric'
            FROM pg_attribute
            JOIN pg_type ON pg_type.oid = atttypid
            WHERE attrelid = to_regclass(?)
              AND attnum > 0
              AND NOT attisdropped
            ORDER BY attnum
            """,
            table);
    for (String column : needed) {
      if (columns.stream().noneMatch(row -> row.text(0).equals(column))) {
        throw new IllegalStateException(
            "Table %s has no column %s, which says what leaves".formatted(table, column));
      }
    }
    List<Column> key =
        Query.rows(
                session.connection(),
                """
                SELECT quote_ident(attname), format_type(atttypid, atttypmod)
                FROM pg_index
                JOIN pg_attribute ON attrelid = indrelid AND attnum = ANY (indkey)
                WHERE indrelid = to_regclass(?)
                  AND indisprimary
                ORDER BY array_position(CAST(indkey AS int2[]), attnum)
                """,
                table)
            .stream()
            .map(row -> new Column(row.text(0), row.text(1)))
            .toList();
    if (key.isEmpty()) {
      throw new IllegalStateException(
          "Table %s has no primary key, so that its rows cannot be told apart".formatted(table));
    }
    return new TableShape(
        key,
        columns.stream().filter(row -> row.isTrue(1)).map(row -> row.text(0)).toList(),
        columns.stream().filter(row -> row.isTrue(2)).map(row -> row.text(0)).toList(),
        references(session, table));
  }

  /// One condition for each foreign key of another table that leads here.
  private static List<String> references(PackSession session, String table) throws SQLException {
    return Query.rows(
            session.connection(),
            """
            SELECT format('EXISTS (SELECT FROM %s r WHERE %s)', CAST(k.conrelid AS regclass),
              (SELECT string_agg(format('r.%I = t.%I', theirs.attname, ours.attname), ' AND ')
               FROM unnest(k.conkey, k.confkey) AS pair (their, our)
               JOIN pg_attribute theirs ON theirs.attrelid = k.conrelid AND theirs.attnum = pair.their
               JOIN pg_attribute ours ON ours.attrelid = k.confrelid AND ours.attnum = pair.our))
            FROM pg_constraint k
            WHERE k.contype = 'f'
              AND k.confrelid = to_regclass(?)
            ORDER BY k.conname
            """,
            table)
        .stream()
        .map(row -> row.text(0))
        .toList();
  }
}
