package dev.stipend.report.overview;

import dev.stipend.budget.forecast.Forecast;
import dev.stipend.money.Money;
import dev.stipend.report.board.BudgetLine;
import dev.stipend.report.board.BudgetState;
import dev.stipend.time.Period;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A workspace at a glance.
///
/// @param states how many budgets are in each state
/// @param worst some of the budgets that need attention, worst first
/// @param dataAsOf when something last changed what is counted; empty where nothing is
public record Overview(
    Month month,
    Map<BudgetState, Long> states,
    List<BudgetLine> worst,
    OpenAlerts alerts,
    Optional<Instant> dataAsOf) {
  /// The running month.
  ///
  /// @param spend until now
  /// @param requests until now
  /// @param unpriced how many of them have no price
  /// @param before what the last month had come to at the same time after its start
  /// @param lastMonth what the last month came to in all
  /// @param forecast what the month comes to; empty while too little is known
  /// @param days one for each day of the month, and of the last month where that is longer
  public record Month(
      Period period,
      Money spend,
      long requests,
      long unpriced,
      Money before,
      Money lastMonth,
      Optional<Forecast> forecast,
      List<Day> days) {}

  /// A day of the month, by its number.
  ///
  /// @param date in the running month; empty where only the last month has such a day
  /// @param spend of the day; empty where it is not there yet
  /// @param before of the same day of the last month; empty where that has no such day
  public record Day(Optional<LocalDate> date, Optional<Money> spend, Optional<Money> before) {}

  /// Alerts that are open.
  ///
  /// @param critical those of the highest severity
  /// @param acknowledged those that somebody has seen
  public record OpenAlerts(long open, long critical, long acknowledged) {}
}
