package dev.stipend.notification.table;

import dev.stipend.notification.table.AlertTable.Grant;
import dev.stipend.platform.sql.Rows;
import dev.stipend.platform.sql.Statements;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Looks whether a role can write a table. Asks the catalog only, and writes nothing.
final class TableCheck {
  private TableCheck() {}

  /// A column that is asked for, as the catalog has it. Names are quoted where they need it.
  private record Found(
      String schema,
      String role,
      String privilege,
      String table,
      String column,
      boolean isKey,
      boolean hasTable,
      boolean hasColumn,
      boolean isUnique,
      boolean mayUse,
      boolean isGranted) {
    String place() {
      return schema + "." + table;
    }
  }

  /// What keeps it from that, in sentences with what to do; empty if nothing does.
  static List<String> problems(Connection host, String schema, AlertTable table)
      throws SQLException {
    List<Found> found = find(host, schema, table);
    Set<String> problems = new LinkedHashSet<>();
    for (Found one : found) {
      if (!one.hasTable()) {
        problems.add("Table %s is not there.".formatted(one.place()));
      } else if (!one.hasColumn()) {
        problems.add("Table %s has no column %s.".formatted(one.place(), one.column()));
      } else if (one.isKey() && !one.isUnique()) {
        problems.add(
            "Column %s of %s has no unique index, which keeps an alert from being there twice."
                .formatted(one.column(), one.place()));
      }
    }
    found.stream()
        .filter(one -> one.hasTable() && !one.mayUse())
        .findFirst()
        .ifPresent(
            one ->
                problems.add(
                    "The role may not use the schema: GRANT USAGE ON SCHEMA %s TO %s;"
                        .formatted(one.schema(), one.role())));
    problems.addAll(missingGrants(found));
    return List.copyOf(problems);
  }

  private static Collection<String> missingGrants(List<Found> found) {
    Map<String, List<Found>> missing = new LinkedHashMap<>();
    found.stream()
        .filter(one -> one.hasColumn() && !one.isGranted())
        .forEach(
            one ->
                missing
                    .computeIfAbsent(
                        one.privilege() + " ON " + one.place(), place -> new ArrayList<>())
                    .add(one));
    return missing.values().stream()
        .map(
            columns ->
                "The role may not do it: GRANT %s (%s) ON %s TO %s;"
                    .formatted(
                        columns.getFirst().privilege(),
                        String.join(", ", columns.stream().map(Found::column).toList()),
                        columns.getFirst().place(),
                        columns.getFirst().role()))
        .toList();
  }

  private static List<Found> find(Connection host, String schema, AlertTable table)
      throws SQLException {
    List<Wanted> wanted =
        table.grants().stream()
            .flatMap(grant -> grant.columns().stream().map(column -> new Wanted(grant, column)))
            .toList();
    try (PreparedStatement found =
        host.prepareStatement(
            """
            SELECT quote_ident(wanted.schema) AS schema, quote_ident(current_user) AS role, wanted.privilege,
              quote_ident(wanted.relation) AS relation, quote_ident(wanted.name) AS name,
              c.oid IS NOT NULL AS has_table,
              a.attnum IS NOT NULL AS has_column,
              coalesce(has_schema_privilege(n.oid, 'USAGE'), FALSE) AS may_use,
              coalesce(has_column_privilege(c.oid, a.attnum, wanted.privilege), FALSE) AS is_granted,
              EXISTS (
                SELECT FROM pg_catalog.pg_index i
                WHERE i.indrelid = a.attrelid AND i.indisunique AND i.indisvalid AND i.indnkeyatts = 1
                  AND i.indkey[0] = a.attnum AND i.indpred IS NULL) AS is_unique
            FROM unnest(?, ?, ?, ?) WITH ORDINALITY AS wanted (schema, privilege, relation, name, place)
            LEFT JOIN pg_catalog.pg_namespace n ON n.nspname = wanted.schema
            LEFT JOIN pg_catalog.pg_class c
              ON c.relnamespace = n.oid AND c.relname = wanted.relation AND c.relkind IN ('r', 'p', 'v', 'f')
            LEFT JOIN pg_catalog.pg_attribute a
              ON a.attrelid = c.oid AND a.attname = wanted.name AND a.attnum > 0 AND NOT a.attisdropped
            ORDER BY wanted.place
            """)) {
      Statements.bind(
          found,
          Statements.array("text", wanted.stream().map(one -> schema).toList()),
          Statements.array("text", wanted.stream().map(one -> one.grant().privilege()).toList()),
          Statements.array("text", wanted.stream().map(one -> one.grant().table()).toList()),
          Statements.array("text", wanted.stream().map(Wanted::column).toList()));
      return Rows.list(
          found,
          row ->
              new Found(
                  row.getString("schema"),
                  row.getString("role"),
                  row.getString("privilege"),
                  row.getString("relation"),
                  row.getString("name"),
                  row.getString("relation").equals(table.name())
                      && row.getString("name").equals(table.key()),
                  row.getBoolean("has_table"),
                  row.getBoolean("has_column"),
                  row.getBoolean("is_unique"),
                  row.getBoolean("may_use"),
                  row.getBoolean("is_granted")));
    }
  }

  private record Wanted(Grant grant, String column) {}
}
