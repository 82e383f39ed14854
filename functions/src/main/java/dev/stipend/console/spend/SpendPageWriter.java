package dev.stipend.console.spend;

import dev.stipend.budget.chart.StackedBars;
import dev.stipend.console.chart.BarsPicture;
import dev.stipend.console.page.ConsoleText;
import dev.stipend.console.page.Shown;
import dev.stipend.money.Money;
import dev.stipend.report.spend.Dimension;
import dev.stipend.report.spend.Interval;
import dev.stipend.report.spend.SpendReport;
import dev.stipend.report.spend.SpendReport.Point;
import dev.stipend.report.spend.SpendRequest;
import dev.stipend.report.spend.SpendTotals;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Puts spend into words.
///
/// @param currency of the workspace
record SpendPageWriter(ConsoleText text, String currency, SpendAddress address) {
  private static final String DASH = "–";
  private static final Shown UNKNOWN = new Shown(DASH, "");
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  /// What was spent in the period before.
  ///
  /// @param groups of the groups that are shown, by their ids
  record Before(Money total, Map<String, Money> groups) {}

  /// @param before empty where it is not known any more
  SpendPageModel write(SpendRequest request, SpendReport report, Optional<Before> before) {
    List<SpendPageModel.Group> groups = groups(report, before);
    List<Integer> places = groups.stream().map(SpendPageModel.Group::place).toList();
    StackedBars bars =
        new StackedBars(report.points().stream().map(point -> bar(point, request)).toList());
    SpendTotals totals = report.totals();
    return new SpendPageModel(
        sentence(request, report, groups),
        before
            .map(
                known ->
                    text.say(
                        "spend.compared",
                        change(totals.cost(), Optional.of(known.total())),
                        amount(known.total()).text()))
            .orElse(""),
        totals.unpriced() > 0 ? text.counted("spend.unpriced", totals.unpriced()) : "",
        amount(totals.cost()),
        before.map(known -> amount(known.total())).orElse(UNKNOWN),
        text.count(totals.requests()),
        SpendFormModel.dimension(address.groupBy().label(), text),
        groups,
        BarsPicture.of(bars, places, text, currency),
        bars.bars().stream().map(this::row).toList(),
        address.sent().without("groupBy", "interval").of(SpendAddress.EVENTS),
        address.sent().of(SpendAddress.PATH + "/export"));
  }

  private List<SpendPageModel.Group> groups(SpendReport report, Optional<Before> before) {
    List<SpendPageModel.Group> groups = new ArrayList<>();
    Money all = report.totals().cost();
    Dimension dimension = address.groupBy();
    Dimension next = address.next();
    for (SpendReport.Group group : report.groups()) {
      String id = group.values().getFirst();
      Optional<Money> earlier = before.map(known -> known.groups().getOrDefault(id, Money.ZERO));
      groups.add(
          group(
              groups.size() + 1,
              SpendFormModel.shown(id, text),
              group.totals(),
              all,
              earlier,
              address.drill(dimension, id, next),
              text.say("spend.by", SpendFormModel.dimension(next.label(), text)),
              address.eventsOf(dimension, id)));
    }
    report
        .other()
        .ifPresent(
            other ->
                groups.add(
                    group(
                        0,
                        text.say("spend.other"),
                        other,
                        all,
                        before.map(
                            known ->
                                known.groups().values().stream()
                                    .reduce(known.total(), Money::minus)),
                        "",
                        "",
                        "")));
    return groups;
  }

  private SpendPageModel.Group group(
      int place,
      String name,
      SpendTotals totals,
      Money all,
      Optional<Money> before,
      String drill,
      String next,
      String events) {
    return new SpendPageModel.Group(
        place,
        name,
        amount(totals.cost()),
        all.isPositive() ? text.percent(totals.cost().percentOf(all)) : DASH,
        before.map(this::amount).orElse(UNKNOWN),
        change(totals.cost(), before),
        text.count(totals.requests()),
        text.count(totals.unpriced()),
        drill,
        next,
        events);
  }

  private String change(Money now, Optional<Money> before) {
    if (before.isEmpty() || (now.equals(Money.ZERO) && before.get().equals(Money.ZERO))) {
      return DASH;
    }
    if (!before.get().isPositive()) {
      return text.say("spend.new");
    }
    BigDecimal percent = now.percentOf(before.get()).subtract(HUNDRED);
    return (percent.signum() > 0 ? "+" : "") + text.percent(percent);
  }

  private String sentence(
      SpendRequest request, SpendReport report, List<SpendPageModel.Group> groups) {
    String range =
        text.say(
            "spend.sentence",
            amount(report.totals().cost()).text(),
            text.time(request.query().range().start(), address.zone()).text(),
            text.time(request.query().range().end(), address.zone()).text());
    return groups.isEmpty() || !report.totals().cost().isPositive()
        ? range
        : range
            + " "
            + text.say("spend.largest", groups.getFirst().id(), groups.getFirst().share());
  }

  private StackedBars.Bar bar(Point point, SpendRequest request) {
    return new StackedBars.Bar(
        name(point, request.interval()),
        Stream.concat(point.groups().stream(), point.other().stream())
            .map(SpendTotals::cost)
            .toList(),
        point.totals().cost());
  }

  private String name(Point point, Interval interval) {
    return switch (interval) {
      case NONE, DAY, WEEK -> text.date(point.interval().start(), address.zone());
      case QUARTER_HOUR, HOUR -> text.hour(point.interval().start(), address.zone());
      case MONTH, YEAR -> text.month(point.interval().start(), address.zone());
    };
  }

  private SpendPageModel.Bar row(StackedBars.Bar bar) {
    return new SpendPageModel.Bar(
        bar.name(),
        amount(bar.total()),
        IntStream.range(0, bar.parts().size()).mapToObj(i -> amount(bar.parts().get(i))).toList());
  }

  private Shown amount(Money money) {
    return text.amount(money, currency);
  }
}
