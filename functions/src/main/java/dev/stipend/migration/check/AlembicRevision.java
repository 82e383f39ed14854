package dev.stipend.migration.check;

import dev.stipend.platform.sql.Identifiers;
import dev.stipend.platform.sql.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// Where Alembic says that a schema stands, if it has migrated that, too. Its revisions are Python
/// and do not run here; what its `upgrade --sql` prints does.
public final class AlembicRevision {
  private AlembicRevision() {}

  /// What there is to say; empty if Alembic has never been there, or its table may not be read.
  public static Optional<String> sentence(Connection connection, String schema)
      throws SQLException {
    boolean readable =
        !Query.rows(
                connection,
                """
                SELECT 1
                FROM pg_class c
                JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = ?
                  AND c.relname = 'alembic_version'
                  AND has_schema_privilege(n.oid, 'USAGE')
                  AND has_table_privilege(c.oid, 'SELECT')
                """,
                schema)
            .isEmpty();
    if (!readable) {
      return Optional.empty();
    }
    List<String> revisions =
        Query.rows(
                connection,
                "SELECT version_num FROM %s.alembic_version ORDER BY version_num"
                    .formatted(Identifiers.quoted(schema)))
            .stream()
            .map(row -> row.text(0))
            .toList();
    return Optional.of(
        revisions.isEmpty()
            ? "Alembic's table in schema %s has no revision.".formatted(schema)
            : "Alembic has schema %s at revision %s."
                .formatted(schema, String.join(" and ", revisions)));
  }
}
