package dev.stipend.ingest.source;

import dev.stipend.platform.json.JsonText;
import dev.stipend.platform.json.Labels;
import dev.stipend.platform.sql.Sql;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The rows of `spend_sources`.
@Singleton
public class SourceRepository {
  private final JdbcOperations jdbc;
  private final SourceRow rows;
  private final JsonText json;

  SourceRepository(JdbcOperations jdbc, SourceRow rows, JsonText json) {
    this.jdbc = jdbc;
    this.rows = rows;
    this.json = json;
  }

  /// All sources of a workspace that are not removed, by their names.
  @Transactional
  public List<SpendSource> list(UUID workspace) {
    return Sql.list(
        jdbc,
        """
        SELECT %s
        FROM stipend.spend_sources s
        WHERE s.workspace_id = ? AND s.removed_at IS NULL
        ORDER BY s.name
        """
            .formatted(SourceRow.COLUMNS),
        rows::read,
        workspace);
  }

  /// A source that is not removed.
  @Transactional
  public Optional<SpendSource> find(UUID workspace, UUID id) {
    return Sql.first(
        jdbc,
        """
        SELECT %s
        FROM stipend.spend_sources s
        WHERE s.workspace_id = ? AND s.id = ? AND s.removed_at IS NULL
        """
            .formatted(SourceRow.COLUMNS),
        rows::read,
        workspace,
        id);
  }

  /// Whatever reads the same relation, removed or not.
  @Transactional
  public Optional<SpendSource> findSame(UUID workspace, SourceSettings settings) {
    return Sql.first(
        jdbc,
        """
        SELECT %s
        FROM stipend.spend_sources s
        WHERE s.workspace_id = ? AND s.relation_schema = ? AND s.relation = ? AND coalesce(s.url_secret, '') = ?
        """
            .formatted(SourceRow.COLUMNS),
        rows::read,
        workspace,
        settings.schema(),
        settings.relation(),
        settings.urlSecret().orElse(""));
  }

  /// Adds a source, or one that was removed again. The caller begins its cursors.
  public void connect(
      UUID workspace, UUID id, SourceSettings settings, Instant startsAt, Instant now) {
    Sql.update(
        jdbc,
        """
        INSERT INTO stipend.spend_sources AS s (
          workspace_id, id, relation_schema, relation, url_secret, name, preset, columns, cost_unit, time_zone,
          every_seconds, lookback_seconds, starts_at, created_at, next_pull_at, compared_at, mirrors_budgets,
          write_secret)
        VALUES (?, ?, ?, ?, ?, ?, ?, CAST(? AS jsonb), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (workspace_id, id) DO UPDATE
        SET name = EXCLUDED.name, preset = EXCLUDED.preset, columns = EXCLUDED.columns,
            cost_unit = EXCLUDED.cost_unit, time_zone = EXCLUDED.time_zone,
            every_seconds = EXCLUDED.every_seconds, lookback_seconds = EXCLUDED.lookback_seconds,
            starts_at = EXCLUDED.starts_at, next_pull_at = EXCLUDED.next_pull_at,
            compared_at = EXCLUDED.compared_at, mirrors_budgets = EXCLUDED.mirrors_budgets,
            write_secret = EXCLUDED.write_secret, paused_at = NULL, removed_at = NULL, failures = 0,
            failing_since = NULL, last_error = NULL, mirror_error = NULL, write_error = NULL
        """,
        workspace,
        id,
        settings.schema(),
        settings.relation(),
        settings.urlSecret().orElse(null),
        settings.name(),
        settings.preset().map(SourcePreset::label).orElse(null),
        json.write(settings.columns()),
        Labels.of(settings.costUnit()),
        settings.zone().getId(),
        Math.toIntExact(settings.every().toSeconds()),
        Math.toIntExact(settings.lookback().toSeconds()),
        startsAt,
        now,
        now,
        now,
        settings.mirrorsBudgets(),
        settings.writeSecret().orElse(null));
  }

  /// Renames a source, or has it pulled at other times.
  public void edit(
      UUID workspace, UUID id, String name, Duration every, Duration lookback, Instant now) {
    Sql.update(
        jdbc,
        """
        UPDATE stipend.spend_sources
        SET name = ?, every_seconds = ?, lookback_seconds = ?,
            next_pull_at = CASE WHEN paused_at IS NULL THEN CAST(? AS timestamptz) END
        WHERE workspace_id = ? AND id = ?
        """,
        name,
        Math.toIntExact(every.toSeconds()),
        Math.toIntExact(lookback.toSeconds()),
        now,
        workspace,
        id);
  }

  /// Stops pulling a source.
  @Transactional
  public void pause(UUID workspace, UUID id, Instant now) {
    Sql.update(
        jdbc,
        """
        UPDATE stipend.spend_sources
        SET paused_at = coalesce(paused_at, ?), next_pull_at = NULL
        WHERE workspace_id = ? AND id = ?
        """,
        now,
        workspace,
        id);
  }

  /// Goes on pulling a source, where it stopped.
  @Transactional
  public void resume(UUID workspace, UUID id, Instant now) {
    Sql.update(
        jdbc,
        """
        UPDATE stipend.spend_sources
        SET paused_at = NULL, next_pull_at = ?, failures = 0, failing_since = NULL, last_error = NULL
        WHERE workspace_id = ? AND id = ?
        """,
        now,
        workspace,
        id);
  }

  /// Removes a source. What it recorded stays, and its id is kept for the day that it comes back.
  @Transactional
  public void remove(UUID workspace, UUID id, Instant now) {
    Sql.update(
        jdbc,
        """
        UPDATE stipend.spend_sources
        SET removed_at = ?, next_pull_at = NULL
        WHERE workspace_id = ? AND id = ?
        """,
        now,
        workspace,
        id);
  }
}
