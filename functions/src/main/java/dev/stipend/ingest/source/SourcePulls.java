package dev.stipend.ingest.source;

import dev.stipend.platform.sql.Sql;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// Who pulls a source, and what came of it.
@Singleton
public class SourcePulls {
  private final JdbcOperations jdbc;
  private final SourceRow rows;

  SourcePulls(JdbcOperations jdbc, SourceRow rows) {
    this.jdbc = jdbc;
    this.rows = rows;
  }

  /// Takes over the source that is due and has waited longest; nobody else pulls it meanwhile.
  ///
  /// @param lease after which another may take it over
  @Transactional
  public Optional<SpendSource> claimDue(Instant now, Duration lease) {
    return Sql.first(
        jdbc,
        """
        WITH claimed AS (
          UPDATE stipend.spend_sources
          SET leased_until = ?
          WHERE (workspace_id, id) = (
            SELECT workspace_id, id
            FROM stipend.spend_sources
            WHERE next_pull_at <= ? AND coalesce(leased_until <= ?, TRUE)
            ORDER BY next_pull_at
            LIMIT 1
            FOR UPDATE SKIP LOCKED)
          RETURNING *)
        SELECT %s
        FROM claimed s
        """
            .formatted(SourceRow.COLUMNS),
        rows::read,
        now.plus(lease),
        now,
        now);
  }

  /// Takes over one source whether or not it is due; empty if somebody pulls it now.
  @Transactional
  public Optional<SpendSource> claim(UUID workspace, UUID id, Instant now, Duration lease) {
    return Sql.first(
        jdbc,
        """
        WITH claimed AS (
          UPDATE stipend.spend_sources
          SET leased_until = ?
          WHERE workspace_id = ? AND id = ? AND removed_at IS NULL AND coalesce(leased_until <= ?, TRUE)
          RETURNING *)
        SELECT %s
        FROM claimed s
        """
            .formatted(SourceRow.COLUMNS),
        rows::read,
        now.plus(lease),
        workspace,
        id,
        now);
  }

  /// Notes that a pull was done.
  ///
  /// @param outcome what it found
  /// @param next when the next one is
  @Transactional
  public void succeeded(SpendSource source, PulledState outcome, Instant now, Instant next) {
    Sql.update(
        jdbc,
        """
        UPDATE stipend.spend_sources
        SET pulled_at = ?, ahead = ?, compared_at = ?, failing_since = NULL, leased_until = NULL,
            last_error = coalesce(?, CASE WHEN failures = 0 AND NOT ? THEN last_error END), failures = 0,
            next_pull_at = CASE WHEN next_pull_at IS NOT NULL THEN CAST(? AS timestamptz) END
        WHERE workspace_id = ? AND id = ?
        """,
        now,
        outcome.ahead(),
        outcome.comparedAt(),
        outcome.trouble().orElse(null),
        outcome.hasRecorded(),
        next,
        source.workspaceId(),
        source.id());
  }

  /// Notes that a pull failed.
  ///
  /// @param next when it is tried again
  @Transactional
  public void failed(SpendSource source, String error, Instant now, Instant next) {
    Sql.update(
        jdbc,
        """
        UPDATE stipend.spend_sources
        SET failures = failures + 1, failing_since = coalesce(failing_since, ?), last_error = ?, leased_until = NULL,
            next_pull_at = CASE WHEN next_pull_at IS NOT NULL THEN CAST(? AS timestamptz) END
        WHERE workspace_id = ? AND id = ?
        """,
        now,
        error,
        next,
        source.workspaceId(),
        source.id());
  }

  /// Has a source pulled earlier than it would be, unless it is paused.
  @Transactional
  public void soon(SpendSource source, Instant next) {
    Sql.update(
        jdbc,
        """
        UPDATE stipend.spend_sources
        SET next_pull_at = ?
        WHERE workspace_id = ? AND id = ? AND next_pull_at > ?
        """,
        next,
        source.workspaceId(),
        source.id(),
        next);
  }

  /// Notes why budgets of the application could not be followed; empty where they could.
  @Transactional
  public void mirrored(SpendSource source, Optional<String> error) {
    note("mirror_error", source, error);
  }

  /// Notes why the application could not be told what was spent; empty where it could.
  @Transactional
  public void told(SpendSource source, Optional<String> error) {
    note("write_error", source, error);
  }

  private void note(String column, SpendSource source, Optional<String> error) {
    Sql.update(
        jdbc,
        """
        UPDATE stipend.spend_sources
        SET %1$s = ?
        WHERE workspace_id = ? AND id = ? AND %1$s IS DISTINCT FROM ?
        """
            .formatted(column),
        error.orElse(null),
        source.workspaceId(),
        source.id(),
        error.orElse(null));
  }

  /// Adds what was recorded, in the caller's transaction.
  public void count(SpendSource source, int recorded, int corrected, Optional<Instant> newest) {
    Sql.update(
        jdbc,
        """
        UPDATE stipend.spend_sources
        SET recorded = recorded + ?, corrected = corrected + ?,
            newest_row_at = greatest(newest_row_at, CAST(? AS timestamptz))
        WHERE workspace_id = ? AND id = ?
        """,
        recorded,
        corrected,
        newest.orElse(null),
        source.workspaceId(),
        source.id());
  }
}
