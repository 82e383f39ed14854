package dev.stipend.budget.chart;

import dev.stipend.money.Money;
import java.util.Comparator;
import java.util.List;

/// Spend by intervals, each put together from the same parts.
///
/// @param bars oldest first
public record StackedBars(List<Bar> bars) {
  /// An interval.
  ///
  /// @param name in words
  /// @param parts what each part came to, in the order of all bars; less than nothing is drawn as
  ///     nothing
  /// @param total of all parts
  public record Bar(String name, List<Money> parts, Money total) {
    /// How high it is.
    Money height() {
      return parts.stream().map(Money::orZero).reduce(Money.ZERO, Money::plus);
    }
  }

  /// The highest amount that is shown.
  public Money top() {
    return bars.stream().map(Bar::height).max(Comparator.naturalOrder()).orElse(Money.ZERO);
  }
}
