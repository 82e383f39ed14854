package dev.stipend.http.spend;

import dev.stipend.money.Money;
import dev.stipend.platform.json.Labels;
import dev.stipend.platform.web.PlaceCursor;
import dev.stipend.report.spend.Dimension;
import dev.stipend.report.spend.Interval;
import dev.stipend.report.spend.SpendQuery;
import dev.stipend.report.spend.SpendReport;
import dev.stipend.report.spend.SpendRequest;
import dev.stipend.report.spend.SpendTotals;
import dev.stipend.time.Period;
import io.micronaut.serde.annotation.Serdeable;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What was spent in a range of time.
///
/// @param from the first instant of the range
/// @param to the first instant after it
/// @param timeZone whose calendar counts
/// @param currency of every amount
/// @param interval into what the range is split
/// @param groupBy by what spend is broken down
/// @param totals of the whole range and all groups
/// @param groups greatest cost first
/// @param other the sum of all groups that are not among `groups`; absent where there are none
/// @param nextCursor the `cursor` of the next groups; absent where there are none
/// @param series one point for each interval, also for those without spend; absent without an
///     interval
@Serdeable
public record SpendResponse(
    Instant from,
    Instant to,
    String timeZone,
    String currency,
    String interval,
    List<String> groupBy,
    SpendTotals totals,
    List<Group> groups,
    Optional<SpendTotals> other,
    Optional<String> nextCursor,
    Optional<List<Point>> series) {
  /// A group.
  ///
  /// @param key its value in each dimension; empty where that is not known
  /// @param share its part of the cost of all groups in percent, one decimal, rounded down; absent
  ///     where that cost is not positive
  @Serdeable
  public record Group(Map<String, String> key, SpendTotals totals, Optional<BigDecimal> share) {}

  /// An interval, cut to the range.
  ///
  /// @param groups the totals of each of the answer's groups, in their order
  @Serdeable
  public record Point(
      Instant start,
      Instant end,
      SpendTotals totals,
      List<SpendTotals> groups,
      Optional<SpendTotals> other) {}

  static SpendResponse of(SpendRequest request, String currency, SpendReport report) {
    SpendQuery query = request.query();
    Period range = query.range();
    Money all = report.totals().cost();
    return new SpendResponse(
        range.start(),
        range.end(),
        request.zone().getId(),
        currency,
        Labels.of(request.interval()),
        query.groupBy().stream().map(Dimension::label).toList(),
        report.totals(),
        report.groups().stream()
            .map(
                group ->
                    new Group(
                        key(query.groupBy(), group.values()),
                        group.totals(),
                        Optional.of(group.totals().cost())
                            .filter(cost -> all.isPositive())
                            .map(cost -> cost.percentOf(all))))
            .toList(),
        report.other(),
        report.hasMore()
            ? Optional.of(PlaceCursor.GROUPS.at(query.after() + query.limit()))
            : Optional.empty(),
        request.interval() == Interval.NONE
            ? Optional.empty()
            : Optional.of(report.points().stream().map(SpendResponse::point).toList()));
  }

  private static Point point(SpendReport.Point point) {
    return new Point(
        point.interval().start(),
        point.interval().end(),
        point.totals(),
        point.groups(),
        point.other());
  }

  private static Map<String, String> key(List<Dimension> dimensions, List<String> values) {
    Map<String, String> key = new LinkedHashMap<>();
    for (int i = 0; i < dimensions.size(); i++) {
      key.put(dimensions.get(i).label(), values.get(i));
    }
    return key;
  }
}
