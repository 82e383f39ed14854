package dev.stipend.price;

import dev.stipend.money.Money;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// The prices that hold for a workspace, and the price of an event by them.
public final class PriceBook {
  private static final Comparator<ModelPrice> BEST_LAST =
      Comparator.comparing(ModelPrice::own).thenComparing(ModelPrice::effectiveFrom);

  private final Map<String, List<ModelPrice>> byModel = new HashMap<>();

  public PriceBook(Iterable<ModelPrice> prices) {
    for (ModelPrice price : prices) {
      byModel.computeIfAbsent(price.model(), model -> new ArrayList<>()).add(price);
    }
  }

  /// The cost of tokens at an instant; empty when nobody knows what the model cost then.
  ///
  /// @param provider the provider; an empty text finds the model at any provider, if all ask the
  ///     same
  public Optional<Money> costOf(String provider, String model, TokenUsage tokens, Instant at) {
    return priceAt(provider, model, at).map(price -> price.costOf(tokens));
  }

  /// The price in force at an instant: the workspace's own before the list's, a later one before an
  /// earlier.
  public Optional<ModelPrice> priceAt(String provider, String model, Instant at) {
    List<ModelPrice> prices = byModel.getOrDefault(model, List.of());
    TreeSet<String> providers = new TreeSet<>();
    prices.forEach(price -> providers.add(price.provider()));
    List<ModelPrice> candidates = new ArrayList<>();
    for (String name : provider.isEmpty() ? providers : List.of(provider)) {
      prices.stream()
          .filter(price -> price.provider().equals(name) && !price.effectiveFrom().isAfter(at))
          .max(BEST_LAST)
          .ifPresent(candidates::add);
    }
    boolean allAgree =
        candidates.stream().allMatch(price -> price.sameRates(candidates.getFirst()));
    return allAgree ? candidates.stream().findFirst() : Optional.empty();
  }
}
