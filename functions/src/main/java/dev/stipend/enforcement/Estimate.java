package dev.stipend.enforcement;

import dev.stipend.enforcement.headroom.Headroom;
import dev.stipend.money.Money;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongFunction;

/// What work will cost at most.
///
/// @param cost in the workspace's currency
/// @param maxOutputTokens how many tokens it may generate for that, where that is fewer than asked
public record Estimate(Money cost, OptionalLong maxOutputTokens) {
  public static Estimate of(Money cost) {
    return new Estimate(cost, OptionalLong.empty());
  }

  /// An estimate that can be lowered by generating less.
  ///
  /// @param full what was asked
  /// @param fewest the fewest output tokens that are worth the work; the most, to lower nothing
  /// @param most the output tokens of the full estimate
  /// @param costOfOutput what the work costs with so many output tokens; never falls
  public record Elastic(Estimate full, long fewest, long most, LongFunction<Money> costOfOutput) {
    static Elastic rigid(Money cost) {
      return new Elastic(Estimate.of(cost), 0, 0, output -> cost);
    }

    /// The full estimate, or the largest that no budget refuses; the full one where none fits.
    public Estimate fitting(List<Headroom> budgets) {
      if (fewest >= most
          || fits(full.cost(), budgets)
          || !fits(costOfOutput.apply(fewest), budgets)) {
        return full;
      }
      long fits = fewest;
      long tooMany = most;
      while (tooMany - fits > 1) {
        long middle = fits + (tooMany - fits) / 2;
        if (fits(costOfOutput.apply(middle), budgets)) {
          fits = middle;
        } else {
          tooMany = middle;
        }
      }
      return new Estimate(costOfOutput.apply(fits), OptionalLong.of(fits));
    }

    private static boolean fits(Money cost, List<Headroom> budgets) {
      return budgets.stream().noneMatch(budget -> budget.denies(cost));
    }
  }
}
