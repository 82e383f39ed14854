package dev.stipend.http.overview;

import dev.stipend.budget.forecast.Forecast;
import dev.stipend.money.Money;
import dev.stipend.platform.json.Labels;
import dev.stipend.report.board.BudgetLine;
import dev.stipend.report.board.BudgetState;
import dev.stipend.report.overview.Overview;
import dev.stipend.tenant.Workspace;
import io.micronaut.serde.annotation.Serdeable;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// A workspace at a glance.
///
/// @param currency of all amounts
/// @param attention budgets that need somebody, the worst first, at most five
/// @param unpriced requests of the running month that have no price
/// @param dataAsOf when something last changed what is counted; absent where nothing is
@Serdeable
record OverviewResponse(
    String workspace,
    String currency,
    MonthPart month,
    BudgetsPart budgets,
    List<AttentionPart> attention,
    AlertsPart alerts,
    long unpriced,
    Optional<Instant> dataAsOf) {
  /// The running month of the workspace's time zone.
  ///
  /// @param samePointLastMonth what the last month had come to at the same time after its start
  /// @param lastMonth what the last month came to in all
  /// @param forecast what the month comes to; absent while too little is known
  /// @param days one for each day of the longer of both months
  @Serdeable
  record MonthPart(
      Instant start,
      Instant end,
      String timeZone,
      Money spend,
      long requests,
      Money samePointLastMonth,
      Money lastMonth,
      Optional<ForecastPart> forecast,
      List<DayPart> days) {}

  /// What the month is expected to come to.
  ///
  /// @param low it ends below it in one of ten cases
  /// @param high it ends above it in one of ten cases
  @Serdeable
  record ForecastPart(Money amount, Money low, Money high) {
    static ForecastPart of(Forecast forecast) {
      return new ForecastPart(forecast.amount(), forecast.low(), forecast.high());
    }
  }

  /// A day.
  ///
  /// @param date absent where only the last month has such a day
  /// @param spend absent where the day has not begun
  /// @param lastMonth of the same day of the last month; absent where that has no such day
  @Serdeable
  record DayPart(Optional<LocalDate> date, Optional<Money> spend, Optional<Money> lastMonth) {
    static DayPart of(Overview.Day day) {
      return new DayPart(day.date(), day.spend(), day.before());
    }
  }

  /// How many budgets are in each state.
  ///
  /// @param refusing work is refused
  /// @param over the limit is reached
  /// @param stale nothing is recorded, though something should be
  /// @param atRisk an alert is open
  /// @param paused neither alerts nor refuses
  /// @param idle has not begun, or is over
  @Serdeable
  record BudgetsPart(
      long total,
      long ok,
      long atRisk,
      long stale,
      long over,
      long refusing,
      long paused,
      long idle) {
    static BudgetsPart of(Map<BudgetState, Long> states) {
      return new BudgetsPart(
          states.values().stream().mapToLong(Long::longValue).sum(),
          states.getOrDefault(BudgetState.OK, 0L),
          states.getOrDefault(BudgetState.AT_RISK, 0L),
          states.getOrDefault(BudgetState.STALE, 0L),
          states.getOrDefault(BudgetState.OVER, 0L),
          states.getOrDefault(BudgetState.REFUSING, 0L),
          states.getOrDefault(BudgetState.PAUSED, 0L),
          states.getOrDefault(BudgetState.IDLE, 0L));
    }
  }

  /// A budget that needs somebody.
  ///
  /// @param subject of a budget that counts each id apart, the one that is closest to its limit
  /// @param percentUsed spend in percent of the limit, one decimal, rounded down
  /// @param resetsAt when its running period ends; absent when it never does
  @Serdeable
  record AttentionPart(
      UUID budgetId,
      String budgetName,
      Optional<String> subject,
      String state,
      Money limitAmount,
      Money spend,
      Money held,
      BigDecimal percentUsed,
      boolean hardLimit,
      Optional<Instant> resetsAt) {
    static AttentionPart of(BudgetLine line) {
      return new AttentionPart(
          line.id(),
          line.name(),
          line.subject(),
          Labels.of(line.state()),
          line.limit(),
          line.spend(),
          line.held(),
          line.percentUsed(),
          line.hardLimit(),
          line.resetsAt());
    }
  }

  /// Alerts that are open.
  ///
  /// @param critical those of the highest severity
  /// @param acknowledged those that somebody has seen
  @Serdeable
  record AlertsPart(long open, long critical, long acknowledged) {}

  static OverviewResponse of(Workspace workspace, Overview overview) {
    Overview.Month month = overview.month();
    return new OverviewResponse(
        workspace.name(),
        workspace.currency(),
        new MonthPart(
            month.period().start(),
            month.period().end(),
            workspace.timeZone(),
            month.spend(),
            month.requests(),
            month.before(),
            month.lastMonth(),
            month.forecast().map(ForecastPart::of),
            month.days().stream().map(DayPart::of).toList()),
        BudgetsPart.of(overview.states()),
        overview.worst().stream().map(AttentionPart::of).toList(),
        new AlertsPart(
            overview.alerts().open(),
            overview.alerts().critical(),
            overview.alerts().acknowledged()),
        month.unpriced(),
        overview.dataAsOf());
  }
}
