package dev.stipend.migration.prisma;

import dev.stipend.migration.files.MigrationSet;
import dev.stipend.migration.history.History;
import dev.stipend.migration.history.HistoryState;
import dev.stipend.migration.report.MigrationReport;
import dev.stipend.platform.sql.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.api.MigrationInfo;

/// The table `_prisma_migrations`, written as Prisma's own engine writes it. Rows are never deleted
/// that it would keep.
public final class PrismaHistory implements History {
  /// As precise as Prisma's own.
  private static final String NOW = "date_trunc('milliseconds', clock_timestamp())";

  private final Connection connection;
  private final MigrationSet set;

  public PrismaHistory(Connection connection, MigrationSet set) {
    this.connection = connection;
    this.set = set;
  }

  @Override
  public void create() throws SQLException {
    Query.execute(
        connection,
        """
        CREATE TABLE IF NOT EXISTS %s (
          id varchar(36) PRIMARY KEY NOT NULL,
          checksum varchar(64) NOT NULL,
          finished_at timestamptz,
          migration_name varchar(255) NOT NULL,
          logs text,
          rolled_back_at timestamptz,
          started_at timestamptz NOT NULL DEFAULT now(),
          applied_steps_count integer NOT NULL DEFAULT 0
        )
        """
            .formatted(set.history()));
  }

  /// All rows, oldest first; none if there is no table.
  List<PrismaRow> rows() throws SQLException {
    if (Query.row(connection, "SELECT to_regclass(?)", set.history()).optional(0).isEmpty()) {
      return List.of();
    }
    return Query.rows(
            connection,
            """
            SELECT id, migration_name, checksum,
              to_char(started_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
              to_char(finished_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
              to_char(rolled_back_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
              logs, CAST(extract(epoch FROM finished_at - started_at) * 1000 AS integer)
            FROM %s
            ORDER BY started_at, migration_name
            """
                .formatted(set.history()))
        .stream()
        .map(
            row ->
                new PrismaRow(
                    row.text(0),
                    row.text(1),
                    row.text(2),
                    row.text(3),
                    row.optional(4),
                    row.optional(5),
                    row.optional(6).filter(text -> !text.isBlank()),
                    row.optional(7).map(Integer::valueOf)))
        .toList();
  }

  /// A short text that is another one as soon as another migration is applied.
  public String applied() throws SQLException {
    return Integer.toHexString(
        rows().stream()
            .filter(PrismaRow::isApplied)
            .map(PrismaRow::id)
            .sorted()
            .toList()
            .hashCode());
  }

  @Override
  public Optional<String> version() throws SQLException {
    return rows().stream()
        .filter(PrismaRow::isApplied)
        .map(PrismaRow::name)
        .max(Comparator.naturalOrder());
  }

  @Override
  public void insert(MigrationInfo migration) throws SQLException {
    PrismaFile file = file(migration);
    Query.update(
        connection,
        """
        INSERT INTO %s (id, checksum, logs, started_at, finished_at, migration_name)
        SELECT CAST(gen_random_uuid() AS text), ?, '', now, now, ?
        FROM (SELECT %s AS now) clock
        """
            .formatted(set.history(), NOW),
        file.checksum(),
        file.name());
  }

  /// Writes that a migration has begun.
  ///
  /// @return the id of the row
  String begin(PrismaFile file) throws SQLException {
    return Query.row(
            connection,
            """
            INSERT INTO %s (id, checksum, started_at, migration_name)
            VALUES (CAST(gen_random_uuid() AS text), ?, %s, ?)
            RETURNING id
            """
                .formatted(set.history(), NOW),
            file.checksum(),
            file.name())
        .text(0);
  }

  /// Writes that it has ended well.
  void finish(String id) throws SQLException {
    Query.update(
        connection,
        """
        UPDATE %s
        SET finished_at = %s,
            applied_steps_count = applied_steps_count + 1
        WHERE id = ?
        """
            .formatted(set.history(), NOW),
        id);
  }

  /// Writes that it has failed, wherever its row went.
  void fail(String id, PrismaFile file, String logs) throws SQLException {
    Query.update(
        connection,
        """
        INSERT INTO %s (id, checksum, logs, started_at, migration_name)
        VALUES (?, ?, ?, %s, ?)
        ON CONFLICT (id) DO UPDATE
        SET logs = EXCLUDED.logs
        """
            .formatted(set.history(), NOW),
        id,
        file.checksum(),
        logs,
        file.name());
  }

  /// Takes back that a migration has begun.
  void forget(String id) throws SQLException {
    Query.update(connection, "DELETE FROM %s WHERE id = ?".formatted(set.history()), id);
  }

  @Override
  public void deleteFailed(String script) throws SQLException {
    Query.update(
        connection,
        """
        UPDATE %s
        SET rolled_back_at = %s
        WHERE migration_name = ?
          AND finished_at IS NULL
          AND rolled_back_at IS NULL
        """
            .formatted(set.history(), NOW),
        PrismaFile.name(script));
  }

  @Override
  public void delete(String version) {
    throw new UnsupportedOperationException("Prisma has no down files");
  }

  @Override
  public void deleteRepeatable() {
    // There are none.
  }

  @Override
  public Optional<Checksums> checksums(MigrationInfo migration) {
    PrismaMigration prisma = (PrismaMigration) migration;
    return prisma
        .row()
        .filter(PrismaRow::isApplied)
        .flatMap(row -> prisma.file().map(file -> new Checksums(row.checksum(), file.checksum())));
  }

  @Override
  public void acceptChecksum(MigrationInfo migration) throws SQLException {
    PrismaFile file = file(migration);
    Query.update(
        connection,
        "UPDATE %s SET checksum = ? WHERE migration_name = ? AND finished_at IS NOT NULL"
            .formatted(set.history()),
        file.checksum(),
        file.name());
  }

  @Override
  public List<MigrationReport.HistoryLine> lines(HistoryState standing) throws SQLException {
    List<MigrationReport.HistoryLine> lines = new ArrayList<>();
    rows()
        .forEach(
            row -> lines.add(line(row.name(), row.state(), Optional.of(row), row.milliseconds())));
    standing
        .pending()
        .forEach(
            pending ->
                lines.add(
                    line(
                        HistoryState.name(pending),
                        "pending",
                        Optional.empty(),
                        Optional.empty())));
    return lines;
  }

  private static MigrationReport.HistoryLine line(
      String name, String state, Optional<PrismaRow> row, Optional<Integer> milliseconds) {
    return new MigrationReport.HistoryLine(
        Optional.of(name.replaceFirst("(?<=^[0-9]{1,30})_.*", "")),
        name,
        state,
        row.map(PrismaRow::started),
        Optional.empty(),
        milliseconds);
  }

  private static PrismaFile file(MigrationInfo migration) {
    return ((PrismaMigration) migration)
        .file()
        .orElseThrow(() -> new IllegalStateException(migration.getScript() + " is not there"));
  }
}
