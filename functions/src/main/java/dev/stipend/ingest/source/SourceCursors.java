package dev.stipend.ingest.source;

import dev.stipend.platform.sql.Sql;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The rows of `spend_source_lanes`: a lane is what one cursor reads.
@Singleton
public class SourceCursors {
  private final JdbcOperations jdbc;

  SourceCursors(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /// The cursors of a source.
  @Transactional
  public List<SourceCursor> of(SpendSource source) {
    return Sql.list(
        jdbc,
        """
        SELECT lane, after_time, after_id, until_time, rows_read
        FROM stipend.spend_source_lanes
        WHERE workspace_id = ? AND source_id = ?
        ORDER BY lane
        """,
        row ->
            new SourceCursor(
                row.getString("lane"),
                row.getString("after_time"),
                Optional.ofNullable(row.getString("after_id")),
                Optional.ofNullable(row.getString("until_time")),
                row.getLong("rows_read")),
        source.workspaceId(),
        source.id());
  }

  /// Begins a cursor, unless it has begun.
  @Transactional
  public void begin(UUID workspace, UUID source, SourceCursor cursor) {
    Sql.update(
        jdbc,
        """
        INSERT INTO stipend.spend_source_lanes (workspace_id, source_id, lane, after_time, after_id, until_time)
        VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (workspace_id, source_id, lane) DO NOTHING
        """,
        workspace,
        source,
        cursor.name(),
        cursor.afterTime(),
        cursor.afterId().orElse(null),
        cursor.until().orElse(null));
  }

  /// Notes how far a cursor has come, in the transaction that records its rows. Whoever read the
  /// same rows at the same time finds that it has come further.
  ///
  /// @return whether it stood where the caller knew it
  public boolean advance(SpendSource source, SourceCursor before, SourceCursor after) {
    return Sql.update(
            jdbc,
            """
            UPDATE stipend.spend_source_lanes
            SET after_time = ?, after_id = ?, rows_read = ?
            WHERE workspace_id = ? AND source_id = ? AND lane = ?
              AND after_time = ? AND after_id IS NOT DISTINCT FROM ?
            """,
            after.afterTime(),
            after.afterId().orElse(null),
            after.rowsRead(),
            source.workspaceId(),
            source.id(),
            before.name(),
            before.afterTime(),
            before.afterId().orElse(null))
        == 1;
  }

  /// Ends a cursor.
  @Transactional
  public void end(SpendSource source, SourceCursor cursor) {
    Sql.update(
        jdbc,
        """
        DELETE FROM stipend.spend_source_lanes
        WHERE workspace_id = ? AND source_id = ? AND lane = ?
        """,
        source.workspaceId(),
        source.id(),
        cursor.name());
  }

  /// Ends all cursors of a source that begins again.
  public void clear(UUID workspace, UUID source) {
    Sql.update(
        jdbc,
        "DELETE FROM stipend.spend_source_lanes WHERE workspace_id = ? AND source_id = ?",
        workspace,
        source);
  }
}
