package dev.stipend.budget.period;

import dev.stipend.budget.BudgetRow;
import dev.stipend.budget.Scope;
import dev.stipend.platform.json.Labels;
import dev.stipend.platform.sql.Instants;
import dev.stipend.time.CalendarCadence;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/// Tells what the budgets of a workspace have in common.
@Singleton
public class CountingGroups {
  private final JdbcOperations jdbc;

  CountingGroups(JdbcOperations jdbc) {
    this.jdbc = jdbc;
  }

  /// What was read.
  ///
  /// @param calendars the groups of budgets whose periods follow a calendar
  /// @param totals the scopes of budgets over one period and no other
  /// @param unreadable budgets that this release can make no sense of, such as of a zone that its
  ///     machine does not know, in words, and why
  public record Read(
      List<CountingGroup> calendars, Set<Scope> totals, Map<String, RuntimeException> unreadable) {}

  /// The budgets that count.
  @Transactional
  public Read read(UUID workspace) {
    return read(workspace, "AND status <> 'archived'");
  }

  /// All budgets, also those that count nothing more.
  @Transactional
  public Read readAll(UUID workspace) {
    return read(workspace, "");
  }

  private Read read(UUID workspace, String which) {
    return jdbc.prepareStatement(
        """
        SELECT scope, period, time_zone, week_start, anchor_day, anchor_month, period = 'total' AS total,
          CASE WHEN period <> 'total' THEN counts_from END AS counts_from, count(*) AS budgets
        FROM stipend.budgets
        WHERE workspace_id = ?
          %s
        GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
        """
            .formatted(which),
        statement -> {
          statement.setObject(1, workspace);
          Map<String, CountingGroup> calendars = new TreeMap<>();
          Set<Scope> totals = EnumSet.noneOf(Scope.class);
          Map<String, RuntimeException> unreadable = new TreeMap<>();
          try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
              try {
                add(row, calendars, totals);
              } catch (IllegalArgumentException | DateTimeException senseless) {
                unreadable.put(describe(row), senseless);
              }
            }
          }
          return new Read(List.copyOf(calendars.values()), totals, unreadable);
        });
  }

  private static void add(ResultSet row, Map<String, CountingGroup> calendars, Set<Scope> totals)
      throws SQLException {
    Scope scope = Labels.parse(Scope.class, row.getString("scope"));
    if (row.getBoolean("total")) {
      totals.add(scope);
      return;
    }
    Instant countsFrom = Instants.read(row, "counts_from");
    CountingGroup group =
        new CountingGroup(
            scope,
            row.getString("time_zone"),
            (CalendarCadence) BudgetRow.cadence(row),
            new TreeSet<>(Set.of(countsFrom)),
            row.getLong("budgets"));
    calendars.merge(group.key(), group, CountingGroup::plus);
  }

  private static String describe(ResultSet row) throws SQLException {
    return "%d budgets of scope %s, %s in %s"
        .formatted(
            row.getLong("budgets"),
            row.getString("scope"),
            row.getString("period"),
            row.getString("time_zone"));
  }
}
