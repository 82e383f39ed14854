package dev.stipend.migration.drift;

import dev.stipend.migration.Run;
import dev.stipend.migration.files.MigrationSet;
import dev.stipend.migration.history.HistoryState;
import dev.stipend.migration.prisma.PrismaHistory;
import dev.stipend.platform.sql.Identifiers;
import dev.stipend.platform.sql.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Keeps the fingerprint of the schema as the last successful run left it, in a table of one row
/// beside the history. Prisma would take that table for drift, so that it is elsewhere then; and it
/// counts only as long as Prisma's own engine has applied nothing since.
public final class FingerprintStore {
  private final Connection connection;
  private final String schema;
  private final MigrationSet set;
  private final String place;
  private final String name;
  private final String table;
  private final UnfinishedRun unfinished;

  public FingerprintStore(Run run) {
    this.connection = run.connection();
    this.set = run.set();
    this.schema = set.schema();
    this.place = set.kept().fingerprints();
    this.name = set.kept().fingerprint();
    this.table = set.kept().quotedFingerprint();
    this.unfinished = new UnfinishedRun(run);
  }

  /// Takes it, unless there is one, or nothing that it could be of.
  public void takeFirst(HistoryState standing) throws SQLException {
    if (!isKept() && standing.version().isPresent()) {
      take(standing.version());
    }
  }

  public void take(Optional<String> version) throws SQLException {
    if (set.isPrisma() && !mayKeep()) {
      return;
    }
    Fingerprint now = Fingerprint.of(connection, schema);
    create();
    Query.update(
        connection,
        """
        INSERT INTO %s (version, server_major, objects)
        SELECT ?, CAST(current_setting('server_version_num') AS integer) / 10000,
          coalesce(jsonb_object_agg(name, definition), '{}')
        FROM unnest(?, ?) AS object (name, definition)
        ON CONFLICT (id) DO UPDATE
        SET version = EXCLUDED.version,
            server_major = EXCLUDED.server_major,
            objects = EXCLUDED.objects,
            taken_at = EXCLUDED.taken_at
        """
            .formatted(table),
        set.isPrisma() ? applied() : version.orElse(""),
        connection.createArrayOf("text", now.objects().keySet().toArray()),
        connection.createArrayOf("text", now.objects().values().toArray()));
    unfinished.see();
  }

  /// From now on these objects belong there, and so does what belongs to those that are tables.
  public void accept(List<String> objects) throws SQLException {
    Map<String, String> accepted = new TreeMap<>(Fingerprint.of(connection, schema).objects());
    accepted.keySet().removeIf(each -> !isOf(objects, each));
    if (isKept() && !accepted.isEmpty()) {
      Query.update(
          connection,
          """
          UPDATE %s
          SET objects = objects || (
            SELECT jsonb_object_agg(name, definition)
            FROM unnest(?, ?) AS object (name, definition))
          """
              .formatted(table),
          connection.createArrayOf("text", accepted.keySet().toArray()),
          connection.createArrayOf("text", accepted.values().toArray()));
    }
  }

  private static boolean isOf(List<String> objects, String object) {
    return objects.contains(object)
        || objects.contains(
            object.replaceFirst("^(?:column|constraint|trigger|policy) ([^.]+)\\..*", "table $1"));
  }

  /// From now on these objects are not missed, nor what belongs to those of them that are tables.
  public void forget(List<String> objects) throws SQLException {
    Optional<Fingerprint> kept = kept();
    if (kept.isPresent()) {
      Object[] forgotten =
          kept.get().objects().keySet().stream().filter(each -> isOf(objects, each)).toArray();
      Query.update(
          connection,
          "UPDATE %s SET objects = objects - CAST(? AS text[])".formatted(table),
          connection.createArrayOf("text", forgotten));
    }
  }

  /// Elsewhere is a schema that not everybody may make.
  private boolean mayKeep() throws SQLException {
    return Query.row(
            connection,
            """
            SELECT CASE WHEN to_regnamespace(?) IS NULL THEN has_database_privilege(current_database(), 'CREATE')
              ELSE has_schema_privilege(?, 'CREATE') AND has_schema_privilege(?, 'USAGE') END
            """,
            place,
            place,
            place)
        .isTrue(0);
  }

  /// Which migrations Prisma's history says are applied.
  private String applied() throws SQLException {
    return new PrismaHistory(connection, set).applied();
  }

