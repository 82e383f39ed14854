package dev.stipend.report.spend;

import dev.stipend.report.spend.SpendReport.Group;
import dev.stipend.report.spend.SpendReport.Point;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// The rows of a query's statement, as they become a report.
final class SpendTable {
  /// The groups of earlier pages.
  private static final int EARLIER = 0;

  private record Cell(int place, int bucket) {}

  private final SpendQuery query;
  private final int later;
  private final Map<Integer, List<String>> shown = new TreeMap<>();
  private final Map<Cell, SpendTotals> cells = new HashMap<>();

  SpendTable(SpendQuery query) {
    this.query = query;
    this.later = query.limit() + 1;
  }

  /// @param bucket the interval's number, from 1 on
  void add(int place, int bucket, List<String> values, SpendTotals totals) {
    if (place != EARLIER && place != later) {
      shown.put(place, values);
    }
    cells.put(new Cell(place, bucket), totals);
  }

  SpendReport report() {
    List<Integer> buckets = IntStream.rangeClosed(1, query.intervals().size()).boxed().toList();
    List<Integer> all = cells.keySet().stream().map(Cell::place).distinct().toList();
    boolean grouped = !query.groupBy().isEmpty();
    List<Integer> told = grouped ? List.copyOf(shown.keySet()) : List.of();
    List<Integer> rest =
        grouped ? all.stream().filter(place -> !shown.containsKey(place)).toList() : List.of();
    List<Point> points =
        buckets.stream()
            .map(
                bucket ->
                    new Point(
                        query.intervals().get(bucket - 1),
                        sum(all, List.of(bucket)),
                        told.stream().map(place -> sum(List.of(place), List.of(bucket))).toList(),
                        other(rest, List.of(bucket))))
            .toList();
    List<Group> groups =
        told.stream()
            .map(
                place ->
                    new Group(shown.getOrDefault(place, List.of()), sum(List.of(place), buckets)))
            .toList();
    return new SpendReport(
        sum(all, buckets), groups, other(rest, buckets), rest.contains(later), points);
  }

  private Optional<SpendTotals> other(List<Integer> rest, List<Integer> buckets) {
    return rest.isEmpty() ? Optional.empty() : Optional.of(sum(rest, buckets));
  }

  private SpendTotals sum(List<Integer> places, List<Integer> buckets) {
    return places.stream()
        .flatMap(place -> buckets.stream().map(bucket -> new Cell(place, bucket)))
        .map(cell -> cells.getOrDefault(cell, SpendTotals.ZERO))
        .reduce(SpendTotals.ZERO, SpendTotals::plus);
  }
}
