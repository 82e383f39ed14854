package dev.stipend.console.chart;

import dev.stipend.money.Money;
import dev.stipend.report.board.BudgetState;
import java.math.BigDecimal;
import java.math.RoundingMode;

/// How much of a limit is spent and held, in thousandths of the bar.
///
/// @param tone how it is coloured
public record Bar(int spent, int held, String tone) {
  private static final int WHOLE = 1000;

  public static Bar of(Money spend, Money held, Money limit, BudgetState state) {
    int spent = part(spend, limit);
    return new Bar(spent, Math.min(part(spend.plus(held), limit) - spent, WHOLE), tone(state));
  }

  private static int part(Money amount, Money limit) {
    if (!amount.isPositive()) {
      return 0;
    }
    return limit.isPositive()
        ? amount
            .amount()
            .multiply(BigDecimal.valueOf(WHOLE))
            .divide(limit.amount(), 0, RoundingMode.DOWN)
            .min(BigDecimal.valueOf(WHOLE))
            .intValue()
        : WHOLE;
  }

  /// The class of what shows a state; its name is always beside it.
  public static String tone(BudgetState state) {
    return switch (state) {
      case REFUSING, OVER -> "over";
      case STALE, AT_RISK -> "risk";
      case OK -> "good";
      case PAUSED, IDLE -> "";
    };
  }
}
