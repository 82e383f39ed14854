package dev.stipend.budget;

import dev.stipend.json.Labels;
import dev.stipend.sql.ArrayBinder;
import dev.stipend.sql.Instants;
import dev.stipend.time.Cadence;
import dev.stipend.time.CalendarCadence;
import dev.stipend.time.Period;
import dev.stipend.time.TotalCadence;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// Writes budgets.
@Singleton
class BudgetWriter {
  private final JdbcOperations jdbc;

  BudgetWriter(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /// Inserts a budget with its thresholds, channels and first version, and answers its id.
  UUID insert(UUID workspace, NewBudget wanted, Instant countsFrom, Instant now) {
    UUID id = insertBudget(workspace, wanted, countsFrom, now);
    insertThresholds(workspace, id, wanted.thresholds());
    insertChannels(workspace, id, wanted.channels());
    insertVersion(workspace, id, wanted.actor());
    return id;
  }

  private UUID insertBudget(UUID workspace, NewBudget wanted, Instant countsFrom, Instant now) {
    return jdbc.prepareStatement(
        """
        INSERT INTO stipend.budgets (
          workspace_id, name, scope, scope_id, limit_amount, period, time_zone, hard_limit, on_failure,
          counts_from, created_at, updated_at, week_start, anchor_day, anchor_month, starts_at, ends_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        RETURNING id
        """,
        statement -> {
          statement.setObject(1, workspace);
          statement.setString(2, wanted.name());
          statement.setString(3, Labels.of(wanted.scope()));
          statement.setString(4, wanted.scopeId());
          statement.setBigDecimal(5, wanted.limit().amount());
          statement.setString(6, Labels.of(wanted.cadence().kind()));
          statement.setString(7, wanted.cadence().zone().getId());
          statement.setBoolean(8, wanted.hardLimit());
          statement.setString(9, Labels.of(wanted.onFailure()));
          statement.setObject(10, Instants.parameter(countsFrom));
          statement.setObject(11, Instants.parameter(now));
          statement.setObject(12, Instants.parameter(now));
          bindAnchors(statement, wanted.cadence());
          try (ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getObject(1, UUID.class);
          }
        });
  }

  private static void bindAnchors(PreparedStatement statement, Cadence cadence)
      throws SQLException {
    switch (cadence) {
      case CalendarCadence calendar -> {
        statement.setInt(13, calendar.weekStart().getValue());
        statement.setInt(14, calendar.anchorDay());
        statement.setInt(15, calendar.anchorMonth());
        statement.setObject(16, null);
        statement.setObject(17, null);
      }
      case TotalCadence total -> {
        Instant end = total.period().end();
        statement.setInt(13, 1);
        statement.setInt(14, 1);
        statement.setInt(15, 1);
        statement.setObject(16, Instants.parameter(total.period().start()));
        statement.setObject(17, Instants.parameter(end.equals(Period.FOREVER) ? null : end));
      }
    }
  }

  private void insertThresholds(UUID workspace, UUID budget, List<Threshold> thresholds) {
    jdbc.prepareStatement(
        """
        INSERT INTO stipend.budget_thresholds (workspace_id, budget_id, kind, percent, severity, channels)
        SELECT ?, ?, kind, percent, severity, CAST(channels AS uuid[])
        FROM unnest(?, ?, ?, ?) AS threshold (kind, percent, severity, channels)
        """,
        statement -> {
          statement.setObject(1, workspace);
          statement.setObject(2, budget);
          new ArrayBinder<>(statement, 3, thresholds)
              .texts(threshold -> Labels.of(threshold.kind()))
              .decimals(Threshold::percent)
              .texts(threshold -> Labels.of(threshold.severity()))
              .texts(threshold -> arrayLiteral(threshold.channels()));
          return statement.executeUpdate();
        });
  }

  private static String arrayLiteral(List<UUID> ids) {
    return ids.toString().replace('[', '{').replace(']', '}');
  }

  private void insertChannels(UUID workspace, UUID budget, List<UUID> channels) {
    jdbc.prepareStatement(
        """
        INSERT INTO stipend.budget_channels (workspace_id, budget_id, channel_id)
        SELECT ?, ?, id
        FROM unnest(?) AS channel (id)
        """,
        statement -> {
          statement.setObject(1, workspace);
          statement.setObject(2, budget);
          new ArrayBinder<>(statement, 3, channels).uuids(channel -> channel);
          return statement.executeUpdate();
        });
  }

  private void insertVersion(UUID workspace, UUID budget, String actor) {
    jdbc.prepareStatement(
        """
        INSERT INTO stipend.budget_versions (workspace_id, budget_id, version, after, actor, at)
        SELECT workspace_id, id, version, to_jsonb(b), ?, updated_at
        FROM stipend.budgets b
        WHERE workspace_id = ?
          AND id = ?
        """,
        statement -> {
          statement.setString(1, actor);
          statement.setObject(2, workspace);
          statement.setObject(3, budget);
          return statement.executeUpdate();
        });
  }
}