  /// Makes the table, unless it is there.
  void create() throws SQLException {
    if (set.isPrisma()) {
      Query.execute(connection, "CREATE SCHEMA IF NOT EXISTS " + Identifiers.quoted(place));
    }
    Query.execute(
        connection,
        """
        CREATE TABLE IF NOT EXISTS %s (
          id boolean PRIMARY KEY DEFAULT TRUE CHECK (id),
          version text NOT NULL,
          server_major integer NOT NULL,
          objects jsonb NOT NULL,
          taken_at timestamptz NOT NULL DEFAULT now(),
          made jsonb
        )
        """
            .formatted(table));
  }

  /// From now on it is noted what migrations make: nothing yet. A fingerprint of no server is none.
  public void takeNotes() throws SQLException {
    create();
    if (!hasNotes()) {
      Query.execute(connection, "ALTER TABLE %s ADD COLUMN made jsonb".formatted(table));
    }
    Query.execute(
        connection,
        """
        INSERT INTO %s AS kept (version, server_major, objects, made)
        VALUES ('', 0, '{}', '[]')
        ON CONFLICT (id) DO UPDATE
        SET made = coalesce(kept.made, EXCLUDED.made)
        """
            .formatted(table));
  }

  /// What migrations have made; empty if that was not noted from the first of them on.
  public Optional<List<String>> notes() throws SQLException {
    if (!hasNotes()
        || Query.rows(connection, "SELECT 1 FROM %s WHERE made IS NOT NULL".formatted(table))
            .isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        Query.rows(
                connection,
                """
                SELECT name
                FROM %s, jsonb_array_elements_text(made) WITH ORDINALITY AS object (name, place)
                ORDER BY place
                """
                    .formatted(table))
            .stream()
            .map(row -> row.text(0))
            .toList());
  }

  public void note(Collection<String> made) throws SQLException {
    Query.update(
        connection,
        "UPDATE %s SET made = to_jsonb(?)".formatted(table),
        connection.createArrayOf("text", made.toArray()));
  }

  private boolean hasNotes() throws SQLException {
    return !Query.rows(
            connection,
            """
            SELECT 1
            FROM pg_attribute
            WHERE attrelid = to_regclass(?)
              AND attname = 'made'
            """,
            table)
        .isEmpty();
  }

  /// What has changed since; nothing if there is no fingerprint, or one of another major version of
  /// the server, which writes definitions in its own way.
  public List<Difference> differences() throws SQLException {
    Optional<Fingerprint> kept = kept();
    return kept.isPresent() ? Fingerprint.of(connection, schema).since(kept.get()) : List.of();
  }

  /// Whether this object was there when the fingerprint was taken, whatever has run since.
  public boolean has(String object) throws SQLException {
    return stored().map(kept -> kept.objects().containsKey(object)).orElse(false);
  }

  public boolean isKept() throws SQLException {
    return kept().isPresent();
  }

  private Optional<Fingerprint> kept() throws SQLException {
    return isReadable() && unfinished.isUnseen() ? Optional.empty() : stored();
  }

  private Optional<Fingerprint> stored() throws SQLException {
    if (!isReadable() || (set.isPrisma() && !isOf(applied()))) {
      return Optional.empty();
    }
    Map<String, String> objects = new TreeMap<>();
    List<Query.Row> rows =
        Query.rows(
            connection,
            """
            SELECT key, value
            FROM %s, jsonb_each_text(objects)
            WHERE server_major = CAST(current_setting('server_version_num') AS integer) / 10000
            """
                .formatted(table));
    rows.forEach(row -> objects.put(row.text(0), row.text(1)));
    return isOfThisServer() ? Optional.of(new Fingerprint(objects)) : Optional.empty();
  }

  private boolean isReadable() throws SQLException {
    return !Query.rows(
            connection,
            """
            SELECT 1
            FROM pg_class c
            JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = ?
              AND c.relname = ?
              AND (NOT ? OR has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT'))
            """,
            place,
            name,
            set.isPrisma())
        .isEmpty();
  }

  private boolean isOf(String version) throws SQLException {
    return !Query.rows(connection, "SELECT 1 FROM %s WHERE version = ?".formatted(table), version)
        .isEmpty();
  }

  private boolean isOfThisServer() throws SQLException {
    return !Query.rows(
            connection,
            "SELECT 1 FROM %s WHERE server_major = CAST(current_setting('server_version_num') AS integer) / 10000"
                .formatted(table))
        .isEmpty();
  }
}
