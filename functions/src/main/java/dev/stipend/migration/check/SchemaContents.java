package dev.stipend.migration.check;

import dev.stipend.migration.CountedNoun;
import dev.stipend.platform.sql.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/// What a schema has: the names of its tables, and figures. Partitions, members of extensions and
/// the migrator's own tables do not count.
public record SchemaContents(List<String> tables, long foreignKeys, long indexes) {
  private static final String TABLES =
      """
      SELECT c.oid, c.relname
      FROM pg_class c
      WHERE c.relnamespace = to_regnamespace(quote_ident(?))
        AND c.relkind IN ('r', 'p', 'f')
        AND NOT c.relispartition
        AND c.relname NOT IN ('flyway_schema_history', 'flyway_seed_history', 'migration_fingerprint', '_prisma_migrations')
        AND NOT EXISTS (
          SELECT 1 FROM pg_depend d
          WHERE d.classid = CAST('pg_class' AS regclass) AND d.objid = c.oid AND d.deptype = 'e')
      ORDER BY c.relname
      """;

  public static SchemaContents of(Connection connection, String schema) throws SQLException {
    Query.Row figures =
        Query.row(
            connection,
            """
            WITH tables AS (%s)
            SELECT (SELECT count(*) FROM pg_constraint JOIN tables ON tables.oid = conrelid WHERE contype = 'f'),
              (SELECT count(*) FROM pg_index JOIN tables ON tables.oid = indrelid)
            """
                .formatted(TABLES),
            schema);
    return new SchemaContents(
        Query.rows(connection, TABLES, schema).stream().map(row -> row.text(1)).toList(),
        figures.number(0),
        figures.number(1));
  }

  public String figures() {
    return "%s, %s, %s"
        .formatted(
            CountedNoun.of(tables.size(), "table"),
            CountedNoun.of(foreignKeys, "foreign key"),
            CountedNoun.of(indexes, "index", "indexes"));
  }
}
