package dev.stipend.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stipend.money.Money;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ModelPriceTest {
  private static final long MOST_MICRO_PRICE = 999_999_999_999L;

  @Property(seed = "1", tries = 5_000)
  void theCostIsTokensTimesPriceToTheLastDigit(
      @ForAll @LongRange(max = MOST_MICRO_PRICE) long input,
      @ForAll @LongRange(max = MOST_MICRO_PRICE) long cachedInput,
      @ForAll @LongRange(max = MOST_MICRO_PRICE) long output,
      @ForAll @LongRange(max = TokenUsage.MOST) long inputTokens,
      @ForAll @LongRange(max = TokenUsage.MOST) long cachedTokens,
      @ForAll @LongRange(max = TokenUsage.MOST) long outputTokens,
      @ForAll boolean hasCachedPrice) {
    long cached = Math.min(inputTokens, cachedTokens);
    ModelPrice price =
        price(micro(input), hasCachedPrice ? micro(cachedInput) : null, micro(output));
    BigInteger units =
        times(inputTokens - cached, input)
            .add(times(cached, hasCachedPrice ? cachedInput : input))
            .add(times(outputTokens, output));
    Money cost = price.costOf(TokenUsage.of(inputTokens, cached, outputTokens));
    assertThat(cost.amount().unscaledValue()).isEqualTo(units);
    assertThat(Money.of(cost.amount())).as("fits as an amount").isEqualTo(cost);
  }

  @Test
  void cachedTokensArePartOfTheInputAndCostTheirOwnPrice() {
    ModelPrice price = price("2.50", "0.25", "10");
    assertThat(price.costOf(TokenUsage.of(1_000_000, 400_000, 100_000)))
        .isEqualTo(Money.of("2.60"));
  }

  @Test
  void withoutAPriceOfTheirOwnCachedTokensCostWhatOthersDo() {
    ModelPrice price = price("2.50", null, "10");
    assertThat(price.costOf(TokenUsage.of(1_000_000, 1_000_000, 0))).isEqualTo(Money.of("2.50"));
  }

  @Test
  void oneTokenOfTheCheapestModelIsNotRoundedAway() {
    assertThat(price("0.000001", null, "0").costOf(TokenUsage.of(1, 0, 0)))
        .hasToString("0.000000000001");
  }

  @Test
  void theMostTokensAtTheHighestPriceFitAnAmount() {
    ModelPrice price = price("999999.999999", "999999.999999", "999999.999999");
    long most = TokenUsage.MOST;
    assertThat(Money.of(price.costOf(TokenUsage.of(most, most, most)).amount()))
        .hasToString("199999999999.80");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"-0.01", "1000000", "1e400", "0.0000001", "1e-2000000000", "100e2147483647"})
  void aPriceOutOfBoundsIsRefused(String wrong) {
    String message = "a price per million is from 0 to below 1000000 and has at most six decimals";
    assertThatThrownBy(() -> price(wrong, null, "1")).hasMessage(message);
    assertThatThrownBy(() -> price("1", wrong, "1")).hasMessage(message);
    assertThatThrownBy(() -> price("1", null, wrong)).hasMessage(message);
  }

  @Test
  void aFreeModelIsFreeHoweverItsZeroIsWritten() {
    assertThat(price("0e-2000000000", "0e400", "0.000").costOf(TokenUsage.of(5, 2, 5)))
        .isEqualTo(Money.ZERO);
  }

  @ParameterizedTest
  @CsvSource({"-1, 0, 0", "0, -1, 0", "0, 0, -1", "100000000001, 0, 0", "0, 0, 100000000001"})
  void tokenCountsOutOfBoundsAreRefused(long input, long cachedInput, long output) {
    assertThatThrownBy(() -> TokenUsage.of(input, cachedInput, output))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("token counts are from 0 to 100000000000");
  }

  @Test
  void moreCachedThanInputTokensAreRefused() {
    assertThatThrownBy(() -> TokenUsage.of(1, 2, 0))
        .hasMessage("cached, cache write and audio input tokens are part of the input tokens");
  }

  private static BigInteger times(long tokens, long microPrice) {
    return BigInteger.valueOf(tokens).multiply(BigInteger.valueOf(microPrice));
  }

  private static String micro(long microPrice) {
    return BigDecimal.valueOf(microPrice, 6).toString();
  }

  private static ModelPrice price(String input, @Nullable String cachedInput, String output) {
    return new ModelPrice(
        "p",
        "m",
        Instant.EPOCH,
        new BigDecimal(input),
        Optional.ofNullable(cachedInput).map(BigDecimal::new),
        new BigDecimal(output),
        false);
  }
}
