package dev.stipend.money;

import java.math.BigDecimal;
import java.math.RoundingMode;

/// An exact, signed amount in the currency of its workspace, with at most 12 decimals.
///
/// What comes from outside goes through {@link #of(BigDecimal)} and has at most 12 integer digits;
/// a sum may have 26, so that adding amounts that were accepted never fails.
///
/// @param amount the amount, always held with a scale of 12
public record Money(BigDecimal amount) implements Comparable<Money> {
  /// Decimals kept, as in `numeric(24,12)`.
  public static final int DECIMALS = 12;

  /// Integer digits of an amount, as in `numeric(24,12)`.
  public static final int INTEGER_DIGITS = 12;

  /// Integer digits of a sum, as in `numeric(38,12)`.
  public static final int SUM_INTEGER_DIGITS = 26;

  public static final Money ZERO = new Money(BigDecimal.ZERO);

  private static final int LONGEST_TEXT = 64;
  private static final char LAST_ASCII = 127;
  private static final String NO_NUMBER = "is not a decimal number such as 0.80";
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  /// @throws AmountOutOfRangeException if the amount needs more than 26 integer digits or 12
  ///     decimals
  public Money {
    requireDigits(amount, SUM_INTEGER_DIGITS);
    amount =
        (amount.signum() == 0 ? BigDecimal.ZERO : amount)
            .setScale(DECIMALS, RoundingMode.UNNECESSARY);
  }

  /// An amount from outside.
  ///
  /// @throws AmountOutOfRangeException if it needs more than 12 integer digits or decimals
  public static Money of(BigDecimal amount) {
    requireDigits(amount, INTEGER_DIGITS);
    return new Money(amount);
  }

  /// Reads a decimal number such as `0.80`, `-3` or `1.5e-7`; a point is the only decimal
  /// separator, and digits are ASCII.
  ///
  /// @throws AmountOutOfRangeException if the text is no such number, or the number does not fit
  public static Money of(String text) {
    return of(decimal(text));
  }

  /// The number of a text as {@link #of(String)} reads it, of any size.
  ///
  /// @throws AmountOutOfRangeException if the text is no such number
  public static BigDecimal decimal(String text) {
    if (text.length() > LONGEST_TEXT) {
      throw new AmountOutOfRangeException("is longer than " + LONGEST_TEXT + " characters");
    }
    if (text.chars().anyMatch(character -> character > LAST_ASCII)) {
      throw new AmountOutOfRangeException(NO_NUMBER);
    }
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException notANumber) {
      throw new AmountOutOfRangeException(NO_NUMBER, notANumber);
    }
  }

  /// What somebody computed with floating numbers, such as `0.30000000000000004`: rounded half even
  /// to 12 decimals.
  ///
  /// @throws AmountOutOfRangeException if it needs more than 12 integer digits
  public static Money rounded(BigDecimal amount) {
    if (amount.signum() == 0 || amount.precision() - (long) amount.scale() < -DECIMALS) {
      // Nothing, or less than half of the last decimal; writing it out could fill the memory.
      return ZERO;
    }
    return of(
        amount.scale() > DECIMALS ? amount.setScale(DECIMALS, RoundingMode.HALF_EVEN) : amount);
  }

  public Money plus(Money other) {
    return new Money(amount.add(other.amount));
  }

  public Money minus(Money other) {
    return new Money(amount.subtract(other.amount));
  }

  public boolean isPositive() {
    return amount.signum() > 0;
  }

  public boolean isNegative() {
    return amount.signum() < 0;
  }

  /// Whether this amount is at or above `percent` of `limit`; exactly at the threshold counts. A
  /// limit of zero is reached by every positive amount, whatever the percent.
  public boolean reaches(BigDecimal percent, Money limit) {
    if (limit.amount.signum() == 0) {
      return isPositive();
    }
    return amount.multiply(HUNDRED).compareTo(limit.amount.multiply(percent)) >= 0;
  }

  /// The least positive amount that has to be added for the sum to reach `percent` of `limit`; of
  /// no meaning where it is reached.
  public Money shortOf(BigDecimal percent, Money limit) {
    BigDecimal line =
        limit.amount.signum() == 0
            ? BigDecimal.ONE.movePointLeft(DECIMALS)
            : limit
                .amount
                .multiply(percent)
                .divide(HUNDRED)
                .setScale(DECIMALS, RoundingMode.CEILING);
    return new Money(line.subtract(amount));
  }

  /// This sum, or zero where it is negative.
  public Money orZero() {
    return isNegative() ? ZERO : this;
  }

  /// This amount as a percent of `limit` with one decimal, rounded down, so that 100 is shown only
  /// when it is reached. Of a zero limit nothing is 0 % and anything positive is 100 %.
  public BigDecimal percentOf(Money limit) {
    if (limit.amount.signum() == 0) {
      return isPositive() ? HUNDRED.setScale(1) : BigDecimal.ZERO.setScale(1);
    }
    return amount.multiply(HUNDRED).divide(limit.amount, 1, RoundingMode.FLOOR);
  }

  // Digits are counted before any rescaling: 1e400 must not become 400 digits first. Integer digits
  // come before decimals, because stripping the zeros of a huge number overflows its exponent.
  private static void requireDigits(BigDecimal amount, int integerDigits) {
    if (amount.signum() == 0) {
      return;
    }
    if ((long) amount.precision() - amount.scale() > integerDigits) {
      throw new AmountOutOfRangeException("has more than " + integerDigits + " integer digits");
    }
    // Most amounts have their scale already, and stripping zeros divides again and again.
    if (amount.scale() > DECIMALS && amount.stripTrailingZeros().scale() > DECIMALS) {
      throw new AmountOutOfRangeException("has more than " + DECIMALS + " decimals");
    }
  }

  @Override
  public int compareTo(Money other) {
    return amount.compareTo(other.amount);
  }

  /// The plain decimal: at least two decimals, at most twelve, no zeros beyond the second that say
  /// nothing.
  @Override
  public String toString() {
    BigDecimal stripped = amount.stripTrailingZeros();
    return (stripped.scale() < 2 ? amount.setScale(2, RoundingMode.UNNECESSARY) : stripped)
        .toPlainString();
  }
}
