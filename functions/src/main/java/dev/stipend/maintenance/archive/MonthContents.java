package dev.stipend.maintenance.archive;

import dev.stipend.money.Money;
import java.math.BigDecimal;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a month holds, as far as two copies of it are compared.
///
/// @param rows how many
/// @param costs the sum of costs of each workspace that has rows, by its slug
record MonthContents(long rows, SortedMap<String, Money> costs) {
  /// Adds up rows one by one.
  static final class Sum {
    private long rows;
    private final SortedMap<String, Money> costs = new TreeMap<>();

    /// @param cost a decimal, or nothing
    void add(String workspace, String cost) {
      rows++;
      Money more = cost.isEmpty() ? Money.ZERO : new Money(new BigDecimal(cost));
      costs.merge(workspace, more, Money::plus);
    }

    MonthContents contents() {
      return new MonthContents(rows, costs);
    }
  }

  /// The sums as the values of a JSON object.
  Map<String, String> costsAsTexts() {
    Map<String, String> texts = new TreeMap<>();
    costs.forEach((workspace, cost) -> texts.put(workspace, cost.toString()));
    return texts;
  }

  static SortedMap<String, Money> costsOf(Map<String, String> texts) {
    SortedMap<String, Money> costs = new TreeMap<>();
    texts.forEach((workspace, cost) -> costs.put(workspace, new Money(new BigDecimal(cost))));
    return costs;
  }
}
