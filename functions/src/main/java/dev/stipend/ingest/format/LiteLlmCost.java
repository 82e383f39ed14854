package dev.stipend.ingest.format;

import dev.stipend.money.Money;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// LiteLLM computes costs with binary floating numbers and tells them with up to 17 digits, of
/// which those beyond the 15th mean nothing: `0.00014249999999999999` is 0.0001425. They are
/// rounded here, and not marked as rounded.
final class LiteLlmCost {
  private LiteLlmCost() {}

  /// An amount as it may be recorded; what is no amount stays as it is, to be refused.
  static @Nullable Object of(@Nullable Object value) {
    try {
      return switch (value) {
        case BigDecimal amount -> rounded(amount);
        case String text -> rounded(Money.decimal(text));
        case null, default -> value;
      };
    } catch (IllegalArgumentException noAmount) {
      return value;
    }
  }

  private static BigDecimal rounded(BigDecimal amount) {
    BigDecimal rounded = Money.rounded(amount).amount();
    if (rounded.signum() == 0) {
      return BigDecimal.ZERO;
    }
    return rounded.compareTo(amount) == 0 ? amount : rounded;
  }
}
