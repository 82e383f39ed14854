package dev.stipend.console.overview;

import dev.stipend.budget.chart.SpendChart;
import dev.stipend.budget.forecast.Forecast;
import dev.stipend.console.budget.BudgetRowModel;
import dev.stipend.console.chart.Bar;
import dev.stipend.console.chart.ChartPicture;
import dev.stipend.console.page.ConsoleText;
import dev.stipend.console.page.Shown;
import dev.stipend.money.Money;
import dev.stipend.platform.json.Labels;
import dev.stipend.report.board.BudgetState;
import dev.stipend.report.overview.Overview;
import dev.stipend.tenant.Workspace;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What the overview shows, in words.
///
/// @param isWaiting whether nothing was reported yet, as far as this month and the last tell
/// @param spend of the month
/// @param compared with the last month, as a sentence
/// @param forecast what the month comes to; empty while too little is known
/// @param range within which it comes to it in eight of ten cases; empty likewise
/// @param alerts open ones
/// @param unpriced requests without a price
/// @param states how many budgets are in each state
/// @param worst budgets that need somebody
/// @param days of the chart, as a table
/// @param dataAsOf when something last changed; empty where nothing is counted
public record OverviewModel(
    boolean isWaiting,
    String month,
    Shown spend,
    String compared,
    Optional<Shown> forecast,
    String range,
    Overview.OpenAlerts alerts,
    String unpriced,
    long budgets,
    List<StateCount> states,
    List<BudgetRowModel> worst,
    ChartPicture chart,
    String chartSentence,
    List<DayRow> days,
    Optional<Shown> dataAsOf) {
  /// How many budgets are in a state.
  ///
  /// @param label in the API
  public record StateCount(String label, String name, String tone, String count) {}

  /// A day of the table under the chart.
  public record DayRow(String day, Optional<Shown> spend, Optional<Shown> before) {}

  static OverviewModel of(Overview overview, Workspace workspace, ConsoleText text) {
    Overview.Month month = overview.month();
    String currency = workspace.currency();
    ZoneId zone = ZoneId.of(workspace.timeZone());
    Optional<Forecast> forecast = month.forecast();
    String compared = compared(month, text, currency);
    return new OverviewModel(
        month.requests() == 0 && !month.lastMonth().isPositive() && overview.dataAsOf().isEmpty(),
        text.month(month.period().start(), zone),
        text.amount(month.spend(), currency),
        compared,
        forecast.map(each -> text.amount(each.amount(), currency)),
        text.range(forecast, currency),
        overview.alerts(),
        text.count(month.unpriced()),
        overview.states().values().stream().mapToLong(Long::longValue).sum(),
        Stream.of(BudgetState.values())
            .filter(state -> overview.states().containsKey(state))
            .map(
                state ->
                    new StateCount(
                        Labels.of(state),
                        text.say("state." + Labels.of(state)),
                        Bar.tone(state),
                        text.count(overview.states().getOrDefault(state, 0L))))
            .toList(),
        overview.worst().stream().map(line -> BudgetRowModel.of(line, currency, text)).toList(),
        ChartPicture.of(chart(month), text, currency),
        text.say("overview.chart", text.amount(month.spend(), currency).text(), compared),
        month.days().stream().map(day -> row(day, text, currency)).toList(),
        overview.dataAsOf().map(at -> text.time(at, zone)));
  }

  private static String compared(Overview.Month month, ConsoleText text, String currency) {
    if (!month.before().isPositive()) {
      return text.say("overview.nothing-before");
    }
    BigDecimal percent =
        month
            .spend()
            .minus(month.before())
            .amount()
            .multiply(BigDecimal.valueOf(100))
            .divide(month.before().amount(), 1, RoundingMode.HALF_UP);
    String key =
        switch (percent.signum()) {
          case 1 -> "overview.more";
          case -1 -> "overview.less";
          default -> "overview.same";
        };
    String before = text.amount(month.before(), currency).text();
    return percent.signum() == 0
        ? text.say(key, before)
        : text.say(key, text.percent(percent.abs()), before);
  }

  private static SpendChart chart(Overview.Month month) {
    List<SpendChart.Point> actual = points(month.days().stream().map(Overview.Day::spend).toList());
    List<SpendChart.Point> before =
        points(month.days().stream().map(Overview.Day::before).toList());
    return new SpendChart(
        List.of(
            new SpendChart.Line(SpendChart.Kind.BEFORE, before),
            new SpendChart.Line(SpendChart.Kind.ACTUAL, actual)),
        month
            .forecast()
            .map(each -> new SpendChart.Band(actual.getLast(), each.low(), each.high())),
        List.of());
  }

  /// The sums until the end of each day that there is.
  private static List<SpendChart.Point> points(List<Optional<Money>> days) {
    List<SpendChart.Point> points = new ArrayList<>();
    BigDecimal all = BigDecimal.valueOf(days.size());
    Money sum = Money.ZERO;
    for (int i = 0; i < days.size() && days.get(i).isPresent(); i++) {
      sum = sum.plus(days.get(i).orElse(Money.ZERO));
      BigDecimal end = BigDecimal.valueOf(i + 1L);
      points.add(new SpendChart.Point(end.divide(all, 6, RoundingMode.HALF_UP), sum));
    }
    return points;
  }

  private static DayRow row(Overview.Day day, ConsoleText text, String currency) {
    return new DayRow(
        day.date().map(text::day).orElse("–"),
        day.spend().map(spend -> text.amount(spend, currency)),
        day.before().map(spend -> text.amount(spend, currency)));
  }
}
