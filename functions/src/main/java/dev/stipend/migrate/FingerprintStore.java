package dev.stipend.migrate;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Keeps the fingerprint of the schema as the last successful run left it, in a table of one row
/// beside the history.
final class FingerprintStore {
  static final String TABLE = "migration_fingerprint";

  private final Connection connection;
  private final String schema;
  private final String table;

  FingerprintStore(Run run) {
    this.connection = run.connection();
    this.schema = run.set().schema();
    this.table = MigrationSet.quoted(schema) + "." + TABLE;
  }

  /// Takes it, unless there is one, or nothing that it could be of.
  void takeFirst(Standing standing) throws SQLException {
    if (!isKept() && standing.version().isPresent()) {
      take(standing.version());
    }
  }

  void take(Optional<String> version) throws SQLException {
    Fingerprint now = Fingerprint.of(connection, schema);
    Query.execute(
        connection,
        """
        CREATE TABLE IF NOT EXISTS %s (
          id boolean PRIMARY KEY DEFAULT TRUE CHECK (id),
          version text NOT NULL,
          server_major integer NOT NULL,
          objects jsonb NOT NULL,
          taken_at timestamptz NOT NULL DEFAULT now()
        )
        """
            .formatted(table));
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
        version.orElse(""),
        connection.createArrayOf("text", now.objects().keySet().toArray()),
        connection.createArrayOf("text", now.objects().values().toArray()));
  }

  /// What has changed since; nothing if there is no fingerprint, or one of another major version of
  /// the server, which writes definitions in its own way.
  List<Difference> differences() throws SQLException {
    Optional<Fingerprint> kept = kept();
    return kept.isPresent() ? Fingerprint.of(connection, schema).since(kept.get()) : List.of();
  }

  /// Whether the last successful run had left this object.
  boolean has(String object) throws SQLException {
    return kept().map(kept -> kept.objects().containsKey(object)).orElse(false);
  }

  boolean isKept() throws SQLException {
    return kept().isPresent();
  }

  private Optional<Fingerprint> kept() throws SQLException {
    if (Query.row(connection, "SELECT to_regclass(?)", table).optional(0).isEmpty()) {
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

  private boolean isOfThisServer() throws SQLException {
    return !Query.rows(
            connection,
            "SELECT 1 FROM %s WHERE server_major = CAST(current_setting('server_version_num') AS integer) / 10000"
                .formatted(table))
        .isEmpty();
  }
}
