package dev.stipend.budget.edit;

import dev.stipend.budget.Budget;
import dev.stipend.budget.Increase;
import dev.stipend.budget.Threshold;
import dev.stipend.money.Money;
import dev.stipend.platform.json.Labels;
import dev.stipend.platform.sql.ArrayBinder;
import dev.stipend.platform.sql.Instants;
import dev.stipend.platform.sql.Sql;
import dev.stipend.platform.sql.Statements;
import dev.stipend.time.Cadence;
import dev.stipend.time.CalendarCadence;
import dev.stipend.time.Period;
import dev.stipend.time.TotalCadence;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Writes budgets.
@Singleton
class BudgetWriter {
  private final JdbcOperations jdbc;

  BudgetWriter(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /// Inserts a budget with its thresholds and channels, and answers its id.
  UUID insert(UUID workspace, NewBudget wanted, Instant countsFrom, Instant now) {
    UUID id = insertBudget(workspace, wanted, countsFrom, now);
    insertThresholds(workspace, id, wanted.thresholds());
    insertChannels(workspace, id, wanted.channels().stream().distinct().toList());
    return id;
  }

  /// Gives a budget new terms, which makes it a new version. The caller has locked it.
  void update(Budget budget, BudgetTerms old, BudgetTerms terms, Instant now) {
    updateBudget(budget, terms, now);
    if (!terms.thresholds().equals(old.thresholds())) {
      delete("budget_thresholds", budget);
      insertThresholds(budget.workspaceId(), budget.id(), terms.thresholds());
    }
    if (!terms.subjectIncreases().equals(old.subjectIncreases())) {
      delete("budget_increases", budget);
      insertIncreases(budget, terms.subjectIncreases());
    }
    if (!terms.channels().equals(old.channels())) {
      delete("budget_channels", budget);
      insertChannels(budget.workspaceId(), budget.id(), terms.channels());
    }
  }

  private void updateBudget(Budget budget, BudgetTerms terms, Instant now) {
    Sql.update(
        jdbc,
        """
        UPDATE stipend.budgets
        SET name = ?, limit_amount = ?, hard_limit = ?, on_failure = ?, status = ?, ends_at = ?,
            increased_limit = ?, increased_until = ?,
            version = version + 1,
            updated_at = greatest(updated_at, ?)
        WHERE workspace_id = ?
          AND id = ?
        """,
        terms.name(),
        terms.limit().amount(),
        terms.hardLimit(),
        Labels.of(terms.onFailure()),
        Labels.of(terms.status()),
        Instants.parameter(terms.endsAt().orElse(null)),
        terms.increase().map(Increase::limit).map(Money::amount).orElse(null),
        Instants.parameter(terms.increase().map(Increase::until).orElse(null)),
        now,
        budget.workspaceId(),
        budget.id());
  }

  private void delete(String table, Budget budget) {
    Sql.update(
        jdbc,
        "DELETE FROM stipend." + table + " WHERE workspace_id = ? AND budget_id = ?",
        budget.workspaceId(),
        budget.id());
  }

  private UUID insertBudget(UUID workspace, NewBudget wanted, Instant countsFrom, Instant now) {
    return jdbc.prepareStatement(
        """
        INSERT INTO stipend.budgets (
          workspace_id, name, scope, scope_id, limit_amount, period, time_zone, hard_limit, on_failure,
          counts_from, created_at, updated_at, owner, week_start, anchor_day, anchor_month, starts_at, ends_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        RETURNING id
        """,
        statement -> {
          Statements.bind(
              statement,
              workspace,
              wanted.name(),
              Labels.of(wanted.scope()),
              wanted.scopeId(),
              wanted.limit().amount(),
              Labels.of(wanted.cadence().kind()),
              wanted.cadence().zone().getId(),
              wanted.hardLimit(),
              Labels.of(wanted.onFailure()),
              countsFrom,
              now,
              now,
              wanted.owner().orElse(null));
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
        statement.setInt(14, calendar.weekStart().getValue());
        statement.setInt(15, calendar.anchorDay());
        statement.setInt(16, calendar.anchorMonth());
        statement.setObject(17, null);
        statement.setObject(18, null);
      }
      case TotalCadence total -> {
        Instant end = total.period().end();
        statement.setInt(14, 1);
        statement.setInt(15, 1);
        statement.setInt(16, 1);
        statement.setObject(17, Instants.parameter(total.period().start()));
        statement.setObject(18, Instants.parameter(end.equals(Period.FOREVER) ? null : end));
      }
    }
  }

  private void insertThresholds(UUID workspace, UUID budget, List<Threshold> thresholds) {
    jdbc.prepareStatement(
        """
        INSERT INTO stipend.budget_thresholds (
          workspace_id, budget_id, kind, percent, severity, channels, remind_every_hours)
        SELECT ?, ?, kind, percent, severity, CAST(channels AS uuid[]), CAST(remind_every_hours AS smallint)
        FROM unnest(?, ?, ?, ?, ?) AS threshold (kind, percent, severity, channels, remind_every_hours)
        """,
        statement -> {
          Statements.bind(statement, workspace, budget);
          new ArrayBinder<>(statement, 3, thresholds)
              .texts(threshold -> Labels.of(threshold.kind()))
              .decimals(Threshold::percent)
              .texts(threshold -> Labels.of(threshold.severity()))
              .texts(threshold -> arrayLiteral(threshold.channels()))
              .longsOrNull(
                  threshold -> threshold.remindEvery().map(Duration::toHours).orElse(null));
          return statement.executeUpdate();
        });
  }

  private void insertIncreases(Budget budget, Map<String, Increase> bySubject) {
    jdbc.prepareStatement(
        """
        INSERT INTO stipend.budget_increases (workspace_id, budget_id, subject, limit_amount, until_time)
        SELECT ?, ?, higher.*
        FROM unnest(?, ?, ?) AS higher (subject, limit_amount, until_time)
        """,
        statement -> {
          Statements.bind(statement, budget.workspaceId(), budget.id());
          new ArrayBinder<>(statement, 3, List.copyOf(bySubject.entrySet()))
              .texts(Map.Entry::getKey)
              .decimals(higher -> higher.getValue().limit().amount())
              .instants(higher -> higher.getValue().until());
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
          Statements.bind(statement, workspace, budget);
          new ArrayBinder<>(statement, 3, channels).uuids(channel -> channel);
          return statement.executeUpdate();
        });
  }
}
