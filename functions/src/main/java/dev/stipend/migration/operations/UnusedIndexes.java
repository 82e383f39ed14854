package dev.stipend.migration.operations;

import dev.stipend.platform.sql.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Indexes that cost every write and that no query has used. Those that keep a rule (unique,
/// primary, exclusion) have their use without being scanned, and the migrator's own are left out.
final class UnusedIndexes {
  static final Section.Heading HEADING =
      new Section.Heading(
          "unusedIndexes", "Unused indexes", "INDEX", "TABLE", "BYTES", "SUPPORTS A FOREIGN KEY");

  /// An index.
  ///
  /// @param supportsForeignKey whether it begins with the columns of one: without it, deleting from
  ///     the other table would read all of this one
  record Line(String index, String table, long bytes, boolean supportsForeignKey)
      implements Section.Row {

    @Override
    public Map<String, Object> toMap() {
      return new Fields()
          .with("index", index)
          .with("table", table)
          .with("bytes", bytes)
          .with("supportsForeignKey", supportsForeignKey)
          .map();
    }

    @Override
    public List<String> cells() {
      return List.of(index, table, Measures.bytes(bytes), supportsForeignKey ? "yes" : "");
    }
  }

  private UnusedIndexes() {}

  static Section<Line> of(Connection connection, String schema) throws SQLException {
    List<Query.Row> found =
        Query.rows(
            connection,
            """
            WITH %s
            SELECT x.relname, t.relname,
              CASE WHEN closed.relation IS NULL THEN coalesce(pg_relation_size(x.oid), 0) ELSE %s END AS bytes,
              EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conrelid = t.oid AND c.contype = 'f' AND %s),
              count(*) OVER ()
            FROM pg_index i
            JOIN pg_class x ON x.oid = i.indexrelid AND x.relkind = 'i'
            JOIN pg_class t ON t.oid = i.indrelid
            JOIN pg_stat_all_indexes s ON s.indexrelid = i.indexrelid
            LEFT JOIN closed ON closed.relation = t.oid
            WHERE t.relnamespace = to_regnamespace(quote_ident(?))
              AND t.relname NOT IN ('flyway_schema_history', 'flyway_seed_history', 'migration_fingerprint')
              AND s.idx_scan = 0
              AND NOT (i.indisunique OR i.indisprimary OR i.indisexclusion)
              AND i.indisvalid
            ORDER BY bytes DESC, x.relname
            LIMIT %d
            """
                .formatted(
                    ClosedTables.SQL,
                    ClosedTables.lastKnown("x"),
                    UnindexedKeys.BEGINS_WITH_ITS_COLUMNS,
                    Section.MOST),
            schema);
    Section<Line> section = HEADING.counted(found, UnusedIndexes::line);
    return found.isEmpty() ? section : section.noted(Optional.of(since(connection)));
  }

  private static Line line(Query.Row row) {
    return new Line(row.text(0), row.text(1), row.number(2), row.isTrue(3));
  }

  private static String since(Connection connection) throws SQLException {
    Query.Row reset =
        Query.row(
            connection,
            "SELECT %s, %s FROM pg_stat_database WHERE datname = current_database()"
                .formatted(Measures.epoch("stats_reset"), Measures.secondsSince("stats_reset")));
    Optional<Instant> time = Measures.time(reset, 0);
    return time.map(
                instant ->
                    "No scan since statistics were reset at %s, %s ago,"
                        .formatted(instant, Measures.seconds(reset.number(1))))
            .orElse("No scan since the index was made (statistics were never reset)")
        + " on this server; a replica counts its own.";
  }
}
