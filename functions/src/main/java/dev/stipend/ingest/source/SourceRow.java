package dev.stipend.ingest.source;

import dev.stipend.platform.json.JsonText;
import dev.stipend.platform.json.Labels;
import dev.stipend.platform.sql.Instants;
import io.micronaut.core.type.Argument;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// How a source stands in `spend_sources`.
@Singleton
class SourceRow {
  private static final Argument<Map<String, String>> COLUMN_NAMES =
      Argument.mapOf(String.class, String.class);

  /// What is read of a row `s`.
  static final String COLUMNS =
      """
      s.workspace_id, s.id, s.name, s.preset, s.relation_schema, s.relation, s.url_secret, s.columns, s.cost_unit,
        s.time_zone, s.every_seconds, s.lookback_seconds, s.starts_at, s.created_at, s.paused_at, s.next_pull_at,
        s.pulled_at, s.newest_row_at, s.recorded, s.corrected, s.ahead, s.compared_at, s.failures, s.failing_since,
        s.last_error, s.mirrors_budgets, s.write_secret, s.mirror_error, s.write_error,
        EXISTS (SELECT FROM stipend.spend_source_lanes l
          WHERE l.workspace_id = s.workspace_id AND l.source_id = s.id AND l.lane = 'backfill') AS backfilling
      """;

  private final JsonText json;

  SourceRow(JsonText json) {
    this.json = json;
  }

  SpendSource read(ResultSet row) throws SQLException {
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
            Duration.ofSeconds(row.getLong("lookback_seconds")),
            row.getBoolean("mirrors_budgets"),
            Optional.ofNullable(row.getString("write_secret")));
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
        row.getLong("ahead"),
        Instants.read(row, "compared_at"),
        row.getInt("failures"),
        Instants.readOptional(row, "failing_since"),
        Optional.ofNullable(row.getString("last_error")),
        row.getBoolean("backfilling"),
        Optional.ofNullable(row.getString("mirror_error")),
        Optional.ofNullable(row.getString("write_error")));
  }
}
