package dev.stipend.report.overview;

import dev.stipend.budget.forecast.Forecast;
import dev.stipend.budget.forecast.Observation;
import dev.stipend.budget.forecast.Outlook;
import dev.stipend.budget.forecast.SpendHours;
import dev.stipend.money.Money;
import dev.stipend.platform.sql.Sql;
import dev.stipend.report.board.BudgetBoard;
import dev.stipend.report.overview.Overview.OpenAlerts;
import dev.stipend.report.overview.QuarterSpend.Quarter;
import dev.stipend.tenant.Workspace;
import dev.stipend.time.CalendarCadence;
import dev.stipend.time.Period;
import dev.stipend.time.PeriodKind;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/// Reads how a workspace stands.
@Singleton
public class Overviews {
  private static final int WORST = 5;

  private final QuarterSpend spend;
  private final BudgetBoard board;
  private final JdbcOperations jdbc;

  Overviews(QuarterSpend spend, BudgetBoard board, JdbcOperations jdbc) {
    this.spend = spend;
    this.board = board;
    this.jdbc = jdbc;
  }

  /// How it stands now, all of it as of one moment.
  @Transactional
  public Overview of(Workspace workspace, Instant now) {
    ZoneId zone = ZoneId.of(workspace.timeZone());
    CalendarCadence months = new CalendarCadence(PeriodKind.MONTHLY, zone, DayOfWeek.MONDAY, 1, 1);
    Period month = months.periodAt(now).orElseThrow();
    Period last = months.before(month).orElseThrow();
    Instant known = now.minus(SpendHours.REACH).truncatedTo(ChronoUnit.HOURS);
    NavigableMap<Instant, Quarter> quarters =
        spend.read(workspace.id(), known.isBefore(last.start()) ? known : last.start(), now);
    BudgetBoard.Summary budgets = board.summary(workspace.id(), WORST, now);
    return new Overview(
        month(zone, month, last, quarters, now),
        budgets.states(),
        budgets.worst(),
        alerts(workspace.id()),
        budgets
            .dataAsOf()
            .or(() -> Optional.ofNullable(quarters.lastEntry()).map(e -> e.getKey())));
  }

  private static Overview.Month month(
      ZoneId zone,
      Period month,
      Period last,
      NavigableMap<Instant, Quarter> quarters,
      Instant now) {
    NavigableMap<Instant, Quarter> running = quarters.tailMap(month.start(), true);
    Instant same = last.start().plus(Duration.between(month.start(), now));
    Instant until = same.isBefore(last.end()) ? same : last.end();
    Money spent = sum(running);
    long requests = running.values().stream().mapToLong(Quarter::requests).sum();
    return new Overview.Month(
        month,
        spent,
        requests,
        running.values().stream().mapToLong(Quarter::unpriced).sum(),
        sum(quarters.subMap(last.start(), true, until, false)),
        sum(quarters.subMap(last.start(), true, last.end(), false)),
        forecast(zone, month, spent, requests, quarters, now),
        days(zone, month, last, quarters, now));
  }

  private static Money sum(NavigableMap<Instant, Quarter> quarters) {
    return quarters.values().stream().map(Quarter::cost).reduce(Money.ZERO, Money::plus);
  }

  private static Optional<Forecast> forecast(
      ZoneId zone,
      Period month,
      Money spent,
      long requests,
      NavigableMap<Instant, Quarter> quarters,
      Instant now) {
    Instant running = now.truncatedTo(ChronoUnit.HOURS);
    NavigableMap<Instant, Money> hours = new TreeMap<>();
    quarters
        .tailMap(running.minus(SpendHours.REACH), true)
        .values()
        .forEach(
            quarter ->
                hours.merge(
                    quarter.start().truncatedTo(ChronoUnit.HOURS), quarter.cost(), Money::plus));
    Money sinceTheHour = hours.getOrDefault(running, Money.ZERO);
    SpendHours recent = new SpendHours(hours.headMap(running, false), sinceTheHour);
    return Outlook.of(new Observation(month, zone, now, spent, requests, recent))
        .forecast()
        .filter(forecast -> forecast.evidence().isEnough());
  }

  private static List<Overview.Day> days(
      ZoneId zone,
      Period month,
      Period last,
      NavigableMap<Instant, Quarter> quarters,
      Instant now) {
    CalendarCadence daily = new CalendarCadence(PeriodKind.DAILY, zone, DayOfWeek.MONDAY, 1, 1);
    List<Period> here = daily.periodsBetween(month.start(), month.end());
    List<Period> there = daily.periodsBetween(last.start(), last.end());
    List<Overview.Day> days = new ArrayList<>();
    for (int i = 0; i < Math.max(here.size(), there.size()); i++) {
      Optional<Period> day = i < here.size() ? Optional.of(here.get(i)) : Optional.empty();
      days.add(
          new Overview.Day(
              day.map(period -> period.start().atZone(zone).toLocalDate()),
              day.filter(period -> !period.start().isAfter(now))
                  .map(period -> within(quarters, period)),
              i < there.size() ? Optional.of(within(quarters, there.get(i))) : Optional.empty()));
    }
    return days;
  }

  private static Money within(NavigableMap<Instant, Quarter> quarters, Period period) {
    return sum(quarters.subMap(period.start(), true, period.end(), false));
  }

  private OpenAlerts alerts(UUID workspace) {
    return Sql.first(
            jdbc,
            """
            SELECT count(*) AS open,
              count(*) FILTER (WHERE severity = 'critical') AS critical,
              count(*) FILTER (WHERE acknowledged_at IS NOT NULL) AS acknowledged
            FROM stipend.alert_logs
            WHERE workspace_id = ?
              AND resolved_at IS NULL
            """,
            row ->
                new OpenAlerts(
                    row.getLong("open"), row.getLong("critical"), row.getLong("acknowledged")),
            workspace)
        .orElseThrow();
  }
}
