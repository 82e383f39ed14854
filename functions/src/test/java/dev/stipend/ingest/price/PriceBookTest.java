package dev.stipend.ingest.price;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.money.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class PriceBookTest {
  private static final Instant JANUARY = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant MARCH = Instant.parse("2026-03-01T00:00:00Z");
  private static final Instant MAY = Instant.parse("2026-05-01T00:00:00Z");
  private static final TokenUsage MILLION = TokenUsage.of(1_000_000, 0, 0);

  @Test
  void anUnknownModelHasNoPriceRatherThanNone() {
    PriceBook book = book(List.of(list("acme", JANUARY, "2")));
    assertThat(book.costOf("acme", "other", MILLION, MARCH)).isEmpty();
    assertThat(book.costOf("other", "m", MILLION, MARCH)).isEmpty();
    assertThat(book(List.of()).costOf("acme", "m", MILLION, MARCH)).isEmpty();
  }

  @Test
  void aPriceHoldsFromItsFirstInstantOn() {
    PriceBook book = book(List.of(list("acme", MARCH, "2")));
    assertThat(book.costOf("acme", "m", MILLION, MARCH.minusNanos(1))).isEmpty();
    assertThat(book.costOf("acme", "m", MILLION, MARCH)).contains(Money.of("2"));
  }

  @Test
  void theLatestPriceInForceCountsWhateverTheOrderOfTheBook() {
    ModelPrice old = list("acme", JANUARY, "2");
    ModelPrice now = list("acme", MARCH, "3");
    ModelPrice future = list("acme", MAY, "4");
    for (List<ModelPrice> prices :
        List.of(List.of(old, now, future), List.of(future, now, old), List.of(now, future, old))) {
      PriceBook book = book(prices);
      assertThat(book.priceAt("acme", "m", MARCH.minusNanos(1))).contains(old);
      assertThat(book.priceAt("acme", "m", MARCH)).contains(now);
      assertThat(book.priceAt("acme", "m", MAY)).contains(future);
    }
  }

  @Test
  void theWorkspacesOwnPriceGoesBeforeALaterListPrice() {
    ModelPrice own = own("acme", JANUARY, "1");
    PriceBook book = book(List.of(own, list("acme", MARCH, "3")));
    assertThat(book.priceAt("acme", "m", MAY)).contains(own);
  }

  @Test
  void anOwnPriceThatIsNotYetInForceLeavesTheListPrice() {
    ModelPrice list = list("acme", JANUARY, "3");
    PriceBook book = book(List.of(own("acme", MAY, "1"), list));
    assertThat(book.priceAt("acme", "m", MARCH)).contains(list);
  }

  @Test
  void withoutAProviderTheModelsPriceIsFoundIfAllProvidersAgree() {
    PriceBook book = book(List.of(list("acme", JANUARY, "2"), list("bolt", MARCH, "2.000000")));
    assertThat(book.costOf("", "m", MILLION, MAY)).contains(Money.of("2"));
  }

  @Test
  void withoutAProviderAndWithDisagreeingProvidersThereIsNoPrice() {
    PriceBook book = book(List.of(list("acme", JANUARY, "2"), list("bolt", MARCH, "3")));
    assertThat(book.costOf("", "m", MILLION, MAY)).isEmpty();
    assertThat(book.costOf("", "m", MILLION, MARCH.minusNanos(1)))
        .as("before the second provider sells it")
        .contains(Money.of("2"));
    assertThat(book.costOf("bolt", "m", MILLION, MAY)).contains(Money.of("3"));
  }

  @Test
  void providersDisagreeAboutCachedTokensOnlyIfTheyCostSomethingElse() {
    ModelPrice plain = list("acme", JANUARY, "2");
    ModelPrice same = cached("bolt", "2");
    ModelPrice cheaper = cached("bolt", "0.5");
    assertThat(book(List.of(plain, same)).priceAt("", "m", MAY)).contains(plain);
    assertThat(book(List.of(plain, cheaper)).priceAt("", "m", MAY)).isEmpty();
  }

  @Property(seed = "1", tries = 3_000)
  void thePriceIsTheOneThatASearchOfTheWholeBookFinds(
      @ForAll @Size(max = 8) List<@From("prices") ModelPrice> all,
      @ForAll @IntRange(max = 5) int day) {
    List<ModelPrice> prices = new ArrayList<>();
    Set<List<Object>> keys = new HashSet<>();
    for (ModelPrice price : all) {
      if (keys.add(List.of(price.name().provider(), price.effectiveFrom(), price.own()))) {
        prices.add(price);
      }
    }
    Instant at = JANUARY.plusSeconds(day);
    PriceBook book = book(prices);
    Optional<ModelPrice> acme = search(prices, "acme", at);
    Optional<ModelPrice> bolt = search(prices, "bolt", at);
    assertThat(book.priceAt("acme", "m", at)).isEqualTo(acme);
    assertThat(book.priceAt("bolt", "m", at)).isEqualTo(bolt);
    TokenUsage tokens = TokenUsage.of(70_001, 30_001, 11);
    Optional<Money> anywhere = book.costOf("", "m", tokens, at);
    if (acme.isPresent()
        && bolt.isPresent()
        && !acme.get().prices().sameRates(bolt.get().prices())) {
      assertThat(anywhere).isEmpty();
    } else {
      assertThat(anywhere)
          .isEqualTo(acme.or(() -> bolt).map(price -> price.prices().costOf(tokens)));
    }
  }

  @Provide
  Arbitrary<ModelPrice> prices() {
    return Combinators.combine(
            Arbitraries.of("acme", "bolt"),
            Arbitraries.integers().between(0, 4),
            Arbitraries.of("1", "2"),
            Arbitraries.of(true, false))
        .as((provider, day, rate, own) -> price(provider, JANUARY.plusSeconds(day), rate, own));
  }

  private static Optional<ModelPrice> search(List<ModelPrice> prices, String provider, Instant at) {
    for (boolean own : List.of(true, false)) {
      for (Instant day = at; !day.isBefore(JANUARY); day = day.minusSeconds(1)) {
        for (ModelPrice price : prices) {
          if (price.own() == own
              && price.name().provider().equals(provider)
              && price.effectiveFrom().equals(day)) {
            return Optional.of(price);
          }
        }
      }
    }
    return Optional.empty();
  }

  private static ModelPrice list(String provider, Instant from, String rate) {
    return price(provider, from, rate, false);
  }

  private static ModelPrice own(String provider, Instant from, String rate) {
    return price(provider, from, rate, true);
  }

  private static PriceBook book(List<ModelPrice> prices) {
    return new PriceBook(new ModelNames(Providers.read()), prices);
  }

  private static ModelPrice price(String provider, Instant from, String rate, boolean own) {
    BigDecimal price = new BigDecimal(rate);
    return new ModelPrice(
        new ModelName(provider, "m"),
        List.of(),
        from,
        new TokenPrices(Map.of(TokenKind.INPUT, price, TokenKind.OUTPUT, price)),
        own);
  }

  private static ModelPrice cached(String provider, String cachedRate) {
    BigDecimal two = new BigDecimal("2");
    return new ModelPrice(
        new ModelName(provider, "m"),
        List.of(),
        JANUARY,
        new TokenPrices(
            Map.of(
                TokenKind.INPUT,
                two,
                TokenKind.CACHED_INPUT,
                new BigDecimal(cachedRate),
                TokenKind.OUTPUT,
                two)),
        false);
  }
}
