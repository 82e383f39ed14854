package dev.stipend.maintenance;

import dev.stipend.ingest.ledger.Differences;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What maintenance found and did.
///
/// @param verb what was asked for
/// @param done how much was done of each thing, besides the totals, by what it is called
/// @param found the totals that differed from the ledger, and are right now
/// @param unfinished the workspaces whose totals are compared further by the next run
/// @param problems what could not be done; everything else was
public record MaintenanceReport(
    String verb,
    Map<String, Integer> done,
    List<Found> found,
    List<String> unfinished,
    List<Problem> problems) {
  /// Differences in one table of one workspace.
  public record Found(String workspace, Differences differences) {}

  /// Something that could not be done.
  ///
  /// @param what it is, in words
  public record Problem(String what, RuntimeException cause) {}

  /// How many totals differed, in all tables.
  public int differences() {
    return found.stream().mapToInt(each -> each.differences().count()).sum();
  }

  /// The report as the values of a JSON object.
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("verb", verb);
    map.putAll(done);
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
    map.put("unfinished", unfinished);
    map.put(
        "problems",
        problems.stream()
            .map(problem -> problem.what() + ": " + problem.cause().getMessage())
            .toList());
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
