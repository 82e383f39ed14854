package dev.stipend.migration.operations;

import dev.stipend.migration.CountedNoun;
import dev.stipend.platform.sql.FailureCause;
import dev.stipend.platform.sql.Query;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What columns of JSON take on the disk, estimated from a few blocks of each table. Values are not
/// read for it: a large one says its size where it stands.
final class JsonColumns {
  static final Section.Heading HEADING =
      new Section.Heading(
          "jsonColumns",
          "JSON columns",
          "COLUMN",
          "TYPE",
          "BYTES",
          "AVERAGE",
          "LARGEST SEEN",
          "ROWS SEEN");

  static final int BLOCKS = 200;
  private static final double ALL = 100;

  /// Locked meanwhile, out of time, not permitted.
  private static final Set<String> PASSING = Set.of("55P03", "57014", "42501");

  /// A column.
  ///
  /// @param estimatedBytes of the whole column as stored, which is after compression
  /// @param averageBytes of a value that is not null
  /// @param isSampled whether not all rows were looked at
  record Line(
      String table,
      String column,
      String type,
      long estimatedBytes,
      long averageBytes,
      long largestBytes,
      long rowsSeen,
      boolean isSampled)
      implements Section.Row {

    @Override
    public Map<String, Object> toMap() {
      return new Fields()
          .with("table", table)
          .with("column", column)
          .with("type", type)
          .with("estimatedBytes", estimatedBytes)
          .with("averageBytes", averageBytes)
          .with("largestBytesSeen", largestBytes)
          .with("rowsSeen", rowsSeen)
          .with("isSampled", isSampled)
          .map();
    }

    @Override
    public List<String> cells() {
      return List.of(
          table + "." + column,
          type,
          (isSampled ? "~" : "") + Measures.bytes(estimatedBytes),
          Measures.bytes(averageBytes),
          Measures.bytes(largestBytes),
          String.valueOf(rowsSeen));
    }
  }

  private record Column(
      String table, String quotedTable, String name, String quoted, String type) {}

  private final Connection connection;
  private final String schema;
  private final Optional<Set<String>> tables;
  private long unread;

  private JsonColumns(Connection connection, String schema, Optional<Set<String>> tables) {
    this.connection = connection;
    this.schema = schema;
    this.tables = tables;
  }

  static Section<Line> of(Connection connection, String schema) throws SQLException {
    return new JsonColumns(connection, schema, Optional.empty()).section();
  }

  /// Those of some tables.
  static Section<Line> of(Connection connection, String schema, Set<String> tables)
      throws SQLException {
    return new JsonColumns(connection, schema, Optional.of(tables)).section();
  }

  private Section<Line> section() throws SQLException {
    List<Query.Row> found = columns();
    Map<String, List<Column>> readable =
        found.stream()
            .filter(row -> row.isTrue(5))
            .map(row -> new Column(row.text(0), row.text(1), row.text(2), row.text(3), row.text(4)))
            .collect(Collectors.groupingBy(Column::table, LinkedHashMap::new, Collectors.toList()));
    unread = found.stream().filter(row -> !row.isTrue(5)).count();
    List<Line> lines = new ArrayList<>();
    for (List<Column> table : readable.values().stream().limit(Section.MOST).toList()) {
      try {
        lines.addAll(sample(table));
      } catch (SQLException failure) {
        if (!PASSING.contains(FailureCause.state(failure).orElse(""))) {
          throw failure;
        }
        unread += table.size();
      }
    }
    lines.sort(Comparator.comparingLong(Line::estimatedBytes).reversed());
    return new Section<>(
        HEADING,
        found.size(),
        lines.stream().limit(Section.MOST).toList(),
        found.isEmpty() ? Optional.empty() : Optional.of(note(readable.size())));
  }

  private String note(int tables) {
    String sampled =
        "Bytes as stored, estimated from about %d blocks of each table%s; columns without values are left out."
            .formatted(
                BLOCKS,
                tables > Section.MOST
                    ? "; the %d largest of %d".formatted(Section.MOST, tables)
                    : "");
    return unread == 0
        ? sampled
        : "%s %s: GRANT SELECT ON ALL TABLES IN SCHEMA %s, or wait for who has locked them."
            .formatted(
                sampled,
                CountedNoun.of(unread, "column could not be read", "columns could not be read"),
                schema);
  }

  /// All columns of JSON, those of the largest tables first.
  private List<Query.Row> columns() throws SQLException {
    Array some = connection.createArrayOf("text", tables.orElse(Set.of()).toArray());
    return Query.rows(
        connection,
        """
        WITH %s
        SELECT c.relname, format('%%I.%%I', n.nspname, c.relname), a.attname, quote_ident(a.attname),
          format_type(a.atttypid, a.atttypmod),
          closed.relation IS NULL AND has_column_privilege(c.oid, a.attnum, 'SELECT'),
          CASE WHEN closed.relation IS NULL THEN pg_table_size(c.oid) ELSE %s END AS bytes
        FROM pg_class c
        JOIN pg_namespace n ON n.oid = c.relnamespace
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        JOIN pg_type t ON t.oid = a.atttypid
        LEFT JOIN closed ON closed.relation = c.oid
        WHERE n.nspname = ?
          AND (? OR c.relname = ANY (?))
          AND c.relkind IN ('r', 'm')
          AND coalesce(nullif(t.typbasetype, 0), t.oid)
            IN (CAST('json' AS regtype), CAST('jsonb' AS regtype))
        ORDER BY bytes DESC, c.relname, a.attnum
        """
            .formatted(ClosedTables.SQL, ClosedTables.lastKnown("c")),
        schema,
        tables.isEmpty(),
        some);
  }

  private List<Line> sample(List<Column> table) throws SQLException {
    String from = table.getFirst().quotedTable();
    long blocks =
        Query.row(
                connection,
                "SELECT coalesce(pg_relation_size(to_regclass(?)), 0) /"
                    + " CAST(current_setting('block_size') AS bigint)",
                from)
            .number(0);
    double percent = blocks <= BLOCKS ? ALL : ALL * BLOCKS / blocks;
    String sizes =
        table.stream()
            .map(
                column ->
                    "count(%1$s), coalesce(sum(pg_column_size(%1$s)), 0), coalesce(max(pg_column_size(%1$s)), 0)"
                        .formatted(column.quoted()))
            .collect(Collectors.joining(", "));
    Query.Row seen =
        Query.row(
            connection,
            String.format(
                Locale.ROOT,
                "SELECT count(*), %s FROM %s TABLESAMPLE SYSTEM (%.6f)",
                sizes,
                from,
                percent));
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < table.size(); i++) {
      Column column = table.get(i);
      int at = 1 + 3 * i;
      long values = seen.number(at);
      if (values > 0) {
        lines.add(
            new Line(
                column.table(),
                column.name(),
                column.type(),
                Math.round(seen.number(at + 1) * ALL / percent),
                seen.number(at + 1) / values,
                seen.number(at + 2),
                seen.number(0),
                percent < ALL));
      }
    }
    return lines;
  }
}
