package dev.stipend.migrate;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/// Looks at all that migrations need of the database before any of them runs.
final class Preflight {
  private static final int OLDEST_MAJOR = 14;
  private static final int VERSION_FACTOR = 10_000;
  private static final int PROBES = 3;

  private final Session session;
  private final MigrationSet set;
  private final Supplier<Connection> another;
  private final List<Problem> problems = new ArrayList<>();

  private Preflight(Session session, MigrationSet set, Supplier<Connection> another) {
    this.session = session;
    this.set = set;
    this.another = another;
  }

  /// What is wrong; empty if nothing is.
  ///
  /// @param another makes a second connection to the same address
  static List<Problem> problems(Session session, MigrationSet set, Supplier<Connection> another)
      throws SQLException {
    Preflight preflight = new Preflight(session, set, another);
    preflight.look();
    return preflight.problems;
  }

  private void look() throws SQLException {
    migrations();
    Query.Row server =
        Query.row(
            session.connection(),
            """
            SELECT current_setting('server_version_num'), pg_is_in_recovery(),
              CAST(current_setting('transaction_read_only') AS boolean), current_user, current_database(),
              to_regnamespace(quote_ident(?)) IS NOT NULL,
              has_database_privilege(current_database(), 'CREATE'),
              pg_backend_pid(),
              'pg_catalog' = ANY (current_schemas(FALSE)) AND (current_schemas(FALSE))[1] <> 'pg_catalog'
            """,
            set.schema());
    long major = server.number(0) / VERSION_FACTOR;
    if (major < OLDEST_MAJOR) {
      add(
          Problem.Kind.SERVER_VERSION,
          "The server is PostgreSQL %d.".formatted(major),
          "Upgrade it to PostgreSQL %d or later.".formatted(OLDEST_MAJOR));
    }
    if (server.isTrue(1)) {
      add(
          Problem.Kind.READ_ONLY,
          "The server is a replica.",
          "Give the address of the primary in DATABASE_URL.");
    } else if (server.isTrue(2)) {
      add(
          Problem.Kind.READ_ONLY,
          "Sessions of %s on database %s are read-only.".formatted(server.text(3), server.text(4)),
          "ALTER ROLE … or ALTER DATABASE … RESET default_transaction_read_only.");
    }
    if (server.number(7) != session.announcedPid()) {
      pooler();
    }
    if (server.isTrue(8)) {
      add(
          Problem.Kind.SEARCH_PATH,
          "The search_path has a schema before pg_catalog, which could replace its functions.",
          "ALTER ROLE … or ALTER DATABASE … RESET search_path.");
    }
    privileges(server.text(3), server.text(4), server.isTrue(5), server.isTrue(6));
    histories();
  }

  private void migrations() {
    if (hasNoMigration()) {
      add(
          Problem.Kind.NO_MIGRATIONS,
          "There is no migration in %s.".formatted(set.name()),
          "Files are named V<version>__<description>.sql; give their directory or jar with --set.");
    }
  }

  private boolean hasNoMigration() {
    return set.files().getResources("V", new String[] {".sql"}).isEmpty()
        && set.files().getResources("R", new String[] {".sql"}).isEmpty();
  }

  /// A proxy is in between. It is harmless if it leaves sessions alone; one that does not will
  /// sooner or later give two of ours the same server process, or forget a setting.
  private void pooler() throws SQLException {
    try (Connection other = another.get()) {
      for (int probe = 0; probe < PROBES; probe++) {
        String mine = "SELECT pg_backend_pid()";
        String first = Query.row(session.connection(), mine).text(0);
        String second = Query.row(other, mine).text(0);
        if (Objects.equals(first, second)) {
          add(
              Problem.Kind.POOLED,
              "A pooler in transaction mode is in between: two sessions share one server process.",
              "Connect to PostgreSQL itself in DATABASE_URL; the functions may keep the pooler in"
                  + " DATABASE_URL_POOLED.");
          return;
        }
      }
    }
  }

