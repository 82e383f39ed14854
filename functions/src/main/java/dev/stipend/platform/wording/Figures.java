package dev.stipend.platform.wording;

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
/// Every amount is rounded by one rule: towards zero, to two decimals from 1 on and to six below,
/// so that no threshold looks reached that is not. Where parts are shown beside their whole, {@link
/// #shown} gives the amounts to calculate with, so that they add up.
public record Figures(Locale locale) {
  private static final int DECIMALS = 2;
  private static final int SMALL_DECIMALS = 6;
  private static final BigDecimal SMALLEST = BigDecimal.ONE.movePointLeft(SMALL_DECIMALS);

  /// An amount with its currency, as in `$0.80`, `$0.000123` or `CHF 1,250.12`.
  ///
  /// @param currency the ISO 4217 code
  public String amount(Money money, String currency) {
    BigDecimal shown = shown(money).amount();
    return (shown.signum() < 0 ? "-" : "") + unsigned(shown.abs(), currency);
  }

  /// The part of an amount that is shown.
  public static Money shown(Money money) {
    boolean isSmall = money.amount().abs().compareTo(BigDecimal.ONE) < 0;
    return new Money(
        money.amount().setScale(isSmall ? SMALL_DECIMALS : DECIMALS, RoundingMode.DOWN));
  }

  /// Whether all that would be shown of an amount is zeros.
  public boolean isTooSmall(Money money) {
    return money.amount().abs().compareTo(SMALLEST) < 0;
  }

  /// The smallest amount that is shown.
  public String smallest(String currency) {
    return unsigned(SMALLEST, currency);
  }

  /// A percent with one decimal if it is not whole, as in `80 %` or `83.2 %`.
  public String percent(BigDecimal percent) {
    return number("#,##0.#").format(percent) + " %";
  }

  /// A count, as in `1,204`.
  public String count(long count) {
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
