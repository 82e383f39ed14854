package dev.stipend.ingest.source;

import dev.stipend.platform.json.JsonText;
import dev.stipend.platform.json.Labels;
import dev.stipend.platform.sql.Instants;
import dev.stipend.platform.sql.Sql;
import io.micronaut.core.type.Argument;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// The rows of `spend_sources`.
@Singleton
public class SourceRepository {
  private static final Argument<Map<String, String>> COLUMN_NAMES =
      Argument.mapOf(String.class, String.class);
  private static final String COLUMNS =
      """
      s.workspace_id, s.id, s.name, s.preset, s.relation_schema, s.relation, s.url_secret, s.columns, s.cost_unit,
        s.time_zone, s.every_seconds, s.lookback_seconds, s.starts_at, s.created_at, s.paused_at, s.next_pull_at,
        s.pulled_at, s.newest_row_at, s.recorded, s.corrected, s.ahead, s.compared_at, s.failures, s.failing_since,
        s.last_error,
        (SELECT count(*) FROM stipend.spend_source_rows r
          WHERE r.workspace_id = s.workspace_id AND r.source_id = s.id AND r.state = 'waiting') AS waiting,
        (SELECT count(*) FROM stipend.spend_source_rows r
          WHERE r.workspace_id = s.workspace_id AND r.source_id = s.id AND r.state = 'rejected') AS rejected,
        EXISTS (SELECT FROM stipend.spend_source_lanes l
          WHERE l.workspace_id = s.workspace_id AND l.source_id = s.id AND l.lane = 'backfill') AS backfilling
      """;

  private final JdbcOperations jdbc;
  private final JsonText json;

  SourceRepository(JdbcOperations jdbc, JsonText json) {
    this.jdbc = jdbc;
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
            .formatted(COLUMNS),
        this::read,
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
            .formatted(COLUMNS),
        this::read,
        workspace,
        id);
  }

  /// The id of whatever reads the same relation, removed or not.
  @Transactional
  public Optional<UUID> findSame(UUID workspace, SourceSettings settings) {
    return Sql.first(
        jdbc,
        """
        SELECT id
        FROM stipend.spend_sources
        WHERE workspace_id = ? AND relation_schema = ? AND relation = ? AND coalesce(url_secret, '') = ?
        """,
        row -> row.getObject("id", UUID.class),
        workspace,
        settings.schema(),
        settings.relation(),
        settings.urlSecret().orElse(""));
  }

  /// Adds a source, or one that was removed again. The caller begins its lanes.
  public void connect(
      UUID workspace, UUID id, SourceSettings settings, Instant startsAt, Instant now) {
    Sql.update(
        jdbc,
        """
        INSERT INTO stipend.spend_sources AS s (
          workspace_id, id, relation_schema, relation, url_secret, name, preset, columns, cost_unit, time_zone,
          every_seconds, lookback_seconds, starts_at, created_at, next_pull_at, compared_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, CAST(? AS jsonb), ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (workspace_id, id) DO UPDATE
        SET name = EXCLUDED.name, preset = EXCLUDED.preset, columns = EXCLUDED.columns,
            cost_unit = EXCLUDED.cost_unit, time_zone = EXCLUDED.time_zone,
            every_seconds = EXCLUDED.every_seconds, lookback_seconds = EXCLUDED.lookback_seconds,
            starts_at = least(s.starts_at, EXCLUDED.starts_at), next_pull_at = EXCLUDED.next_pull_at,
            compared_at = EXCLUDED.compared_at, paused_at = NULL, removed_at = NULL, failures = 0,
            failing_since = NULL, last_error = NULL
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
        now);
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
            .formatted(COLUMNS),
        this::read,
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
            .formatted(COLUMNS),
        this::read,
        now.plus(lease),
        workspace,
        id,
        now);
  }

  /// Notes that a pull was done.
  ///
  /// @param next when the next one is
  @Transactional
  public void succeeded(
      SpendSource source, long ahead, Instant comparedAt, Instant now, Instant next) {
    Sql.update(
        jdbc,
        """
        UPDATE stipend.spend_sources
        SET pulled_at = ?, ahead = ?, compared_at = ?, failures = 0, failing_since = NULL, last_error = NULL,
            leased_until = NULL, next_pull_at = CASE WHEN next_pull_at IS NOT NULL THEN CAST(? AS timestamptz) END
        WHERE workspace_id = ? AND id = ?
        """,
        now,
        ahead,
        comparedAt,
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

  private SpendSource read(ResultSet row) throws SQLException {
    SourceSettings settings =
        new SourceSettings(
            row.getString("name"),
            Optional.ofNullable(row.getString("preset")).map(SourcePreset.choices()::get),
            row.getString("relation_schema"),
            row.getString("relation"),
            Optional.ofNullable(row.getString("url_secret")),
            json.read(row.getString("columns"), COLUMN_NAMES),
            Labels.parse(CostUnit.class, row.getString("cost_unit")),
            ZoneId.of(row.getString("time_zone")),
            Duration.ofSeconds(row.getLong("every_seconds")),
            Duration.ofSeconds(row.getLong("lookback_seconds")));
    return new SpendSource(
        row.getObject("workspace_id", UUID.class),
        row.getObject("id", UUID.class),
        settings,
        Instants.read(row, "starts_at"),
        Instants.read(row, "created_at"),
        Instants.readOptional(row, "paused_at"),
        Instants.readOptional(row, "next_pull_at"),
        Instants.readOptional(row, "pulled_at"),
        Instants.readOptional(row, "newest_row_at"),
        row.getLong("recorded"),
        row.getLong("corrected"),
        row.getLong("waiting"),
        row.getLong("rejected"),
        row.getLong("ahead"),
        Instants.read(row, "compared_at"),
        row.getInt("failures"),
        Instants.readOptional(row, "failing_since"),
        Optional.ofNullable(row.getString("last_error")),
        row.getBoolean("backfilling"));
  }
}
