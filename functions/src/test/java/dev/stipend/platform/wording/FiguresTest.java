package dev.stipend.platform.wording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.money.Money;
import java.math.BigDecimal;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {
  private static final Figures FIGURES = new Figures(Locale.ENGLISH);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0              | USD | $0.00
          1              | USD | $1.00
          0.8            | EUR | €0.80
          1250.125       | USD | $1,250.12
          -3.5           | GBP | -£3.50
          0.123456       | USD | $0.123456
          0.1234569      | USD | $0.123456
          0.9999999      | USD | $0.999999
          0.000001       | USD | $0.000001
          -0.0000009     | USD | $0.00
          12             | CHF | CHF 12.00
          12             | XBT | XBT 12.00
          999999999999.5 | JPY | ¥999,999,999,999.50
          """)
  void amountHasTwoDecimalsSixBelowOneAndItsCurrency(String amount, String currency, String shown) {
    assertThat(FIGURES.amount(Money.of(amount), currency)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({
    "80.0, 80 %",
    "83.2, 83.2 %",
    "0.0, 0 %",
    "99.9, 99.9 %",
    "80, 80 %",
    "-12.5, -12.5 %",
    "7000000.0, '7,000,000 %'"
  })
  void percentHasOneDecimalOnlyIfItIsNotWhole(BigDecimal percent, String shown) {
    assertThat(FIGURES.percent(percent)).isEqualTo(shown);
  }

  @Test
  void thresholdWithMoreDecimalsIsShownWithOne() {
    assertThat(FIGURES.percent(new BigDecimal("66.667"))).isEqualTo("66.6 %");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          es    | 1250.125 | EUR | 1.250,12 €
          es-ES | 0.8      | USD | 0,80 US$
          es-ES | -12      | CHF | -12,00 CHF
          es-MX | 1250.125 | MXN | $1,250.12
          es-MX | 12       | USD | USD 12.00
          en-GB | 1250.125 | GBP | £1,250.12
          """)
  void amountIsWrittenAsItsReadersDo(String locale, String amount, String currency, String shown) {
    assertThat(new Figures(Locale.forLanguageTag(locale)).amount(Money.of(amount), currency))
        .isEqualTo(shown);
  }

  @Test
  void percentAndCountAreWrittenAsTheirReadersDo() {
    Figures spanish = new Figures(Locale.forLanguageTag("es"));
    assertThat(spanish.percent(new BigDecimal("1083.2"))).isEqualTo("1.083,2 %");
    assertThat(spanish.count(1204)).isEqualTo("1.204");
  }
}
