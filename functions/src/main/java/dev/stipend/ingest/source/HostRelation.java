package dev.stipend.ingest.source;

import dev.stipend.platform.sql.Identifiers;
import dev.stipend.platform.sql.Rows;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A table or a view of a host, as its catalog has it.
///
/// @param role who reads it, as SQL has it
/// @param isTable whether it has indexes of its own
/// @param rows how many it has, estimated; -1 where nobody knows
/// @param columns by their names, in their order
/// @param keys the columns of each index that keeps rows apart
record HostRelation(
    String schema,
    String name,
    String role,
    boolean isTable,
    long rows,
    Map<String, Column> columns,
    List<Set<String>> keys) {
  private static final Set<String> TABLES = Set.of("r", "p", "m");

  /// A column.
  ///
  /// @param type as the server writes it, without a length
  /// @param exactType with its length
  /// @param typeSchema where its type and the operators of that are
  /// @param leads whether an index in the order of its values begins with it
  record Column(
      String type,
      String exactType,
      String typeSchema,
      boolean isNullable,
      boolean isReadable,
      boolean leads) {}

  /// Reads it; empty if there is none of that name.
  static Optional<HostRelation> read(Connection connection, String schema, String name)
      throws SQLException {
    try (PreparedStatement found =
        connection.prepareStatement(
            """
            SELECT c.oid, c.relkind, CAST(c.reltuples AS bigint) AS rows,
              has_schema_privilege(n.oid, 'USAGE') AS usage,
              quote_ident(current_user) AS role
            FROM pg_catalog.pg_class c
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = ? AND c.relname = ? AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
            """)) {
      found.setString(1, schema);
      found.setString(2, name);
      try (ResultSet row = found.executeQuery()) {
        if (!row.next()) {
          return Optional.empty();
        }
        if (!row.getBoolean("usage")) {
          throw new SourceProblem(
              "relation",
              "The role may not use schema %1$s; grant it: GRANT USAGE ON SCHEMA %1$s TO %2$s;"
                  .formatted(Identifiers.quoted(schema), row.getString("role")));
        }
        long oid = row.getLong("oid");
        return Optional.of(
            new HostRelation(
                schema,
                name,
                row.getString("role"),
                TABLES.contains(row.getString("relkind")),
                row.getLong("rows"),
                columns(connection, oid),
                keys(connection, oid)));
      }
    }
  }

  private static Map<String, Column> columns(Connection connection, long oid) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            SELECT a.attname, pg_catalog.format_type(b.oid, NULL) AS type,
              pg_catalog.format_type(b.oid, CASE WHEN t.typbasetype = 0 THEN a.atttypmod ELSE t.typtypmod END) AS exact,
              n.nspname AS type_schema,
              NOT a.attnotnull AS nullable,
              has_column_privilege(a.attrelid, a.attnum, 'SELECT') AS readable,
              EXISTS (
                SELECT FROM pg_catalog.pg_index i
                JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
                JOIN pg_catalog.pg_am m ON m.oid = x.relam
                WHERE i.indrelid = a.attrelid AND i.indisvalid AND i.indkey[0] = a.attnum AND i.indpred IS NULL
                  AND m.amname = 'btree') AS leads
            FROM pg_catalog.pg_attribute a
            JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
            JOIN pg_catalog.pg_type b ON b.oid = coalesce(nullif(t.typbasetype, 0), t.oid)
            JOIN pg_catalog.pg_namespace n ON n.oid = b.typnamespace
            WHERE a.attrelid = CAST(CAST(? AS bigint) AS oid) AND a.attnum > 0 AND NOT a.attisdropped
            ORDER BY a.attnum
            """)) {
      statement.setLong(1, oid);
      Map<String, Column> columns = new LinkedHashMap<>();
      List<Map.Entry<String, Column>> found =
          Rows.list(
              statement,
              row ->
                  Map.entry(
                      row.getString("attname"),
                      new Column(
                          row.getString("type"),
                          row.getString("exact"),
                          row.getString("type_schema"),
                          row.getBoolean("nullable"),
                          row.getBoolean("readable"),
                          row.getBoolean("leads"))));
      found.forEach(column -> columns.put(column.getKey(), column.getValue()));
      return columns;
    }
  }

  private static List<Set<String>> keys(Connection connection, long oid) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            SELECT array_agg(CAST(a.attname AS text)) AS columns
            FROM pg_catalog.pg_index i
            CROSS JOIN LATERAL generate_series(0, i.indnkeyatts - 1) AS part (place)
            LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[part.place]
            WHERE i.indrelid = CAST(CAST(? AS bigint) AS oid) AND i.indisunique AND i.indisvalid AND i.indpred IS NULL
            GROUP BY i.indexrelid
            HAVING count(*) = count(a.attname)
            """)) {
      statement.setLong(1, oid);
      return Rows.list(statement, row -> Set.of((String[]) row.getArray("columns").getArray()));
    }
  }

  /// Whether an index keeps rows apart by these columns, or by some of them.
  boolean isUnique(Set<String> by) {
    return keys.stream().anyMatch(by::containsAll);
  }

  /// A column that there must be.
  ///
  /// @param field the setting that names it
  Column require(String column, String field) {
    Column found = columns.get(column);
    if (found == null) {
      throw new SourceProblem(
          field,
          "%s has no column %s; it has %s."
              .formatted(fullName(), column, String.join(", ", columns.keySet())));
    }
    if (!found.isReadable()) {
      throw new SourceProblem(
          field,
          "The role may not read column %s; grant it: GRANT SELECT ON %s TO %s;"
              .formatted(column, fullName(), role));
    }
    return found;
  }

  /// Its name as SQL has it.
  String fullName() {
    return Identifiers.quoted(schema) + "." + Identifiers.quoted(name);
  }
}
