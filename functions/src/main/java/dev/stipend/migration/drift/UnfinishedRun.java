package dev.stipend.migration.drift;

import dev.stipend.migration.Run;
import dev.stipend.platform.sql.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/// Keeps which migrations have run since the last run that ended well, beside the fingerprint. Only
/// what this migrator has run itself is ever noted: what was stamped or resolved was there before,
/// and may be in use.
public final class UnfinishedRun {
  private final Connection connection;
  private final String table;
  private final Run run;

  public UnfinishedRun(Run run) {
    this.run = run;
    this.connection = run.connection();
    this.table = run.set().kept().quotedFingerprint();
  }

  /// From now on, what runs is noted. Files of Prisma's may be run by its own engine, too, so that
  /// nothing is noted of them.
  public void begin() throws SQLException {
    if (run.set().isPrisma()) {
      return;
    }
    // Flyway refuses a schema that has a table and no history.
    run.history().create();
    new FingerprintStore(run).create();
    if (!isKept()) {
      Query.execute(connection, "ALTER TABLE %s ADD COLUMN unfinished jsonb".formatted(table));
    }
    // A fingerprint of no server is none.
    Query.execute(
        connection,
        """
        INSERT INTO %s (version, server_major, objects)
        VALUES ('', 0, '{}')
        ON CONFLICT (id) DO NOTHING
        """
            .formatted(table));
  }

  /// Notes a migration, in its transaction.
  public void add(String script) throws SQLException {
    if (isKept()) {
      Query.update(
          connection,
          "UPDATE %s SET unfinished = coalesce(unfinished, '{}') || jsonb_build_object(CAST(? AS text), FALSE)"
              .formatted(table),
          script);
    }
  }

  /// Forgets a migration that was undone.
  public void remove(String script) throws SQLException {
    if (isKept()) {
      Query.update(
          connection,
          "UPDATE %s SET unfinished = unfinished - CAST(? AS text)".formatted(table),
          script);
    }
  }

  /// The fingerprint that was just taken has what these migrations made.
  void see() throws SQLException {
    if (isKept()) {
      Query.execute(
          connection,
          """
          UPDATE %s
          SET unfinished = (SELECT jsonb_object_agg(key, TRUE) FROM jsonb_each(unfinished))
          WHERE unfinished IS NOT NULL
          """
              .formatted(table));
    }
  }

  /// Whether a migration has run since the fingerprint was taken, as before a crash: then there is
  /// nothing to compare with.
  boolean isUnseen() throws SQLException {
    return isKept()
        && !Query.rows(
                connection,
                "SELECT 1 FROM %s, jsonb_each(unfinished) WHERE value = 'false'".formatted(table))
            .isEmpty();
  }

  /// The run has ended well: what it made is in use from now on.
  public void end() throws SQLException {
    if (isKept()) {
      Query.execute(
          connection,
          "UPDATE %s SET unfinished = NULL WHERE unfinished IS NOT NULL".formatted(table));
    }
  }

  /// The files of these migrations.
  public List<String> scripts() throws SQLException {
    return isKept()
        ? Query.rows(
                connection,
                "SELECT name FROM %s, jsonb_object_keys(unfinished) AS script (name)"
                    .formatted(table))
            .stream()
            .map(row -> row.text(0))
            .toList()
        : List.of();
  }

  private boolean isKept() throws SQLException {
    return !Query.rows(
            connection,
            """
            SELECT 1
            FROM pg_attribute
            WHERE attrelid = to_regclass(?)
              AND attname = 'unfinished'
              AND NOT attisdropped
            """,
            table)
        .isEmpty();
  }
}
