package dev.stipend.notify;

import dev.stipend.money.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.text.NumberFormat;
import java.util.Currency;
import java.util.Locale;

/// Numbers as people of a locale read them.
///
/// What is shown is rounded towards zero, so that no line looks reached that is not.
record Figures(Locale locale) {
  private static final int DECIMALS = 6;
  private static final BigDecimal SMALLEST = BigDecimal.ONE.movePointLeft(DECIMALS);

  /// An amount with two to six decimals and its currency, as in `$0.80` or `CHF 1,250.125`.
  ///
  /// @param currency the ISO 4217 code
  String amount(Money money, String currency) {
    BigDecimal shown = money.amount().setScale(DECIMALS, RoundingMode.DOWN);
    return (shown.signum() < 0 ? "-" : "") + unsigned(shown.abs(), currency);
  }

  /// Whether all that would be shown of an amount is zeros.
  boolean isTooSmall(Money money) {
    return money.amount().abs().compareTo(SMALLEST) < 0;
  }

  /// The smallest amount that is shown.
  String smallest(String currency) {
    return unsigned(SMALLEST, currency);
  }

  /// A percent with one decimal if it is not whole, as in `80 %` or `83.2 %`.
  String percent(BigDecimal percent) {
    return number("#,##0.#").format(percent) + " %";
  }

  /// A count, as in `1,204`.
  String count(long count) {
    return number("#,##0").format(count);
  }

  private String unsigned(BigDecimal value, String currency) {
    String symbol = symbol(currency);
    String number = number("#,##0.00####").format(value);
    if (isSymbolLast()) {
      return number + " " + symbol;
    }
    boolean isWord = Character.isLetter(symbol.codePointBefore(symbol.length()));
    return symbol + (isWord ? " " : "") + number;
  }

  private boolean isSymbolLast() {
    return NumberFormat.getCurrencyInstance(locale) instanceof DecimalFormat usual
        && usual.toPattern().indexOf('¤') > usual.toPattern().indexOf('0');
  }

  private String symbol(String currency) {
    try {
      return Currency.getInstance(currency).getSymbol(locale);
    } catch (IllegalArgumentException youngerThanTheJdk) {
      return currency;
    }
  }

  private DecimalFormat number(String pattern) {
    DecimalFormat format = new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(locale));
    format.setRoundingMode(RoundingMode.DOWN);
    return format;
  }
}
