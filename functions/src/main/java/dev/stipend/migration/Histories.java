package dev.stipend.migration;

import dev.stipend.migration.check.MigrationProblem;
import dev.stipend.migration.check.PublicViews;
import dev.stipend.migration.files.MigrationSet;
import dev.stipend.migration.history.PackHistory;
import dev.stipend.platform.sql.Identifiers;
import dev.stipend.platform.sql.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// Sees to it that a set has one history, in its own schema, from the schema's first table on. The
/// same set may be in several schemas. Packs have their histories elsewhere: {@link PackHistory}.
public final class Histories {
  private final Connection connection;
  private final MigrationSet set;
  private final MigrationRequest request;

  public Histories(Connection connection, MigrationSet set, MigrationRequest request) {
    this.connection = connection;
    this.set = set;
    this.request = request;
  }

  /// What is to be said before anything else can be.
  public Optional<MigrationProblem> problem() throws SQLException {
    if (set.pack().isPresent()) {
      return new PackHistory(connection, set).problem();
    }
    List<String> schemas =
        Query.rows(
                connection,
                """
                SELECT nspname
                FROM pg_class
                JOIN pg_namespace ON pg_namespace.oid = relnamespace
                WHERE relname = ?
                  AND relkind IN ('r', 'p')
                ORDER BY nspname
                """,
                set.table())
            .stream()
            .map(row -> row.text(0))
            .toList();
    if (schemas.contains(set.schema()) || set.table().contains("seed")) {
      return Optional.empty();
    }
    if (!set.isCore() && request.text(Option.SCHEMA).isEmpty()) {
      for (String schema : schemas) {
        if (hasOurs(connection, set, schema, set.table())) {
          return problem(
              "Schema %s has a history of these migrations, and %s has none."
                  .formatted(schema, set.schema()),
              "Say which is meant, with --schema %s or --schema %s."
                  .formatted(schema, set.schema()));
        }
      }
    }
    Optional<String> table = anyTable();
    return table.isEmpty()
        ? Optional.empty()
        : problem(
            "Schema %s has tables, such as %s, and no history of migrations."
                .formatted(set.schema(), table.get()),
            set.isPrisma()
                ? "Say which migrations it has, as Prisma's baseline does: resolve --applied NAME"
                    + " for each, or stamp NAME for all up to one; then deploy."
                : "Say which migrations it has: stamp head if the SQL of deploy --sql was run here,"
                    + " else stamp VERSION, or stamp 0 for none; then deploy.");
  }

  private static Optional<MigrationProblem> problem(String cause, String fix) {
    return Optional.of(new MigrationProblem(MigrationProblem.Kind.HISTORY_TABLES, cause, fix));
  }

  /// A table that is neither ours nor an extension's.
  private Optional<String> anyTable() throws SQLException {
    return Query.rows(
            connection,
            """
            SELECT relname
            FROM pg_class
            WHERE relnamespace = to_regnamespace(quote_ident(?))
              AND relkind IN ('r', 'p', 'v', 'm')
              AND relname <> ?
              AND obj_description(oid, 'pg_class') IS DISTINCT FROM ?
              AND NOT EXISTS (
                SELECT 1 FROM pg_depend d
                WHERE d.classid = CAST('pg_class' AS regclass) AND d.objid = pg_class.oid AND d.deptype = 'e')
            ORDER BY relname
            LIMIT 1
            """,
            set.schema(),
            set.kept().fingerprint(),
            PublicViews.MARK)
        .stream()
        .findFirst()
        .map(row -> row.text(0));
  }

  /// Whether a table in a schema is a history of this set's files. One that must not be read is
  /// not.
  public static boolean hasOurs(
      Connection connection, MigrationSet set, String schema, String table) throws SQLException {
    boolean mayRead =
        Query.rows(
                connection,
                """
                SELECT has_schema_privilege(relnamespace, 'USAGE') AND has_table_privilege(oid, 'SELECT')
                FROM pg_class
                WHERE relname = ?
                  AND relnamespace = to_regnamespace(quote_ident(?))
                """,
                table,
                schema)
            .stream()
            .anyMatch(row -> row.isTrue(0));
    String[] scripts =
        set.files().getResources("V", new String[] {".sql"}).stream()
            .map(file -> file.getRelativePath())
            .toArray(String[]::new);
    String script = set.isPrisma() ? "migration_name || '/migration.sql'" : "script";
    return mayRead
        && !Query.rows(
                connection,
                "SELECT 1 FROM %s.%s WHERE %s = ANY (?) LIMIT 1"
                    .formatted(Identifiers.quoted(schema), Identifiers.quoted(table), script),
                connection.createArrayOf("text", scripts))
            .isEmpty();
  }
}
