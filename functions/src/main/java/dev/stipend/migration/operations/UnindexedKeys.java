package dev.stipend.migration.operations;

import dev.stipend.platform.sql.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/// Foreign keys without an index that begins with their columns: deleting from the table that they
/// point to reads all of theirs.
final class UnindexedKeys {
  static final Section.Heading HEADING =
      new Section.Heading(
          "foreignKeysWithoutIndex",
          "Foreign keys without an index",
          "FOREIGN KEY",
          "TABLE",
          "COLUMNS",
          "REFERENCES",
          "ROWS");

  /// Whether index `i` begins with the columns of constraint `c`, in any order.
  static final String BEGINS_WITH_ITS_COLUMNS =
      """
      CAST((string_to_array(CAST(i.indkey AS text), ' '))[1:cardinality(c.conkey)] AS smallint[]) @> c.conkey
      """;

  /// A foreign key.
  ///
  /// @param columns in its order, with commas between them
  /// @param estimatedRows of its table, as statistics have it
  record Line(String name, String table, String columns, String references, long estimatedRows)
      implements Section.Row {

    @Override
    public Map<String, Object> toMap() {
      return new Fields()
          .with("name", name)
          .with("table", table)
          .with("columns", columns)
          .with("references", references)
          .with("estimatedRows", estimatedRows)
          .map();
    }

    @Override
    public List<String> cells() {
      return List.of(name, table, columns, references, String.valueOf(estimatedRows));
    }
  }

  private UnindexedKeys() {}

  static Section<Line> of(Connection connection, String schema) throws SQLException {
    return HEADING.counted(
        Query.rows(
            connection,
            """
            SELECT c.conname, t.relname,
              (SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY k.place)
                FROM unnest(c.conkey) WITH ORDINALITY AS k (attnum, place)
                JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.attnum),
              format('%%I.%%I', n.nspname, r.relname),
              CASE WHEN s.n_live_tup > 0 THEN s.n_live_tup ELSE CAST(greatest(t.reltuples, 0) AS bigint) END AS rows,
              count(*) OVER ()
            FROM pg_constraint c
            JOIN pg_class t ON t.oid = c.conrelid
            JOIN pg_class r ON r.oid = c.confrelid
            JOIN pg_namespace n ON n.oid = r.relnamespace
            LEFT JOIN pg_stat_all_tables s ON s.relid = t.oid
            WHERE c.contype = 'f'
              AND c.connamespace = to_regnamespace(quote_ident(?))
              AND c.conparentid = 0
              AND NOT EXISTS (
                SELECT 1 FROM pg_index i WHERE i.indrelid = c.conrelid AND i.indisvalid AND %s)
            ORDER BY rows DESC, c.conname
            LIMIT %d
            """
                .formatted(BEGINS_WITH_ITS_COLUMNS, Section.MOST),
            schema),
        row -> new Line(row.text(0), row.text(1), row.text(2), row.text(3), row.number(4)));
  }
}
