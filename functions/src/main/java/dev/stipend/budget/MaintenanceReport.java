package dev.stipend.budget;

import java.util.LinkedHashMap;
import java.util.Map;

/// What maintenance found and did.
///
/// @param verb what was asked for
/// @param partitionsCreated months added to the ledger
/// @param eventIdsPruned ids forgotten because their window is over
/// @param eventsPriced events that were recorded unpriced and have a price now
/// @param costTrackingDifferences rows of the rollup that differed from the ledger
/// @param budgetPeriodDifferences counters that differed from the ledger
public record MaintenanceReport(
    String verb,
    int partitionsCreated,
    int eventIdsPruned,
    int eventsPriced,
    int costTrackingDifferences,
    int budgetPeriodDifferences) {
  /// The report as the values of a JSON object.
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("verb", verb);
    map.put("partitionsCreated", partitionsCreated);
    map.put("eventIdsPruned", eventIdsPruned);
    map.put("eventsPriced", eventsPriced);
    map.put("costTrackingDifferences", costTrackingDifferences);
    map.put("budgetPeriodDifferences", budgetPeriodDifferences);
    return map;
  }
}
