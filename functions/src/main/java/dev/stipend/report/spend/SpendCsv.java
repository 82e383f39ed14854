package dev.stipend.report.spend;

import dev.stipend.platform.csv.CsvTable;
import dev.stipend.platform.web.PlaceCursor;
import dev.stipend.report.spend.SpendReport.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A report as a table: a row for each group and interval in which anything was used, the greatest
/// group first.
///
/// @param text the table
/// @param next the cursor of the groups that are not in it; empty where all are
public record SpendCsv(String text, Optional<String> next) {
  /// What `GET /api/spend` answers, as a table.
  ///
  /// @param currency of every amount
  public static SpendCsv of(SpendQuery query, SpendReport report, String currency) {
    CsvTable table = new CsvTable(header(query));
    if (query.groupBy().isEmpty()) {
      table.addAll(
          report.points().stream()
              .map(point -> row(point, List.of(), point.totals(), currency))
              .toList());
      return new SpendCsv(table.text(), Optional.empty());
    }
    for (int i = 0; i < report.groups().size(); i++) {
      if (!table.addAll(rows(report, i, currency))) {
        return new SpendCsv(table.text(), Optional.of(PlaceCursor.GROUPS.at(query.after() + i)));
      }
    }
    return new SpendCsv(
        table.text(),
        report.hasMore()
            ? Optional.of(PlaceCursor.GROUPS.at(query.after() + query.limit()))
            : Optional.empty());
  }

  private static List<String> header(SpendQuery query) {
    return Stream.of(
            Stream.of("start", "end"),
            query.groupBy().stream().map(Dimension::label),
            Stream.of(
                "cost",
                "currency",
                "requests",
                "unpriced",
                "inputTokens",
                "cachedInputTokens",
                "outputTokens"))
        .flatMap(names -> names)
        .toList();
  }

  private static List<List<Object>> rows(SpendReport report, int group, String currency) {
    List<List<Object>> rows = new ArrayList<>();
    for (Point point : report.points()) {
      SpendTotals totals = point.groups().get(group);
      if (!totals.equals(SpendTotals.ZERO)) {
        rows.add(row(point, report.groups().get(group).values(), totals, currency));
      }
    }
    return rows;
  }

  private static List<Object> row(
      Point point, List<String> values, SpendTotals totals, String currency) {
    List<Object> row = new ArrayList<>();
    row.add(point.interval().start());
    row.add(point.interval().end());
    row.addAll(values);
    row.addAll(
        List.of(
            totals.cost(),
            currency,
            totals.requests(),
            totals.unpriced(),
            totals.inputTokens(),
            totals.cachedInputTokens(),
            totals.outputTokens()));
    return row;
  }
}
