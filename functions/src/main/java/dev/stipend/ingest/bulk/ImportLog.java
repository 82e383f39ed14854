package dev.stipend.ingest.bulk;

import dev.stipend.platform.sql.Instants;
import dev.stipend.platform.sql.Sql;
import dev.stipend.platform.sql.Statements;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// How far each file has come.
@Singleton
public class ImportLog {
  private final JdbcOperations jdbc;

  ImportLog(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /// Where a file stands.
  ///
  /// @param counts what is done of it
  /// @param finishedAt when all of it was; empty while it was not
  public record Standing(ImportCounts counts, Optional<Instant> finishedAt) {
    static final Standing NOT_BEGUN = new Standing(ImportCounts.NONE, Optional.empty());

    static Standing read(ResultSet row) throws SQLException {
      return new Standing(
          new ImportCounts(
              row.getLong("rows_done"),
              row.getLong("recorded"),
              row.getLong("unpriced"),
              row.getLong("duplicates"),
              row.getLong("rejected")),
          Instants.readOptional(row, "finished_at"));
    }
  }

  /// Where a file stands, without beginning it.
  @Transactional
  public Standing find(UUID workspace, String source) {
    return jdbc.prepareStatement(
        """
        SELECT rows_done, recorded, unpriced, duplicates, rejected, finished_at
        FROM stipend.usage_imports
        WHERE workspace_id = ?
          AND source = ?
        """,
        statement -> {
          Statements.bind(statement, workspace, source);
          try (ResultSet row = statement.executeQuery()) {
            return row.next() ? Standing.read(row) : Standing.NOT_BEGUN;
          }
        });
  }

  /// Where a file stands; one that nobody has begun begins now.
  @Transactional
  public Standing begin(UUID workspace, String source, String name, Instant now) {
    return jdbc.prepareStatement(
        """
        INSERT INTO stipend.usage_imports AS i (workspace_id, source, name, started_at, updated_at)
        VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (workspace_id, source) DO UPDATE
        SET name = EXCLUDED.name
        RETURNING rows_done, recorded, unpriced, duplicates, rejected, finished_at
        """,
        statement -> {
          Statements.bind(statement, workspace, source, name, now, now);
          try (ResultSet row = statement.executeQuery()) {
            row.next();
            return Standing.read(row);
          }
        });
  }

  /// Notes a chunk, in the transaction that records it. Two imports of one file at once are settled
  /// here: the second finds that the file has come further than it knows.
  ///
  /// @throws UnusableFileException if somebody else imports the file
  public void advance(
      UUID workspace, String source, ImportCounts before, ImportCounts after, Instant now) {
    int updated =
        Sql.update(
            jdbc,
            """
            UPDATE stipend.usage_imports
            SET rows_done = ?, recorded = ?, unpriced = ?, duplicates = ?, rejected = ?, updated_at = ?
            WHERE workspace_id = ?
              AND source = ?
              AND rows_done = ?
            """,
            after.rows(),
            after.recorded(),
            after.unpriced(),
            after.duplicates(),
            after.rejected(),
            now,
            workspace,
            source,
            before.rows());
    if (updated == 0) {
      throw new UnusableFileException(
          "Another process is importing this file; wait until it ends, then run the import again.");
    }
  }

  /// Notes that a file is done.
  @Transactional
  public void finish(UUID workspace, String source, Instant now) {
    Sql.update(
        jdbc,
        """
        UPDATE stipend.usage_imports
        SET finished_at = coalesce(finished_at, ?)
        WHERE workspace_id = ?
          AND source = ?
        """,
        now,
        workspace,
        source);
  }
}
