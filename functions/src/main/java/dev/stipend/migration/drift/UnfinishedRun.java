package dev.stipend.migration.drift;

import dev.stipend.migration.Run;
import dev.stipend.platform.sql.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;

/// Keeps which migrations have run since the last run that ended well, and which are to run again,
/// beside the fingerprint. Only what this migrator has run itself is ever noted: what was stamped
/// or resolved was there before, and may be in use.
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
          SET unfinished = (
            SELECT jsonb_object_agg(key, CASE WHEN value = '"again"' THEN value ELSE 'true' END)
            FROM jsonb_each(unfinished))
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
          """
          UPDATE %s
          SET unfinished = (
            SELECT jsonb_object_agg(key, value) FROM jsonb_each(unfinished) WHERE value = '"again"')
          WHERE unfinished IS NOT NULL
          """
              .formatted(table));
    }
  }

  /// Lets a migration that was rolled back run again, whatever has run since.
  public void again(String script) throws SQLException {
    begin();
    if (isKept()) {
      Query.update(
          connection,
          """
          UPDATE %s
          SET unfinished = coalesce(unfinished, '{}') || jsonb_build_object(CAST(? AS text), 'again')
          """
              .formatted(table),
          script);
    }
  }

  /// The files of the migrations that have run.
  public Set<String> scripts() throws SQLException {
    return keys("value <> '\"again\"'");
  }

  /// The files of those that were rolled back.
  public Set<String> rolledBack() throws SQLException {
    return keys("value = '\"again\"'");
  }

  private Set<String> keys(String condition) throws SQLException {
    Set<String> keys = new HashSet<>();
    if (isKept()) {
      Query.rows(
              connection,
              "SELECT key FROM %s, jsonb_each(unfinished) WHERE %s".formatted(table, condition))
          .forEach(row -> keys.add(row.text(0)));
    }
    return keys;
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
