package dev.stipend.budget;

import dev.stipend.spend.Differences;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What maintenance found and did.
///
/// @param verb what was asked for
/// @param done what else was done, besides the totals
/// @param found the totals that differed from the ledger, and are right now
public record MaintenanceReport(String verb, Done done, List<Found> found) {
  /// The other things that maintenance does.
  ///
  /// @param partitionsCreated months added to the ledger
  /// @param eventIdsPruned ids forgotten because their window is over
  /// @param eventsPriced events that were recorded unpriced and have a price now
  /// @param monthsDropped months that left the ledger
  /// @param rowsPruned how much was forgotten of what is {@link KeptForATime}, by what it is called
  public record Done(
      int partitionsCreated,
      int eventIdsPruned,
      int eventsPriced,
      int monthsDropped,
      Map<String, Integer> rowsPruned) {
    static final Done NOTHING = new Done(0, 0, 0, 0, Map.of());

    Done withMonthsDropped(int months) {
      return new Done(partitionsCreated, eventIdsPruned, eventsPriced, months, rowsPruned);
    }
  }

  /// Differences in one table of one workspace.
  public record Found(String workspace, Differences differences) {}

  /// How many totals differed, in all tables.
  public int differences() {
    return found.stream().mapToInt(each -> each.differences().count()).sum();
  }

  /// The report as the values of a JSON object.
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("verb", verb);
    map.put("partitionsCreated", done.partitionsCreated());
    map.put("eventIdsPruned", done.eventIdsPruned());
    map.put("eventsPriced", done.eventsPriced());
    map.put("monthsDropped", done.monthsDropped());
    map.putAll(done.rowsPruned());
    map.put("costTrackingDifferences", count("cost_tracking"));
    map.put("budgetPeriodDifferences", count("budget_periods"));
    map.put("unpricedEventDifferences", count("unpriced_events"));
    List<Map<String, Object>> each = new ArrayList<>();
    for (Found one : found) {
      if (one.differences().count() > 0) {
        each.add(
            Map.of(
                "workspace", one.workspace(),
                "table", one.differences().table(),
                "rows", one.differences().count(),
                "first", one.differences().first()));
      }
    }
    map.put("differences", each);
    return map;
  }

  private int count(String table) {
    return found.stream()
        .map(Found::differences)
        .filter(differences -> differences.table().equals(table))
        .mapToInt(Differences::count)
        .sum();
  }
}
