package dev.stipend.console.chart;

import dev.stipend.money.Money;
import dev.stipend.report.board.BudgetState;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.OptionalInt;

/// How much of a limit is spent and held, in thousandths of the bar.
///
/// @param tick where spend is expected to end; empty where nobody knows, or it is not said
/// @param tone how it is coloured
public record Bar(int spent, int held, OptionalInt tick, String tone) {
  private static final int WHOLE = 1000;

  /// How wide a tick is.
  public static final int TICK = 8;

  public static Bar of(Money spend, Money held, Money limit, BudgetState state) {
    int spent = part(spend, limit);
    return new Bar(
        spent,
        Math.min(part(spend.plus(held), limit) - spent, WHOLE),
        OptionalInt.empty(),
        tone(state));
  }

  /// The same with a tick where spend is expected to end; at the end of the bar where that is
  /// beyond the limit.
  public Bar expecting(Money forecast, Money limit) {
    return new Bar(
        spent, held, OptionalInt.of(Math.min(part(forecast, limit), WHOLE - TICK)), tone);
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
