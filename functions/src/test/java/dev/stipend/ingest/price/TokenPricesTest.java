package dev.stipend.ingest.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stipend.money.Money;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TokenPricesTest {
  private static final long MOST_MICRO_PRICE = 999_999_999_999L;
  private static final long MOST_PART = TokenUsage.MOST / 4;
  private static final List<TokenKind> KINDS = List.of(TokenKind.values());

  /// The kinds in the order of TokenUsage's parts, and the one whose price stands in for each.
  private static final int[] STANDS_IN = {0, 0, 0, 0, 4, 4, 4};

  @Property(seed = "1", tries = 5_000)
  void theCostIsTheSumOfTokensTimesPriceToTheLastDigit(
      @ForAll @Size(7) List<@LongRange(max = MOST_PART) Long> counts,
      @ForAll @Size(7) List<@LongRange(max = MOST_MICRO_PRICE) Long> microPrices,
      @ForAll @Size(7) List<Boolean> present) {
    Map<TokenKind, BigDecimal> prices = new EnumMap<>(TokenKind.class);
    BigInteger units = BigInteger.ZERO;
    for (int i = 0; i < counts.size(); i++) {
      boolean has = STANDS_IN[i] == i || present.get(i);
      if (has) {
        prices.put(KINDS.get(i), BigDecimal.valueOf(microPrices.get(i), 6));
      }
      units = units.add(times(counts.get(i), microPrices.get(has ? i : STANDS_IN[i])));
    }
    TokenUsage tokens =
        new TokenUsage(
            counts.get(0) + counts.get(1) + counts.get(2) + counts.get(3),
            counts.get(1),
            counts.get(2),
            counts.get(3),
            counts.get(4) + counts.get(5) + counts.get(6),
            counts.get(5),
            counts.get(6));
    Money cost = new TokenPrices(prices).costOf(tokens);
    assertThat(cost.amount().unscaledValue()).isEqualTo(units);
    assertThat(Money.of(cost.amount())).as("fits as an amount").isEqualTo(cost);
  }

  @Test
  void everyKindIsAPartAndCostsItsOwnPrice() {
    TokenPrices prices =
        new TokenPrices(
            Map.of(
                TokenKind.INPUT, new BigDecimal("1"),
                TokenKind.CACHED_INPUT, new BigDecimal("10"),
                TokenKind.CACHE_WRITE, new BigDecimal("100"),
                TokenKind.AUDIO_INPUT, new BigDecimal("1000"),
                TokenKind.OUTPUT, new BigDecimal("10000"),
                TokenKind.REASONING, new BigDecimal("100000"),
                TokenKind.AUDIO_OUTPUT, new BigDecimal("500000")));
    TokenUsage tokens =
        new TokenUsage(
            10_000_000, 2_000_000, 3_000_000, 4_000_000, 6_000_000, 2_000_000, 3_000_000);
    assertThat(prices.costOf(tokens)).isEqualTo(Money.of("1714321"));
  }

  @Test
  void cachedTokensArePartOfTheInputAndCostTheirOwnPrice() {
    TokenPrices prices = prices("2.50", "0.25", "10");
    assertThat(prices.costOf(TokenUsage.of(1_000_000, 400_000, 100_000)))
        .isEqualTo(Money.of("2.60"));
  }

  @Test
  void withoutAPriceOfTheirOwnCachedTokensCostWhatOthersDo() {
    TokenPrices prices = prices("2.50", null, "10");
    assertThat(prices.costOf(TokenUsage.of(1_000_000, 1_000_000, 0))).isEqualTo(Money.of("2.50"));
  }

  @Test
  void oneTokenOfTheCheapestModelIsNotRoundedAway() {
    assertThat(prices("0.000001", null, "0").costOf(TokenUsage.of(1, 0, 0)))
        .hasToString("0.000000000001");
  }

  @Test
  void theMostTokensAtTheHighestPriceFitAnAmount() {
    TokenPrices prices = prices("999999.999999", "999999.999999", "999999.999999");
    long most = TokenUsage.MOST;
    assertThat(Money.of(prices.costOf(TokenUsage.of(most, most, most)).amount()))
        .hasToString("199999999999.80");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"-0.01", "1000000", "1e400", "0.0000001", "1e-2000000000", "100e2147483647"})
  void aPriceOutOfBoundsIsRefused(String wrong) {
    String message = "a price per million is from 0 to below 1000000 and has at most six decimals";
    assertThatThrownBy(() -> prices(wrong, null, "1")).hasMessage(message);
    assertThatThrownBy(() -> prices("1", wrong, "1")).hasMessage(message);
    assertThatThrownBy(() -> prices("1", null, wrong)).hasMessage(message);
  }

  @Test
  void inputAndOutputNeedAPrice() {
    assertThatThrownBy(() -> new TokenPrices(Map.of(TokenKind.INPUT, BigDecimal.ONE)))
        .hasMessage("input and output need a price");
  }

  @ParameterizedTest
  @CsvSource({
    "2.9999900000000002, 2.999991",
    "0.0000001, 0.000001",
    "0.0375, 0.0375",
    "1e-60, 0.000001"
  })
  void aFinerPriceIsRoundedUpWhereThatIsAskedFor(String price, String rounded) {
    Map<TokenKind, BigDecimal> perMillion =
        Map.of(TokenKind.INPUT, new BigDecimal(price), TokenKind.OUTPUT, BigDecimal.ONE);
    assertThat(TokenPrices.roundedUp(perMillion).of(TokenKind.INPUT)).isEqualByComparingTo(rounded);
  }

  @Test
  void aFreeModelIsFreeHoweverItsZeroIsWritten() {
    assertThat(prices("0e-2000000000", "0e400", "0.000").costOf(TokenUsage.of(5, 2, 5)))
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

  private static TokenPrices prices(String input, @Nullable String cachedInput, String output) {
    Map<TokenKind, BigDecimal> prices = new EnumMap<>(TokenKind.class);
    prices.put(TokenKind.INPUT, new BigDecimal(input));
    prices.put(TokenKind.OUTPUT, new BigDecimal(output));
    if (cachedInput != null) {
      prices.put(TokenKind.CACHED_INPUT, new BigDecimal(cachedInput));
    }
    return new TokenPrices(prices);
  }
}
