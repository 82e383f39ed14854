package dev.stipend.migration.check;

import dev.stipend.migration.Histories;
import dev.stipend.migration.MigrationRequest;
import dev.stipend.migration.database.Session;
import dev.stipend.migration.files.Layout;
import dev.stipend.migration.files.MigrationSet;
import dev.stipend.platform.sql.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Looks at all that migrations need of the database before any of them runs.
public final class Preflight {
  private static final int OLDEST_MAJOR = 14;
  private static final int VERSION_FACTOR = 10_000;
  private static final int PROBES = 3;

  private final Session session;
  private final MigrationSet set;
  private final MigrationRequest request;
  private final Supplier<Connection> another;
  private final List<MigrationProblem> problems = new ArrayList<>();

  private Preflight(
      Session session, MigrationSet set, MigrationRequest request, Supplier<Connection> another) {
    this.session = session;
    this.set = set;
    this.request = request;
    this.another = another;
  }

  /// What is wrong; empty if nothing is. A request that only looks needs to read, and no more.
  ///
  /// @param another makes a second connection to the same address
  public static List<MigrationProblem> problems(
      Session session, MigrationSet set, MigrationRequest request, Supplier<Connection> another)
      throws SQLException {
    Preflight preflight = new Preflight(session, set, request, another);
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
          MigrationProblem.Kind.SERVER_VERSION,
          "The server is PostgreSQL %d.".formatted(major),
          "Upgrade it to PostgreSQL %d or later.".formatted(OLDEST_MAJOR));
    }
    if (request.onlyLooks()) {
      reading(server.text(3));
    } else {
      writing(server);
    }
    if (server.number(7) != session.announcedPid()) {
      pooler();
    }
    if (server.isTrue(8)) {
      add(
          MigrationProblem.Kind.SEARCH_PATH,
          "The search_path has a schema before pg_catalog, which could replace its functions.",
          "ALTER ROLE … or ALTER DATABASE … RESET search_path.");
    }
    boolean unreadable =
        (request.onlyLooks() || set.pack().isPresent())
            && problems.stream().anyMatch(each -> each.kind() == MigrationProblem.Kind.PRIVILEGES);
    if (!unreadable) {
      Optional<MigrationProblem> history =
          new Histories(session.connection(), set, request).problem();
      if (history.isPresent()) {
        problems.add(new StampGuess(session.connection(), set).completed(history.get()));
      }
    }
  }

  private void writing(Query.Row server) throws SQLException {
    if (server.isTrue(1)) {
      add(
          MigrationProblem.Kind.READ_ONLY,
          "The server is a replica.",
          "Give the address of the primary in DATABASE_URL.");
    } else if (server.isTrue(2)) {
      add(
          MigrationProblem.Kind.READ_ONLY,
          "Sessions of %s on database %s are read-only.".formatted(server.text(3), server.text(4)),
          "ALTER ROLE … or ALTER DATABASE … RESET default_transaction_read_only.");
    }
    privileges(server.text(3), server.text(4), server.isTrue(5), server.isTrue(6));
  }

  /// The schema and the migrator's own tables in it.
  private void reading(String user) throws SQLException {
    List<String> closed =
        Query.rows(
                session.connection(),
                """
                SELECT CASE WHEN has_schema_privilege(n.oid, 'USAGE') THEN format('SELECT ON %I.%I', nspname, relname)
                  ELSE format('USAGE ON SCHEMA %I', nspname) END
                FROM pg_namespace n
                LEFT JOIN pg_class c ON relnamespace = n.oid AND relname IN (?, ?) AND relkind = 'r'
                WHERE n.oid = to_regnamespace(quote_ident(?))
                  AND NOT (has_schema_privilege(n.oid, 'USAGE')
                    AND (c.oid IS NULL OR has_table_privilege(c.oid, 'SELECT')))
                ORDER BY relname
                """,
                set.table(),
                set.kept().fingerprint(),
                set.kept().schema())
            .stream()
            .map(row -> row.text(0))
            .distinct()
            .toList();
    if (!closed.isEmpty()) {
      add(
          MigrationProblem.Kind.PRIVILEGES,
          "%s may not read the state of schema %s.".formatted(user, set.schema()),
          closed.stream()
              .map(what -> "GRANT %s TO %s;".formatted(what, user))
              .collect(Collectors.joining(" ")));
    }
  }

  private void migrations() {
    if (hasNoMigration()) {
      add(
          MigrationProblem.Kind.NO_MIGRATIONS,
          "There is no migration in %s.".formatted(set.name()),
          "Give their directory or jar with --set. These names are understood: %s."
              .formatted(Layout.UNDERSTOOD));
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
              MigrationProblem.Kind.POOLED,
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
    if (!set.kept().schema().equals(set.schema())) {
      aside(user, database, mayCreate);
    }
    if (!schemaIsThere) {
      if (!mayCreate) {
        add(
            MigrationProblem.Kind.PRIVILEGES,
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
          MigrationProblem.Kind.PRIVILEGES,
          "%s may not create anything in schema %s.".formatted(user, set.schema()),
          "GRANT USAGE, CREATE ON SCHEMA %s TO %s.".formatted(set.schema(), user));
    }
    owners(user);
  }

  /// What belongs to others, by owner: the set's tables, and those where it is kept what has run.
  private void owners(String user) throws SQLException {
    Query.rows(
            session.connection(),
            """
            SELECT pg_get_userbyid(relowner), min(format('%I.%I', nspname, relname)), count(*) - 1
            FROM pg_class
            JOIN pg_namespace n ON n.oid = relnamespace
            WHERE (nspname = ? OR nspname = ? AND relname IN (?, ?, ?))
              AND relkind IN ('r', 'p', 'v', 'm', 'S')
              AND NOT pg_has_role(relowner, 'USAGE')
            GROUP BY relowner
            ORDER BY 1
            """,
            set.schema(),
            set.kept().schema(),
            set.kept().table(),
            set.kept().seeds(),
            set.kept().fingerprint())
        .forEach(
            row ->
                add(
                    MigrationProblem.Kind.PRIVILEGES,
                    "%s%s to %s, and %s is not a member of that role."
                        .formatted(
                            row.text(1),
                            row.number(2) == 0
                                ? " belongs"
                                : " and %d more belong".formatted(row.number(2)),
                            row.text(0),
                            user),
                    "GRANT %s TO %s, or set STIPEND_MIGRATION_ROLE to the role that owns the schema."
                        .formatted(row.text(0), user)));
  }

  /// The history of a pack is in a schema of its own.
  private void aside(String user, String database, boolean mayCreate) throws SQLException {
    String aside = set.kept().schema();
    Query.Row there =
        Query.row(
            session.connection(),
            """
            SELECT count(*), coalesce(bool_and(has_schema_privilege(oid, 'CREATE') AND has_schema_privilege(oid, 'USAGE')),
              FALSE)
            FROM pg_namespace
            WHERE nspname = ?
            """,
            aside);
    if (there.number(0) == 0 && !mayCreate) {
      add(
          MigrationProblem.Kind.PRIVILEGES,
          "%s may not create schema %s, which keeps what has run, in database %s."
              .formatted(user, aside, database),
          "GRANT CREATE ON DATABASE %s TO %s, or CREATE SCHEMA %s AUTHORIZATION %s."
              .formatted(database, user, aside, user));
    } else if (there.number(0) > 0 && !there.isTrue(1)) {
      add(
          MigrationProblem.Kind.PRIVILEGES,
          "%s may not create anything in schema %s, which keeps what has run."
              .formatted(user, aside),
          "GRANT USAGE, CREATE ON SCHEMA %s TO %s.".formatted(aside, user));
    }
  }

  private void add(MigrationProblem.Kind kind, String cause, String fix) {
    problems.add(new MigrationProblem(kind, cause, fix));
  }
}
