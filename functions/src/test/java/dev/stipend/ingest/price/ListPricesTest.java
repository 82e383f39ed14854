package dev.stipend.ingest.price;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.ingest.price.list.ParsedPriceFile;
import dev.stipend.ingest.price.list.PriceListFile;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The product's list of prices is one that can be relied on.
final class ListPricesTest {
  private static final ParsedPriceFile SHEET = PriceListFile.sheet();

  @Test
  void everyEntryCanBeRead() {
    assertThat(SHEET.skipped()).isEmpty();
    assertThat(SHEET.currency()).isEqualTo("USD");
  }

  @Test
  void itHoldsWidelyUsedModelsOfManyProviders() {
    Set<ModelName> models = SHEET.prices().stream().map(NewPrice::name).collect(Collectors.toSet());
    assertThat(models).hasSizeGreaterThanOrEqualTo(180);
    assertThat(models.stream().map(ModelName::provider).distinct())
        .hasSizeGreaterThanOrEqualTo(14)
        .contains(
            "openai",
            "anthropic",
            "google",
            "mistral",
            "deepseek",
            "xai",
            "cohere",
            "bedrock",
            "groq",
            "together_ai",
            "perplexity");
  }

  @Test
  void everyEntrySaysWhereItsFiguresAreFromAndWhenTheyStoodThere() {
    assertThat(SHEET.prices())
        .allSatisfy(
            price -> {
              assertThat(URI.create(price.source().orElse("")).getScheme()).isEqualTo("https");
              assertThat(price.quotedOn().orElse(LocalDate.MIN)).isAfter("2025-01-01");
            });
  }

  @Test
  void everyFigureIsPlausible() {
    assertThat(SHEET.prices())
        .allSatisfy(
            price -> {
              TokenPrices prices = price.prices();
              BigDecimal input = prices.of(TokenKind.INPUT);
              BigDecimal output = prices.of(TokenKind.OUTPUT);
              assertThat(input)
                  .as(price.name().model())
                  .isPositive()
                  .isLessThan(new BigDecimal("1000"));
              assertThat(prices.of(TokenKind.CACHED_INPUT)).isPositive();
              assertThat(prices.of(TokenKind.CACHED_INPUT)).isLessThanOrEqualTo(input);
              assertThat(prices.of(TokenKind.CACHE_WRITE)).isGreaterThanOrEqualTo(input);
              assertThat(prices.of(TokenKind.AUDIO_INPUT)).isGreaterThanOrEqualTo(input);
              assertThat(prices.of(TokenKind.AUDIO_OUTPUT)).isGreaterThanOrEqualTo(output);
              boolean generates = !price.name().model().matches(".*(embed|voyage).*");
              assertThat(output.signum() > 0).as(price.name().model()).isEqualTo(generates);
              if (generates) {
                assertThat(output).isGreaterThanOrEqualTo(input);
                assertThat(output).isLessThanOrEqualTo(input.multiply(new BigDecimal("10")));
              }
            });
  }

  @Test
  void namesAreInLowerCaseAndProvidersAreTheKnownOnes() {
    Set<String> known =
        Providers.read().all().stream().map(Provider::name).collect(Collectors.toSet());
    for (NewPrice price : SHEET.prices()) {
      assertThat(known).contains(price.name().provider());
      List<String> names = new ArrayList<>(price.aliases());
      names.add(price.name().model());
      assertThat(names)
          .allSatisfy(name -> assertThat(name).isEqualTo(name.toLowerCase(Locale.ROOT)));
    }
  }

  @Test
  void noPriceStandsThereTwice() {
    assertThat(SHEET.prices().stream().map(p -> List.of(p.name(), effectiveFrom(p))))
        .doesNotHaveDuplicates();
  }

  @Test
  void everyModelHasAPriceFromTheBeginning() {
    Map<ModelName, List<Instant>> dates =
        SHEET.prices().stream()
            .collect(
                Collectors.groupingBy(
                    NewPrice::name,
                    Collectors.mapping(ListPricesTest::effectiveFrom, Collectors.toList())));
    assertThat(dates.values()).allMatch(all -> all.contains(PriceListFile.BEGINNING));
  }

  @Test
  void anAliasMeansOneModelAndIsNoModelsOwnName() {
    Map<ModelName, ModelName> meant = new HashMap<>();
    for (NewPrice price : SHEET.prices()) {
      for (String alias : price.aliases()) {
        ModelName called = new ModelName(price.name().provider(), alias);
        assertThat(meant.putIfAbsent(called, price.name()))
            .as(called.toString())
            .isIn(null, price.name());
      }
    }
    Collection<ModelName> names = SHEET.prices().stream().map(NewPrice::name).toList();
    assertThat(meant.keySet()).doesNotContainAnyElementsOf(names);
  }

  private static Instant effectiveFrom(NewPrice price) {
    return price.effectiveFrom().orElse(PriceListFile.BEGINNING);
  }
}
