package dev.stipend.migration.operations;

import dev.stipend.migration.CountedNoun;
import dev.stipend.platform.sql.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The tables of a schema with what they take, and how vacuum keeps up. A partition is a table of
/// its own here, as it is for vacuum.
final class TableSizes {
  static final Section.Heading HEADING =
      new Section.Heading(
          "tables",
          "Tables",
          "TABLE",
          "TOTAL",
          "ROWS",
          "DEAD",
          "HEAP",
          "INDEXES",
          "TOAST",
          "LAST VACUUM",
          "LAST ANALYZE");

  private static final String BY_ITSELF = " auto";

  /// A table.
  ///
  /// @param tableBytes of the table itself, without its indexes and TOAST
  /// @param estimatedRows as statistics have it, not counted
  /// @param sizeIsEstimated whether it is locked, so that sizes are those of the last vacuum
  record Line(
      String table,
      long totalBytes,
      long tableBytes,
      long indexBytes,
      long toastBytes,
      boolean sizeIsEstimated,
      long estimatedRows,
      long deadRows,
      Optional<Instant> lastVacuum,
      Optional<Instant> lastAutovacuum,
      Optional<Instant> lastAnalyze,
      Optional<Instant> lastAutoanalyze)
      implements Section.Row {

    @Override
    public Map<String, Object> toMap() {
      return new Fields()
          .with("table", table)
          .with("totalBytes", totalBytes)
          .with("tableBytes", tableBytes)
          .with("indexBytes", indexBytes)
          .with("toastBytes", toastBytes)
          .with("sizeIsEstimated", sizeIsEstimated)
          .with("estimatedRows", estimatedRows)
          .with("deadRows", deadRows)
          .with("lastVacuum", lastVacuum)
          .with("lastAutovacuum", lastAutovacuum)
          .with("lastAnalyze", lastAnalyze)
          .with("lastAutoanalyze", lastAutoanalyze)
          .map();
    }

    @Override
    public List<String> cells() {
      return List.of(
          table,
          (sizeIsEstimated ? "~" : "") + Measures.bytes(totalBytes),
          String.valueOf(estimatedRows),
          String.valueOf(deadRows),
          Measures.bytes(tableBytes),
          Measures.bytes(indexBytes),
          Measures.bytes(toastBytes),
          later(lastVacuum, lastAutovacuum),
          later(lastAnalyze, lastAutoanalyze));
    }

    /// Whether nobody has told the planner of its rows.
    boolean lacksStatistics() {
      return estimatedRows > 0 && lastAnalyze.isEmpty() && lastAutoanalyze.isEmpty();
    }

    private static String later(Optional<Instant> byHand, Optional<Instant> byItself) {
      if (byItself.isEmpty() || byHand.filter(time -> time.isAfter(byItself.get())).isPresent()) {
        return byHand.map(Instant::toString).orElse("never");
      }
      return byItself.get() + BY_ITSELF;
    }
  }

  private TableSizes() {}

  static Section<Line> of(Connection connection, String schema) throws SQLException {
    Section<Line> section =
        HEADING.counted(Query.rows(connection, sql(), schema), TableSizes::line);
    List<String> notes = new ArrayList<>();
    long closed = section.rows().stream().filter(Line::sizeIsEstimated).count();
    if (closed > 0) {
      notes.add(
          "%s locked: sizes (~) are those of the last vacuum or analyze."
              .formatted(CountedNoun.of(closed, "table is", "tables are")));
    }
    List<Line> unknown = section.rows().stream().filter(Line::lacksStatistics).toList();
    if (!unknown.isEmpty()) {
      notes.add(
          "%s never analyzed, such as %s, so queries may be planned badly; run ANALYZE."
              .formatted(
                  CountedNoun.of(unknown.size(), "table with rows was", "tables with rows were"),
                  unknown.getFirst().table()));
    }
    return notes.isEmpty() ? section : section.noted(Optional.of(String.join(" ", notes)));
  }

  private static String sql() {
    return """
    WITH %s,
    sized AS MATERIALIZED (
      SELECT c.oid, c.relname, c.reltuples, closed.relation IS NOT NULL AS is_closed,
        CASE WHEN closed.relation IS NULL
          THEN coalesce(pg_table_size(c.oid), 0)
            - coalesce(pg_total_relation_size(nullif(c.reltoastrelid, 0)), 0)
          ELSE %s END AS heap,
        CASE WHEN closed.relation IS NULL
          THEN coalesce(pg_indexes_size(c.oid), 0)
          ELSE (SELECT coalesce(sum(%s), 0) FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid
            WHERE i.indrelid = c.oid) END AS indexes,
        CASE WHEN closed.relation IS NULL
          THEN coalesce(pg_total_relation_size(nullif(c.reltoastrelid, 0)), 0)
          ELSE (SELECT coalesce(sum(%s), 0) FROM pg_class o WHERE o.oid = c.reltoastrelid) END AS toast
      FROM pg_class c
      LEFT JOIN closed ON closed.relation = c.oid
      WHERE c.relnamespace = to_regnamespace(quote_ident(?))
        AND c.relkind IN ('r', 'm')
    )
    SELECT sized.relname,
      CAST(heap + indexes + toast AS bigint), CAST(heap AS bigint), CAST(indexes AS bigint), CAST(toast AS bigint),
      is_closed,
      CASE WHEN s.n_live_tup > 0 THEN s.n_live_tup ELSE CAST(greatest(reltuples, 0) AS bigint) END,
      coalesce(s.n_dead_tup, 0),
      %s, %s, %s, %s,
      count(*) OVER ()
    FROM sized
    LEFT JOIN pg_stat_all_tables s ON s.relid = sized.oid
    ORDER BY heap + indexes + toast DESC, sized.relname
    LIMIT %d
    """
        .formatted(
            ClosedTables.SQL,
            ClosedTables.lastKnown("c"),
            ClosedTables.lastKnown("x"),
            ClosedTables.lastKnown("o"),
            Measures.epoch("s.last_vacuum"),
            Measures.epoch("s.last_autovacuum"),
            Measures.epoch("s.last_analyze"),
            Measures.epoch("s.last_autoanalyze"),
            Section.MOST);
  }

  private static Line line(Query.Row row) {
    return new Line(
        row.text(0),
        row.number(1),
        row.number(2),
        row.number(3),
        row.number(4),
        row.isTrue(5),
        row.number(6),
        row.number(7),
        Measures.time(row, 8),
        Measures.time(row, 9),
        Measures.time(row, 10),
        Measures.time(row, 11));
  }
}
