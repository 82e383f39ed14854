package dev.stipend.migration.operations;

import dev.stipend.platform.sql.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/// Indexes that no query may use, and that every write keeps up all the same.
final class BrokenIndexes {
  static final Section.Heading HEADING =
      new Section.Heading("invalidIndexes", "Invalid indexes", "INDEX", "TABLE", "BYTES", "STATE");

  /// An index.
  ///
  /// @param mayBeInTheMaking whether a session holds the lock on its table that building an index
  ///     concurrently holds
  record Line(String index, String table, long bytes, boolean mayBeInTheMaking)
      implements Section.Row {

    @Override
    public Map<String, Object> toMap() {
      return new Fields()
          .with("index", index)
          .with("table", table)
          .with("bytes", bytes)
          .with("mayBeInTheMaking", mayBeInTheMaking)
          .map();
    }

    @Override
    public List<String> cells() {
      return List.of(
          index,
          table,
          Measures.bytes(bytes),
          mayBeInTheMaking ? "perhaps being built now" : "left behind: drop it and build it again");
    }
  }

  private BrokenIndexes() {}

  static Section<Line> of(Connection connection, String schema) throws SQLException {
    return HEADING.counted(
        Query.rows(
            connection,
            """
            WITH %s
            SELECT x.relname, t.relname,
              CASE WHEN closed.relation IS NULL THEN coalesce(pg_relation_size(x.oid), 0) ELSE %s END AS bytes,
              EXISTS (
                SELECT 1 FROM pg_locks l
                WHERE l.locktype = 'relation'
                  AND l.relation = t.oid
                  AND l.mode = 'ShareUpdateExclusiveLock'
                  AND l.granted
                  AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())),
              count(*) OVER ()
            FROM pg_index i
            JOIN pg_class x ON x.oid = i.indexrelid
            JOIN pg_class t ON t.oid = i.indrelid
            LEFT JOIN closed ON closed.relation = t.oid
            WHERE x.relnamespace = to_regnamespace(quote_ident(?))
              AND NOT (i.indisvalid AND i.indisready)
            ORDER BY bytes DESC, x.relname
            LIMIT %d
            """
                .formatted(ClosedTables.SQL, ClosedTables.lastKnown("x"), Section.MOST),
            schema),
        row -> new Line(row.text(0), row.text(1), row.number(2), row.isTrue(3)));
  }
}
