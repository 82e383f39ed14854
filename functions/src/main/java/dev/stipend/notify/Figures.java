package dev.stipend.notify;

import dev.stipend.money.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Currency;
import java.util.Locale;

/// Numbers as people read them.
///
/// What is shown is rounded towards zero, so that no line looks reached that is not.
final class Figures {
  private static final int DECIMALS = 6;
  private static final BigDecimal SMALLEST = BigDecimal.ONE.movePointLeft(DECIMALS);

  private Figures() {}

  /// An amount with two to six decimals and its currency, as in `$0.80` or `CHF 1,250.125`.
  ///
  /// @param currency the ISO 4217 code
  static String amount(Money money, String currency) {
    BigDecimal value = money.amount();
    if (value.signum() > 0 && value.compareTo(SMALLEST) < 0) {
      return "less than " + unsigned(SMALLEST, currency);
    }
    BigDecimal shown = value.setScale(DECIMALS, RoundingMode.DOWN);
    return (shown.signum() < 0 ? "-" : "") + unsigned(shown.abs(), currency);
  }

  /// A percent with one decimal if it is not whole, as in `80 %` or `83.2 %`.
  static String percent(BigDecimal percent) {
    return number("#,##0.#").format(percent) + " %";
  }

  /// A count, as in `1,204`.
  static String count(long count) {
    return number("#,##0").format(count);
  }

  private static String unsigned(BigDecimal value, String currency) {
    String symbol = symbol(currency);
    boolean isWord = Character.isLetter(symbol.codePointBefore(symbol.length()));
    return symbol + (isWord ? " " : "") + number("#,##0.00####").format(value);
  }

  private static String symbol(String currency) {
    try {
      return Currency.getInstance(currency).getSymbol(Locale.US);
    } catch (IllegalArgumentException youngerThanTheJdk) {
      return currency;
    }
  }

  private static DecimalFormat number(String pattern) {
    DecimalFormat format =
        new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.ROOT));
    format.setRoundingMode(RoundingMode.DOWN);
    return format;
  }
}
