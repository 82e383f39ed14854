package dev.stipend.report.spend;

import dev.stipend.time.Period;
import java.util.List;
import java.util.Optional;

/// The answer to a query. Groups and the rest add up to the totals, in each interval and in all.
///
/// @param totals of the whole range
/// @param groups the listed groups, highest cost first, then by their values; none where
///     nothing is broken down
/// @param other the sum of all other groups; empty where there are none
/// @param hasMore whether there are groups on later pages
/// @param points one for each interval, oldest first
public record SpendReport(
    SpendTotals totals,
    List<Group> groups,
    Optional<SpendTotals> other,
    boolean hasMore,
    List<Point> points) {
  /// What has the same values in all dimensions of the query.
  ///
  /// @param values one for each dimension, in their order
  /// @param totals of the whole range
  public record Group(List<String> values, SpendTotals totals) {}

  /// An interval.
  ///
  /// @param groups the totals of each group of the report, in their order
  /// @param other the sum of all other groups; empty where the report has none
  public record Point(
      Period interval, SpendTotals totals, List<SpendTotals> groups, Optional<SpendTotals> other) {}
}
