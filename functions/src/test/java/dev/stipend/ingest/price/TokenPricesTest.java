package dev.stipend.ingest.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stipend.money.Money;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
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
            counts.get(6),
            new UsageDetails(0, OptionalLong.of(0), 0, OptionalLong.empty(), 0, ""));
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
  void aLongRequestCostsTheHigherRateOnAllItsTokens() {
    TokenPrices geminiPro =
        new TokenPrices(
            perMillion("input", "1.25", "cachedInput", "0.125", "output", "10"),
            List.of(
                new ConditionalRates(
                    "",
                    200_000,
                    perMillion("input", "2.50", "cachedInput", "0.25", "output", "15"))));
    assertThat(geminiPro.costOf(TokenUsage.of(250_000, 0, 1_000))).isEqualTo(Money.of("0.64"));
    assertThat(geminiPro.costOf(TokenUsage.of(200_000, 0, 1_000))).isEqualTo(Money.of("0.26"));
    assertThat(geminiPro.costOf(TokenUsage.of(200_001, 100_001, 0)))
        .isEqualTo(Money.of("0.27500025"));
  }

  @Test
  void whatIsWrittenForAnHourCostsMore() {
    TokenPrices haiku =
        new TokenPrices(
            perMillion(
                "input",
                "1",
                "cachedInput",
                "0.1",
                "cacheWrite",
                "1.25",
                "cacheWrite1h",
                "2",
                "output",
                "5"));
    UsageDetails anHour =
        new UsageDetails(5_424, OptionalLong.empty(), 0, OptionalLong.empty(), 0, "");
    assertThat(haiku.costOf(new TokenUsage(5_427, 0, 5_424, 0, 30, 0, 0, anHour)))
        .isEqualTo(Money.of("0.011001"));
    assertThat(haiku.costOf(new TokenUsage(5_427, 0, 5_424, 0, 30, 0, 0)))
        .as("five minutes, unless an hour is told")
        .isEqualTo(Money.of("0.006933"));
  }

  @Test
  void cachedAudioIsPricedAsSuchWhereItsShareIsTold() {
    UsageDetails told = new UsageDetails(0, OptionalLong.of(500), 0, OptionalLong.empty(), 0, "");
    TokenPrices.Quote quote = realtime().quote(new TokenUsage(1_000, 600, 0, 800, 0, 0, 0, told));
    assertThat(quote.cost()).isEqualTo(Money.of("0.01024"));
    assertThat(quote.assumed()).isEmpty();
  }

  @Test
  void withoutThatShareTheHigherCostIsTakenAndSaid() {
    TokenPrices.Quote quote = realtime().quote(new TokenUsage(1_000, 600, 0, 800, 0, 0, 0));
    // At least 400 of the 600 cached tokens were audio; that they were no more costs most.
    assertThat(quote.cost()).isEqualTo(Money.of("0.01304"));
    assertThat(quote.assumed()).containsExactly("cachedAudioInputTokens");
  }

  @Property(seed = "2", tries = 2_000)
  void noShareOfTheCachedTokensCostsMoreThanWhatIsTakenWithoutIt(
      @ForAll @Size(5) List<@LongRange(max = 1_000) Long> counts,
      @ForAll @Size(6) List<@LongRange(max = 50_000_000) Long> microPrices,
      @ForAll @LongRange(max = 1_000) long share,
      @ForAll @LongRange(max = 1_000) long otherShare) {
    Map<TokenKind, BigDecimal> prices = new EnumMap<>(TokenKind.class);
    List<TokenKind> kinds =
        List.of(
            TokenKind.INPUT,
            TokenKind.CACHED_INPUT,
            TokenKind.AUDIO_INPUT,
            TokenKind.CACHED_AUDIO_INPUT,
            TokenKind.IMAGE_INPUT,
            TokenKind.CACHED_IMAGE_INPUT);
    for (int i = 0; i < kinds.size(); i++) {
      prices.put(kinds.get(i), BigDecimal.valueOf(microPrices.get(i), 6));
    }
    prices.put(TokenKind.OUTPUT, BigDecimal.ONE);
    TokenPrices tariff = new TokenPrices(prices);
    long audio = counts.get(0);
    long image = counts.get(1);
    long cachedAudio = Math.min(share, audio);
    long cachedImage = Math.min(otherShare, image);
    long cachedText = Math.min(counts.get(2), counts.get(3));
    long input = audio + image + counts.get(3);
    long cached = cachedAudio + cachedImage + cachedText;
    Money told =
        tariff.costOf(
            new TokenUsage(
                input,
                cached,
                0,
                audio,
                0,
                0,
                0,
                new UsageDetails(
                    0, OptionalLong.of(cachedAudio), image, OptionalLong.of(cachedImage), 0, "")));
    Money untold =
        tariff.costOf(
            new TokenUsage(
                input,
                cached,
                0,
                audio,
                0,
                0,
                0,
                new UsageDetails(0, OptionalLong.empty(), image, OptionalLong.empty(), 0, "")));
    assertThat(untold).isGreaterThanOrEqualTo(told);
  }

  @Test
  void aServiceTierHasItsOwnRatesAndTheOrdinaryOnesForTheRest() {
    TokenPrices tariff =
        new TokenPrices(
            perMillion("input", "2", "cachedInput", "0.2", "output", "8"),
            List.of(
                new ConditionalRates("", 1_000, perMillion("input", "4")),
                new ConditionalRates("batch", 0, perMillion("input", "1", "output", "4")),
                new ConditionalRates("batch", 1_000, perMillion("input", "3")),
                new ConditionalRates("priority", 0, perMillion("input", "20"))));
    assertThat(tariff.costOf(TokenUsage.of(1_000, 500, 100).served("batch")))
        .isEqualTo(Money.of("0.001"));
    assertThat(tariff.costOf(TokenUsage.of(2_000, 0, 0).served("batch")))
        .isEqualTo(Money.of("0.006"));
    assertThat(tariff.costOf(TokenUsage.of(2_000, 0, 0).served("flex")))
        .as("no rate of its own")
        .isEqualTo(Money.of("0.008"));
    TokenPrices.Quote auto = tariff.quote(TokenUsage.of(1_000, 0, 0).served("auto"));
    assertThat(auto.cost()).as("whatever the provider chose").isEqualTo(Money.of("0.02"));
    assertThat(auto.assumed()).containsExactly("serviceTier");
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
    assertThat(TokenPrices.roundedUp(perMillion).get(TokenKind.INPUT))
        .isEqualByComparingTo(rounded);
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
        .hasMessage(
            "cached and written, audio and image input tokens are part of the input tokens");
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

  private static TokenPrices realtime() {
    return new TokenPrices(
        perMillion(
            "input",
            "4",
            "cachedInput",
            "0.4",
            "audioInput",
            "32",
            "output",
            "16",
            "audioOutput",
            "64"));
  }

  private static Map<TokenKind, BigDecimal> perMillion(String... pairs) {
    Map<TokenKind, BigDecimal> prices = new EnumMap<>(TokenKind.class);
    for (TokenKind kind : KINDS) {
      int at = List.of(pairs).indexOf(kind.label());
      if (at >= 0) {
        prices.put(kind, new BigDecimal(pairs[at + 1]));
      }
    }
    return prices;
  }
}
