package dev.stipend.ingest.format;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/// The one place where an amount from outside is rounded. LiteLLM computes costs with binary
/// floating numbers and tells them with up to 17 digits, of which those beyond the 15th mean
/// nothing: `0.00014249999999999999` is 0.0001425. Rounded half even to 12 decimals.
final class LiteLlmCost {
  private static final int DECIMALS = 12;
  private static final int LONGEST_NUMBER = 64;

  private LiteLlmCost() {}

  /// An amount as it may be recorded; what is no number stays as it is, to be refused.
  static @Nullable Object of(@Nullable Object value) {
    if (value instanceof BigDecimal amount) {
      return rounded(amount);
    }
    if (value instanceof String text && text.length() <= LONGEST_NUMBER) {
      try {
        return rounded(new BigDecimal(text));
      } catch (NumberFormatException noNumber) {
        return text;
      }
    }
    return value;
  }

  private static BigDecimal rounded(BigDecimal amount) {
    if (amount.signum() == 0 || amount.precision() - (long) amount.scale() < -DECIMALS) {
      // Nothing, or less than half of the last decimal.
      return BigDecimal.ZERO;
    }
    return amount.scale() > DECIMALS ? amount.setScale(DECIMALS, RoundingMode.HALF_EVEN) : amount;
  }
}
