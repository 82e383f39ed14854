package dev.stipend.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MoneyTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0.00",
    "-0.00, 0.00",
    "0e99, 0.00",
    "5, 5.00",
    "0.8, 0.80",
    "-3, -3.00",
    "1.5e-7, 0.00000015",
    "1E+3, 1000.00",
    "0.123000, 0.123",
    "999999999999.999999999999, 999999999999.999999999999",
    "000000000000000000012, 12.00",
    "1.0000000000000000000, 1.00"
  })
  void aDecimalNumberIsReadExactlyAndShownPlainly(String text, String shown) {
    assertThat(Money.of(text)).hasToString(shown);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        " 1",
        "1 ",
        "1 000",
        "12,5",
        "1,000.00",
        "NaN",
        "Infinity",
        "-Infinity",
        "0x1F",
        "1f",
        "1d",
        "1_000",
        "--1",
        "+-1",
        "1e",
        "e5",
        ".",
        "-",
        "$5",
        "5 USD",
        "null",
        "٣",
        "１２",
        "1\u0000",
        "1e99999999999",
        "1e-99999999999"
      })
  void whatIsNoDecimalNumberIsRefused(String text) {
    assertThatThrownBy(() -> Money.of(text))
        .isInstanceOf(AmountOutOfRangeException.class)
        .hasMessage("is not a decimal number such as 0.80");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1000000000000",
        "-1000000000000",
        "1e12",
        "1e400",
        "1e2000000000",
        "1e2147483648",
        "100e2147483647"
      })
  void moreThanTwelveIntegerDigitsAreRefused(String text) {
    assertThatThrownBy(() -> Money.of(text))
        .isInstanceOf(AmountOutOfRangeException.class)
        .hasMessage("has more than 12 integer digits");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0.0000000000001", "1.1234567890123", "1e-13", "1e-400", "-1e-2000000000"})
  void moreThanTwelveDecimalsAreRefusedAndNotRounded(String text) {
    assertThatThrownBy(() -> Money.of(text))
        .isInstanceOf(AmountOutOfRangeException.class)
        .hasMessage("has more than 12 decimals");
  }

  @Test
  void aTextOfMoreThan64CharactersIsRefusedUnread() {
    String longest = "1." + "0".repeat(62);
    assertThat(Money.of(longest)).isEqualTo(Money.of("1"));
    assertThatThrownBy(() -> Money.of(longest + "0"))
        .isInstanceOf(AmountOutOfRangeException.class)
        .hasMessage("is longer than 64 characters");
  }

  @Test
  void aSumMayHave26IntegerDigitsButNotMore() {
    BigDecimal largest = new BigDecimal("9".repeat(26) + "." + "9".repeat(12));
    Money sum = new Money(largest);
    assertThat(sum.amount()).isEqualTo(largest);
    assertThat(sum).hasToString(largest.toPlainString());
    Money least = Money.of("1e-12");
    assertThatThrownBy(() -> sum.plus(least))
        .isInstanceOf(AmountOutOfRangeException.class)
        .hasMessage("has more than 26 integer digits");
    assertThat(sum.minus(least).plus(least)).isEqualTo(sum);
  }

  @Test
  void equalAmountsAreEqualHoweverTheyAreWritten() {
    assertThat(List.of("1", "1.0", "1.00", "10e-1", "0.1e1", "+1"))
        .allSatisfy(
            text ->
                assertThat(Money.of(text))
                    .isEqualTo(Money.of("1.000"))
                    .hasSameHashCodeAs(Money.of("1.000")));
    assertThat(Money.of("0e-400")).isEqualTo(Money.ZERO);
  }

  @Test
  void anAmountExactlyAtTheLineReachesIt() {
    Money limit = Money.of("10");
    BigDecimal eighty = BigDecimal.valueOf(80);
    assertThat(Money.of("8").reaches(eighty, limit)).isTrue();
    assertThat(Money.of("7.999999999999").reaches(eighty, limit)).isFalse();
  }

  @Test
  void everyPositiveAmountReachesALimitOfZeroAndNothingElseDoes() {
    BigDecimal far = BigDecimal.valueOf(500);
    assertThat(Money.of("1e-12").reaches(far, Money.ZERO)).isTrue();
    assertThat(Money.ZERO.reaches(far, Money.ZERO)).isFalse();
    assertThat(Money.of("-1").reaches(far, Money.ZERO)).isFalse();
  }

  @Test
  void aRefundBelowNothingReachesNoLine() {
    assertThat(Money.of("-1").reaches(new BigDecimal("0.001"), Money.of("10"))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "10, 10, 100.0",
    "9.999999999999, 10, 99.9",
    "13, 10, 130.0",
    "1, 3, 33.3",
    "0, 10, 0.0",
    "-1, 10, -10.0",
    "-0.001, 10, -0.1",
    "0, 0, 0.0",
    "-5, 0, 0.0",
    "0.01, 0, 100.0"
  })
  void thePercentIsRoundedDownToOneDecimal(String amount, String limit, BigDecimal percent) {
    assertThat(Money.of(amount).percentOf(Money.of(limit))).isEqualTo(percent);
  }

  @Test
  void amountsAreOrderedByTheirValue() {
    assertThat(List.of(Money.of("2"), Money.of("-3"), Money.of("10"), Money.ZERO).stream().sorted())
        .containsExactly(Money.of("-3"), Money.ZERO, Money.of("2"), Money.of("10"));
  }
}
