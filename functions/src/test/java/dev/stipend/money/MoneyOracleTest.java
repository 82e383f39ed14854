package dev.stipend.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/// Money against whole numbers of its smallest unit, 10⁻¹².
final class MoneyOracleTest {
  private static final BigInteger LEAST_TOO_LARGE = BigInteger.TEN.pow(24);
  private static final BigInteger THOUSAND = BigInteger.valueOf(1000);

  @Property(seed = "1", tries = 2_000)
  void sumsAreExact(@ForAll("units") BigInteger one, @ForAll("units") BigInteger other) {
    assertThat(money(one).plus(money(other)).amount().unscaledValue()).isEqualTo(one.add(other));
    assertThat(money(one).minus(money(other)).amount().unscaledValue())
        .isEqualTo(one.subtract(other));
    assertThat(money(one).plus(money(other)).minus(money(other))).isEqualTo(money(one));
  }

  @Property(seed = "2", tries = 2_000)
  void whatIsShownReadsBackAsTheSameAmount(@ForAll("units") BigInteger units) {
    Money amount = money(units);
    assertThat(Money.of(amount.toString())).isEqualTo(amount);
    assertThat(amount.toString()).matches("-?\\d+\\.\\d{2,12}").doesNotMatch(".*\\.\\d{2}\\d*0");
  }

  @Property(seed = "3", tries = 2_000)
  void anAmountIsItsValueWhateverItsNotation(
      @ForAll("units") BigInteger units, @ForAll @IntRange(min = -40, max = 40) int shift) {
    BigDecimal value = new BigDecimal(units, 12);
    BigDecimal other = new BigDecimal(value.movePointRight(shift).toPlainString() + "e" + -shift);
    assertThat(Money.of(other)).isEqualTo(Money.of(value));
  }

  @Property(seed = "4", tries = 2_000)
  void anAmountIsAcceptedExactlyWhenItIsSomeUnitsBelowTheBound(
      @ForAll("anyDecimal") BigDecimal value) {
    BigDecimal units = value.movePointRight(12);
    boolean whole = units.remainder(BigDecimal.ONE).signum() == 0;
    if (whole && units.abs().compareTo(new BigDecimal(LEAST_TOO_LARGE)) < 0) {
      assertThat(Money.of(value).amount()).isEqualByComparingTo(value);
    } else {
      assertThatThrownBy(() -> Money.of(value)).isInstanceOf(AmountOutOfRangeException.class);
    }
  }

  @Property(seed = "5", tries = 5_000)
  void aLineIsReachedExactlyWhenTheAmountIsNotBelowIt(
      @ForAll("units") BigInteger spend,
      @ForAll("limits") BigInteger limit,
      @ForAll @IntRange(min = 1, max = 500_000) int milliPercent) {
    BigInteger line = limit.multiply(BigInteger.valueOf(milliPercent));
    BigInteger scaled = spend.multiply(THOUSAND).multiply(BigInteger.valueOf(100));
    boolean expected = limit.signum() == 0 ? spend.signum() > 0 : scaled.compareTo(line) >= 0;
    BigDecimal percent = BigDecimal.valueOf(milliPercent, 3);
    assertThat(money(spend).reaches(percent, money(limit))).isEqualTo(expected);
  }

  @Property(seed = "9", tries = 5_000)
  void whatIsMissingReachesTheLineAndOneUnitLessDoesNot(
      @ForAll("units") BigInteger spend,
      @ForAll("limits") BigInteger limit,
      @ForAll @IntRange(min = 1, max = 500_000) int milliPercent) {
    BigDecimal percent = BigDecimal.valueOf(milliPercent, 3);
    Money missing = money(spend).shortOf(percent, money(limit));
    assertThat(money(spend).plus(missing).reaches(percent, money(limit))).isTrue();
    assertThat(
            money(spend).plus(missing).minus(money(BigInteger.ONE)).reaches(percent, money(limit)))
        .isFalse();
  }

  @Property(seed = "6", tries = 5_000)
  void theLineItselfReachesAndOneUnitLessDoesNot(
      @ForAll @IntRange(min = 1, max = 1_000_000) int limitHundreds,
      @ForAll @IntRange(min = 1, max = 500_000) int milliPercent) {
    Money limit = money(BigInteger.valueOf(limitHundreds).multiply(THOUSAND.multiply(THOUSAND)));
    BigDecimal percent = BigDecimal.valueOf(milliPercent, 3);
    Money line = new Money(limit.amount().multiply(percent).movePointLeft(2));
    assertThat(line.reaches(percent, limit)).isTrue();
    assertThat(line.minus(money(BigInteger.ONE)).reaches(percent, limit)).isFalse();
  }

  @Property(seed = "7", tries = 5_000)
  void theShownPercentIsTheLargestTenthThatIsReached(
      @ForAll("units") BigInteger spend, @ForAll("limits") BigInteger limit) {
    Assume.that(limit.signum() > 0);
    BigDecimal percent = money(spend).percentOf(money(limit));
    assertThat(percent.scale()).isEqualTo(1);
    assertThat(reaches(spend, percent, limit)).isTrue();
    assertThat(reaches(spend, percent.add(new BigDecimal("0.1")), limit)).isFalse();
  }

  @Property(seed = "8", tries = 2_000)
  void aHundredPercentIsShownExactlyWhenTheLimitIsReached(
      @ForAll @IntRange(min = -3, max = 3) int difference, @ForAll("limits") BigInteger limit) {
    Assume.that(limit.compareTo(BigInteger.TEN) > 0);
    Money spend = money(limit.add(BigInteger.valueOf(difference)));
    BigDecimal hundred = BigDecimal.valueOf(100);
    assertThat(spend.percentOf(money(limit)).compareTo(hundred) >= 0)
        .isEqualTo(spend.reaches(hundred, money(limit)))
        .isEqualTo(difference >= 0);
  }

  @Provide
  Arbitrary<BigInteger> units() {
    return Arbitraries.oneOf(
        Arbitraries.bigIntegers()
            .between(
                LEAST_TOO_LARGE.negate().add(BigInteger.ONE),
                LEAST_TOO_LARGE.subtract(BigInteger.ONE)),
        Arbitraries.bigIntegers().between(BigInteger.valueOf(-1000), BigInteger.valueOf(1000)),
        Arbitraries.integers()
            .between(-100_000, 100_000)
            .map(cents -> BigInteger.TEN.pow(10).multiply(BigInteger.valueOf(cents))));
  }

  @Provide
  Arbitrary<BigInteger> limits() {
    return units().map(BigInteger::abs);
  }

  @Provide
  Arbitrary<BigDecimal> anyDecimal() {
    return Combinators.combine(
            Arbitraries.bigIntegers()
                .between(BigInteger.TEN.pow(30).negate(), BigInteger.TEN.pow(30)),
            Arbitraries.integers().between(-15, 40))
        .as(BigDecimal::new);
  }

  private static boolean reaches(BigInteger spend, BigDecimal percent, BigInteger limit) {
    return new BigDecimal(spend)
            .movePointRight(2)
            .compareTo(new BigDecimal(limit).multiply(percent))
        >= 0;
  }

  private static Money money(BigInteger units) {
    return new Money(new BigDecimal(units, 12));
  }
}