  private void privileges(String user, String database, boolean schemaIsThere, boolean mayCreate)
      throws SQLException {
    if (!schemaIsThere) {
      if (!mayCreate) {
        add(
            Problem.Kind.PRIVILEGES,
            "%s may not create schema %s in database %s.".formatted(user, set.schema(), database),
            "GRANT CREATE ON DATABASE %s TO %s, or create the schema for it."
                .formatted(database, user));
      }
      return;
    }
    if (!Query.row(
            session.connection(),
            "SELECT has_schema_privilege(?, 'CREATE') AND has_schema_privilege(?, 'USAGE')",
            set.schema(),
            set.schema())
        .isTrue(0)) {
      add(
          Problem.Kind.PRIVILEGES,
          "%s may not create anything in schema %s.".formatted(user, set.schema()),
          "GRANT USAGE, CREATE ON SCHEMA %s TO %s.".formatted(set.schema(), user));
      return;
    }
    List<Query.Row> foreign =
        Query.rows(
            session.connection(),
            """
            SELECT relname, pg_get_userbyid(relowner)
            FROM pg_class
            WHERE relnamespace = to_regnamespace(quote_ident(?))
              AND relkind IN ('r', 'p', 'v', 'm', 'S')
              AND NOT pg_has_role(relowner, 'USAGE')
            ORDER BY relname
            LIMIT 1
            """,
            set.schema());
    if (!foreign.isEmpty()) {
      String owner = foreign.getFirst().text(1);
      add(
          Problem.Kind.PRIVILEGES,
          "%s.%s belongs to %s, of which %s is no member."
              .formatted(set.schema(), foreign.getFirst().text(0), owner, user),
          "GRANT %s TO %s, or set STIPEND_MIGRATION_ROLE to the role that owns the schema."
              .formatted(owner, user));
    }
  }

  /// There is one history, in the set's own schema, from the schema's first table on.
  private void histories() throws SQLException {
    List<String> schemas =
        Query.rows(
                session.connection(),
                """
                SELECT nspname
                FROM pg_class
                JOIN pg_namespace ON pg_namespace.oid = relnamespace
                WHERE relname = ?
                  AND relkind IN ('r', 'p')
                """,
                set.table())
            .stream()
            .map(row -> row.text(0))
            .toList();
    for (String schema : schemas) {
      if (!schema.equals(set.schema()) && hasOurs(schema)) {
        add(
            Problem.Kind.HISTORY_TABLES,
            "Schema %s has a history of these migrations, too.".formatted(schema),
            "Drop %s.%s if it is a leftover, or give --schema %s."
                .formatted(schema, set.table(), schema));
      }
    }
    if (!schemas.contains(set.schema()) && !set.table().contains("seed")) {
      Optional<String> table = anyTable();
      table.ifPresent(
          name ->
              add(
                  Problem.Kind.HISTORY_TABLES,
                  "Schema %s has tables, such as %s, and no history of migrations."
                      .formatted(set.schema(), name),
                  "Say which migrations it has with stamp VERSION (0 for none)."));
    }
  }

  private Optional<String> anyTable() throws SQLException {
    return Query.rows(
            session.connection(),
            """
            SELECT relname
            FROM pg_class
            WHERE relnamespace = to_regnamespace(quote_ident(?))
              AND relkind IN ('r', 'p', 'v', 'm')
              AND relname <> ?
            ORDER BY relname
            LIMIT 1
            """,
            set.schema(),
            FingerprintStore.TABLE)
        .stream()
        .findFirst()
        .map(row -> row.text(0));
  }

  private boolean hasOurs(String schema) throws SQLException {
    String[] scripts =
        set.files().getResources("V", new String[] {".sql"}).stream()
            .map(file -> file.getFilename())
            .toArray(String[]::new);
    return !Query.rows(
            session.connection(),
            "SELECT 1 FROM %s.%s WHERE script = ANY (?) LIMIT 1"
                .formatted(MigrationSet.quoted(schema), MigrationSet.quoted(set.table())),
            session.connection().createArrayOf("text", scripts))
        .isEmpty();
  }

  private void add(Problem.Kind kind, String cause, String fix) {
    problems.add(new Problem(kind, cause, fix));
  }
}
