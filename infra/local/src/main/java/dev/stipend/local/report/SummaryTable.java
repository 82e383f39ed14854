package dev.stipend.local.report;

import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// The summary at the end of a run, as text: totals, then one line per budget period, in the
/// budget's own zone.
public final class SummaryTable {

  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);
  private static final List<String> TITLES =
      List.of("budget", "subject", "from", "until", "zone", "spend", "limit", "percent", "alerts");
  private static final int FIRST_NUMBER = 5;
  private static final int LAST_NUMBER = 7;

  private SummaryTable() {}

  /// Makes the text.
  ///
  /// @param outcome what became of this run's events, in words
  public static String of(String outcome, LedgerTotals totals, List<ReportedPeriod> periods) {
    StringBuilder text = new StringBuilder();
    line(text, "events", outcome);
    line(
        text,
        "tokens",
        "%,d input, %,d output".formatted(totals.inputTokens(), totals.outputTokens()));
    line(text, "spend", totals.spend().toPlainString() + " " + totals.currency());
    line(text, "ledger", "%,d events, %,d unpriced".formatted(totals.events(), totals.unpriced()));
    line(text, "deliveries", words(totals.deliveries()));
    List<List<String>> rows = new ArrayList<>();
    rows.add(TITLES);
    periods.forEach(period -> rows.add(row(period)));
    return text.append('\n').append(table(rows)).toString();
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append("  %-12s%s%n".formatted(name, value));
  }

  private static String words(Map<String, Long> counts) {
    return counts.isEmpty()
        ? "none"
        : counts.entrySet().stream()
            .map(count -> "%,d %s".formatted(count.getValue(), count.getKey()))
            .collect(Collectors.joining(", "));
  }

  private static List<String> row(ReportedPeriod period) {
    return List.of(
        period.budget(),
        period.scope().equals("workspace") ? "workspace" : period.scope() + " " + period.subject(),
        local(period, true),
        local(period, false),
        period.zone().getId(),
        period.spend().toPlainString(),
        period.limit().stripTrailingZeros().toPlainString(),
        period.percent().map(percent -> percent.toPlainString() + " %").orElse("—"),
        period.alerts().isEmpty()
            ? "none"
            : period.alerts().stream().map(SummaryTable::alert).collect(Collectors.joining("; ")));
  }

  private static String alert(ReportedPeriod.Alert alert) {
    return "%s at %s %% (%s, %s)"
        .formatted(
            alert.type(), alert.threshold().toPlainString(), alert.state(), alert.deliveries());
  }

  private static String local(ReportedPeriod period, boolean start) {
    ZonedDateTime time = (start ? period.start() : period.until()).atZone(period.zone());
    return MINUTE.format(time);
  }

  private static String table(List<List<String>> rows) {
    int[] widths = new int[TITLES.size()];
    rows.forEach(
        row -> {
          for (int column = 0; column < widths.length; column++) {
            widths[column] = Math.max(widths[column], row.get(column).length());
          }
        });
    return rows.stream()
        .map(
            row -> {
              StringBuilder line = new StringBuilder("  ");
              for (int column = 0; column < widths.length; column++) {
                String padding = " ".repeat(widths[column] - row.get(column).length());
                boolean number = column >= FIRST_NUMBER && column <= LAST_NUMBER;
                line.append(number ? padding + row.get(column) : row.get(column) + padding)
                    .append("  ");
              }
              return line.toString().stripTrailing();
            })
        .collect(Collectors.joining("\n", "", "\n"));
  }
}
