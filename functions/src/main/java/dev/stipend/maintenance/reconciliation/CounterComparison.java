package dev.stipend.maintenance.reconciliation;

import dev.stipend.budget.backfill.CounterDrift;
import dev.stipend.budget.period.CountedPeriod;
import dev.stipend.budget.period.ScopeSubjects;
import dev.stipend.ingest.ledger.Horizons;
import dev.stipend.ingest.ledger.LedgerHorizon;
import dev.stipend.platform.json.Labels;
import dev.stipend.platform.sql.ArrayBinder;
import dev.stipend.platform.sql.Instants;
import dev.stipend.platform.sql.Rows;
import dev.stipend.platform.sql.StatementLimit;
import dev.stipend.platform.sql.Statements;
import dev.stipend.tenant.Workspace;
import dev.stipend.time.CalendarCadence;
import dev.stipend.time.Period;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/// Compares counters with what is recorded, those of many budgets at once.
@Singleton
class CounterComparison {
  private final LedgerHorizon horizon;
  private final StatementLimit limit;
  private final JdbcOperations jdbc;

  CounterComparison(LedgerHorizon horizon, StatementLimit limit, JdbcOperations jdbc) {
    this.horizon = horizon;
    this.limit = limit;
    this.jdbc = jdbc;
  }

  /// The counters of a unit that differ. Those are left out that begin to count before what is
  /// still known, and those whose period ended before the ledger's horizon: they are final.
  ///
  /// @param most how many at most
  /// @param time what the statement may take
  @Transactional
  List<CounterDrift> compare(
      Workspace workspace, CounterUnit unit, ChangedDays changed, int most, Duration time) {
    limit.set(time);
    // How many budgets and subjects there are, the planner cannot know; joined row by row, many
    // would take for ever.
    limit.avoidNestedLoops();
    Horizons horizons = horizon.both();
    return switch (unit) {
      case CounterUnit.OfCalendar calendar -> compare(workspace, calendar, horizons, most);
      case CounterUnit.OfTotals totals -> compare(workspace, totals, changed, horizons, most);
    };
  }

  private List<CounterDrift> compare(
      Workspace workspace, CounterUnit.OfCalendar unit, Horizons horizons, int most) {
    Instant known = unit.source().horizon(horizons);
    List<CountedPeriod> periods =
        unit.periods().stream()
            .filter(counted -> !counted.countedFrom().isBefore(known))
            .filter(counted -> counted.period().end().isAfter(horizons.ledger()))
            .toList();
    if (periods.isEmpty()) {
      return List.of();
    }
    CounterSql sql =
        CounterSql.ofCalendar(ScopeSubjects.of(unit.scope(), workspace.slug()), unit.source());
    return jdbc.prepareStatement(
        sql.text(),
        statement -> {
          new ArrayBinder<>(statement, 1, periods)
              .instants(counted -> counted.period().start())
              .instants(counted -> counted.period().end())
              .instants(CountedPeriod::countedFrom);
          CalendarCadence cadence = unit.group().cadence();
          statement.setObject(4, workspace.id());
          statement.setString(5, Labels.of(unit.scope()));
          statement.setString(6, Labels.of(cadence.kind()));
          statement.setString(7, unit.group().timeZone());
          statement.setInt(8, cadence.weekStart().getValue());
          statement.setInt(9, cadence.anchorDay());
          statement.setInt(10, cadence.anchorMonth());
          statement.setObject(11, workspace.id());
          statement.setObject(12, workspace.id());
          statement.setInt(13, most);
          return read(statement);
        });
  }

  private List<CounterDrift> compare(
      Workspace workspace,
      CounterUnit.OfTotals unit,
      ChangedDays changed,
      Horizons horizons,
      int most) {
    CounterSql sql =
        CounterSql.ofTotals(ScopeSubjects.of(unit.scope(), workspace.slug()), unit.source());
    Instant from =
        changed.recorded().isEmpty() ? Period.FOREVER : start(changed.recorded().first());
    Instant until =
        changed.recorded().isEmpty()
            ? Period.BEGINNING
            : start(changed.recorded().last().plusDays(1));
    return jdbc.prepareStatement(
        sql.text(),
        statement -> {
          Statements.bind(
              statement, Period.FOREVER, workspace.id(), Labels.of(unit.scope()), from, until);
          new ArrayBinder<>(statement, 6, List.copyOf(changed.ends())).texts(LocalDate::toString);
          statement.setObject(7, Instants.parameter(horizons.ledger()));
          statement.setObject(8, Instants.parameter(unit.source().horizon(horizons)));
          statement.setObject(9, workspace.id());
          statement.setObject(10, workspace.id());
          statement.setInt(11, most);
          return read(statement);
        });
  }

  private static List<CounterDrift> read(PreparedStatement statement) throws SQLException {
    return Rows.list(
        statement,
        row ->
            new CounterDrift(
                row.getObject("budget_id", UUID.class),
                row.getInt("version"),
                row.getString("subject"),
                new Period(Instants.read(row, "period_start"), Instants.read(row, "period_end")),
                row.getBigDecimal("spend"),
                row.getLong("requests"),
                row.getLong("unpriced"),
                row.getString("name")));
  }

  private static Instant start(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }
}
