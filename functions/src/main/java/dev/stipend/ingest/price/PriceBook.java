package dev.stipend.ingest.price;

import dev.stipend.money.Money;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The prices that hold for a workspace, and the price of an event by them. For one thread: what a
/// name means is found once and remembered.
public final class PriceBook {
  /// What a name means: for each provider that it may be of, its prices in the order in which they
  /// go before one another.
  private record Meaning(List<List<ModelPrice>> sellers) {}

  private final ModelNames names;
  private final PriceIndex own;
  private final PriceIndex listed;
  private final Map<ModelName, Meaning> meanings = new HashMap<>();

  public PriceBook(ModelNames names, List<ModelPrice> prices) {
    this.names = names;
    this.own = new PriceIndex(prices.stream().filter(ModelPrice::own).toList());
    this.listed = new PriceIndex(prices.stream().filter(price -> !price.own()).toList());
  }

  /// The cost of tokens at an instant; empty when nobody knows what the model cost then.
  ///
  /// @param provider the provider by any of its names; an empty text finds the model at any
  ///     provider, if all ask the same
  public Optional<Money> costOf(String provider, String model, TokenUsage tokens, Instant at) {
    return quote(provider, model, tokens, at).map(TokenPrices.Quote::cost);
  }

  /// The same, with what was assumed.
  public Optional<TokenPrices.Quote> quote(
      String provider, String model, TokenUsage tokens, Instant at) {
    return priceAt(provider, model, at).map(price -> price.prices().quote(tokens));
  }

  /// The price in force at an instant: the workspace's own before the list's, a more specific name
  /// before a shorter one, a later price before an earlier.
  public Optional<ModelPrice> priceAt(String provider, String model, Instant at) {
    return Optional.ofNullable(find(new ModelName(provider, model), at));
  }

  /// The first instant, not before the given one, at which a model has a price; empty if it never
  /// has one.
  public Optional<Instant> pricedFrom(ModelName used, Instant earliest) {
    return Stream.concat(
            Stream.of(earliest),
            meaningOf(used).sellers().stream()
                .flatMap(List::stream)
                .map(ModelPrice::effectiveFrom)
                .filter(change -> change.isAfter(earliest))
                .sorted())
        .filter(at -> find(used, at) != null)
        .findFirst();
  }

  /// The first instant, not before the given one, at which there is a ceiling.
  public Optional<Instant> ceilingFrom(Instant earliest) {
    return own.find(ModelName.CEILING).stream()
        .map(ModelPrice::effectiveFrom)
        .min(Instant::compareTo)
        .map(first -> first.isBefore(earliest) ? earliest : first);
  }

  /// What the tokens of a model without a price count as in the meantime: at the workspace's
  /// ceiling price, which is no model's price. Empty if the workspace has none.
  public Optional<Money> ceilingOf(TokenUsage tokens, Instant at) {
    return own.find(ModelName.CEILING).stream()
        .filter(price -> !price.effectiveFrom().isAfter(at))
        .findFirst()
        .map(price -> price.prices().costOf(tokens));
  }

  private @Nullable ModelPrice find(ModelName used, Instant at) {
    @Nullable ModelPrice found = null;
    for (List<ModelPrice> seller : meaningOf(used).sellers()) {
      ModelPrice price = inForce(seller, at);
      if (found == null) {
        found = price;
      } else if (price != null && !price.prices().sameRates(found.prices())) {
        return null;
      }
    }
    return found;
  }

  private static @Nullable ModelPrice inForce(List<ModelPrice> prices, Instant at) {
    for (ModelPrice price : prices) {
      if (!price.effectiveFrom().isAfter(at)) {
        return price;
      }
    }
    return null;
  }

  private Meaning meaningOf(ModelName used) {
    return meanings.computeIfAbsent(used, this::meaning);
  }

  private Meaning meaning(ModelName used) {
    if (!used.provider().isEmpty()) {
      return new Meaning(List.of(prices(names.candidates(used))));
    }
    List<ModelPrice> routed =
        names.routed(used.model()).map(names::candidates).map(this::prices).orElse(List.of());
    return routed.isEmpty() ? anySeller(used.model()) : new Meaning(List.of(routed));
  }

  private Meaning anySeller(String model) {
    Set<String> providers = new TreeSet<>();
    own.names().forEach(name -> providers.add(name.provider()));
    listed.names().forEach(name -> providers.add(name.provider()));
    List<List<ModelPrice>> sellers = new ArrayList<>();
    for (String provider : providers) {
      sellers.add(
          prices(
              names.candidates(new ModelName(provider, model)).stream()
                  .filter(name -> name.provider().equals(provider))
                  .toList()));
    }
    return new Meaning(sellers);
  }

  /// The workspace's own prices go first, under any name that the list has for the model, too.
  private List<ModelPrice> prices(List<ModelName> candidates) {
    Set<ModelName> called = new LinkedHashSet<>(candidates);
    List<ModelPrice> fromList = new ArrayList<>();
    for (ModelName candidate : candidates) {
      List<ModelPrice> found = listed.find(candidate);
      if (fromList.isEmpty()) {
        for (ModelPrice price : found) {
          called.add(price.name());
          price.aliases().forEach(a -> called.add(new ModelName(price.name().provider(), a)));
        }
      }
      fromList.addAll(found);
    }
    List<ModelPrice> all = new ArrayList<>();
    called.forEach(name -> all.addAll(own.find(name)));
    all.addAll(fromList);
    return all;
  }
}
