package dev.stipend.maintenance.pack;

import dev.stipend.platform.sql.Query;
import dev.stipend.platform.sql.Query.Row;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What maintenance remembers, beside the histories of packs: the files of its archives, and how
/// much had changed in a table when an index was built anew. A file belongs to the archive if it is
/// marked as removed here: then its rows have left the database.
final class MaintenanceJournal {
  private static final String ARCHIVES = "stipend_migrations.maintenance_archives";
  private static final String REINDEXES = "stipend_migrations.maintenance_reindexes";

  private final PackSession session;

  MaintenanceJournal(PackSession session) {
    this.session = session;
  }

  /// Makes its tables, unless they are there.
  void create() throws SQLException {
    Query.execute(
        session.connection(),
        """
        CREATE TABLE IF NOT EXISTS %s (
          pack text NOT NULL,
          schema_name text NOT NULL,
          table_name text NOT NULL,
          piece text NOT NULL,
          location text NOT NULL,
          rows bigint NOT NULL DEFAULT 0,
          sums jsonb NOT NULL DEFAULT '{}',
          sha256 text,
          begun_at timestamptz NOT NULL,
          removed_at timestamptz,
          PRIMARY KEY (pack, schema_name, table_name, piece)
        );
        CREATE TABLE IF NOT EXISTS %s (
          pack text NOT NULL,
          schema_name text NOT NULL,
          index_name text NOT NULL,
          changes bigint NOT NULL,
          rebuilt_at timestamptz NOT NULL,
          PRIMARY KEY (pack, schema_name, index_name)
        )
        """
            .formatted(ARCHIVES, REINDEXES));
  }

  /// The name of the next piece of a table: that of the unfinished one, if a run was cut off.
  ///
  /// @param stamp when the run began, in the form of a name
  /// @param folder where the file goes
  String begin(String table, String stamp, String folder, Instant now) throws SQLException {
    Optional<String> unfinished =
        Query.rows(
                session.connection(),
                """
                SELECT piece
                FROM %s
                WHERE pack = ?
                  AND schema_name = ?
                  AND table_name = ?
                  AND removed_at IS NULL
                ORDER BY piece
                LIMIT 1
                """
                    .formatted(ARCHIVES),
                session.pack(),
                session.schema(),
                table)
            .stream()
            .findFirst()
            .map(row -> row.text(0));
    if (unfinished.isPresent()) {
      Query.update(
          session.connection(),
          "UPDATE %s SET location = ? WHERE pack = ? AND schema_name = ? AND table_name = ? AND piece = ?"
              .formatted(ARCHIVES),
          folder + unfinished.get(),
          session.pack(),
          session.schema(),
          table,
          unfinished.get());
      return unfinished.get();
    }
    return Query.row(
            session.connection(),
            """
            INSERT INTO %1$s (pack, schema_name, table_name, piece, location, begun_at)
            SELECT given.pack, given.schema_name, given.table_name, named.piece, given.folder || named.piece, given.at
            FROM (VALUES (?, ?, ?, ?, ?, CAST(? AS timestamptz)))
              AS given (pack, schema_name, table_name, stamp, folder, at)
            CROSS JOIN LATERAL (
              SELECT given.table_name || '-' || given.stamp || '-' || lpad(CAST(count(*) + 1 AS text), 4, '0') AS piece
              FROM %1$s a
              WHERE a.pack = given.pack
                AND a.schema_name = given.schema_name
                AND a.table_name = given.table_name
                AND a.piece LIKE '%%' || given.stamp || '%%') named
            RETURNING piece
            """
                .formatted(ARCHIVES),
            session.pack(),
            session.schema(),
            table,
            stamp,
            folder,
            now.toString())
        .text(0);
  }

  /// Notes that the rows of a piece leave; within the transaction that deletes them.
  void removed(String table, String piece, PieceContents contents, String sha256, Instant now)
      throws SQLException {
    Query.update(
        session.connection(),
        """
        UPDATE %s
        SET rows = ?, sums = CAST(? AS jsonb), sha256 = ?, removed_at = CAST(? AS timestamptz)
        WHERE pack = ?
          AND schema_name = ?
          AND table_name = ?
          AND piece = ?
        """
            .formatted(ARCHIVES),
        contents.rows(),
        contents.sumsAsJson(),
        sha256,
        now.toString(),
        session.pack(),
        session.schema(),
        table,
        piece);
  }

  /// How much had changed when each index was built anew, by the index's name.
  Map<String, Long> rebuilt() throws SQLException {
    Map<String, Long> changes = new HashMap<>();
    if (exists()) {
      List<Row> rows =
          Query.rows(
              session.connection(),
              "SELECT index_name, changes FROM %s WHERE pack = ? AND schema_name = ?"
                  .formatted(REINDEXES),
              session.pack(),
              session.schema());
      rows.forEach(row -> changes.put(row.text(0), row.number(1)));
    }
    return changes;
  }

  private boolean exists() throws SQLException {
    return Query.row(session.connection(), "SELECT to_regclass(?)", REINDEXES)
        .optional(0)
        .isPresent();
  }

  void rebuilt(String index, long changes, Instant now) throws SQLException {
    Query.update(
        session.connection(),
        """
        INSERT INTO %s (pack, schema_name, index_name, changes, rebuilt_at)
        VALUES (?, ?, ?, ?, CAST(? AS timestamptz))
        ON CONFLICT (pack, schema_name, index_name) DO UPDATE
        SET changes = excluded.changes, rebuilt_at = excluded.rebuilt_at
        """
            .formatted(REINDEXES),
        session.pack(),
        session.schema(),
        index,
        changes,
        now.toString());
  }
}
