package dev.stipend.ingest.source;

import dev.stipend.platform.sql.Rows;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// A table or a view of a host, as its catalog has it.
///
/// @param isTable whether it has indexes of its own
/// @param rows how many it has, estimated; -1 where nobody knows
/// @param columns by their names, in their order
record HostRelation(
    String schema, String name, boolean isTable, long rows, Map<String, Column> columns) {
  private static final Set<String> TABLES = Set.of("r", "p", "m");

  /// A column.
  ///
  /// @param type as the server writes it, without a length
  /// @param isUnique whether the relation has an index that keeps its values apart
  /// @param leads whether an index begins with it
  record Column(
      String type, boolean isNullable, boolean isReadable, boolean isUnique, boolean leads) {}

  /// Reads it; empty if there is none of that name.
  static Optional<HostRelation> read(Connection connection, String schema, String name)
      throws SQLException {
    try (PreparedStatement found =
        connection.prepareStatement(
            """
            SELECT c.oid, c.relkind, CAST(c.reltuples AS bigint) AS rows,
              has_schema_privilege(n.oid, 'USAGE') AS usage
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
              "The role may not use schema %1$s; grant it: GRANT USAGE ON SCHEMA %1$s TO …;"
                  .formatted(quoted(schema)));
        }
        return Optional.of(
            new HostRelation(
                schema,
                name,
                TABLES.contains(row.getString("relkind")),
                row.getLong("rows"),
                columns(connection, row.getLong("oid"))));
      }
    }
  }

  private static Map<String, Column> columns(Connection connection, long oid) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            SELECT a.attname, pg_catalog.format_type(coalesce(nullif(t.typbasetype, 0), a.atttypid), NULL) AS type,
              NOT a.attnotnull AS nullable,
              has_column_privilege(a.attrelid, a.attnum, 'SELECT') AS readable,
              EXISTS (
                SELECT FROM pg_catalog.pg_index i
                WHERE i.indrelid = a.attrelid AND i.indisunique AND i.indisvalid AND i.indnkeyatts = 1
                  AND i.indkey[0] = a.attnum AND i.indpred IS NULL) AS single,
              EXISTS (
                SELECT FROM pg_catalog.pg_index i
                WHERE i.indrelid = a.attrelid AND i.indisvalid AND i.indkey[0] = a.attnum AND i.indpred IS NULL) AS leads
            FROM pg_catalog.pg_attribute a
            JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
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
                          row.getBoolean("nullable"),
                          row.getBoolean("readable"),
                          row.getBoolean("single"),
                          row.getBoolean("leads"))));
      found.forEach(column -> columns.put(column.getKey(), column.getValue()));
      return columns;
    }
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
          "The role may not read column %s; grant it: GRANT SELECT ON %s TO …;"
              .formatted(column, fullName()));
    }
    return found;
  }

  /// Its name as SQL has it.
  String fullName() {
    return quoted(schema) + "." + quoted(name);
  }

  /// A name as SQL has it.
  static String quoted(String name) {
    return '"' + Objects.requireNonNull(name).replace("\"", "\"\"") + '"';
  }
}
