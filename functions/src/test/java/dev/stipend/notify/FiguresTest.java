package dev.stipend.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.money.Money;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0              | USD | $0.00
          1              | USD | $1.00
          0.8            | EUR | €0.80
          1250.125       | USD | $1,250.125
          -3.5           | GBP | -£3.50
          0.123456       | USD | $0.123456
          0.1234569      | USD | $0.123456
          0.9999999      | USD | $0.999999
          0.000001       | USD | $0.000001
          0.0000009      | USD | less than $0.000001
          -0.0000009     | USD | $0.00
          12             | CHF | CHF 12.00
          12             | XBT | XBT 12.00
          999999999999.5 | JPY | ¥999,999,999,999.50
          """)
  void amountHasTwoToSixDecimalsAndItsCurrency(String amount, String currency, String shown) {
    assertThat(Figures.amount(Money.of(amount), currency)).isEqualTo(shown);
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
    assertThat(Figures.percent(percent)).isEqualTo(shown);
  }

  @Test
  void thresholdWithMoreDecimalsIsShownWithOne() {
    assertThat(Figures.percent(new BigDecimal("66.667"))).isEqualTo("66.6 %");
  }
}
