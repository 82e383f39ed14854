package dev.stipend.ingest.price;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Prices by the names and aliases of their models, either the list's or a workspace's own.
final class PriceIndex {
  private final Map<ModelName, List<ModelPrice>> byName = new HashMap<>();
  private final Map<ModelName, ModelName> byAlias = new HashMap<>();

  PriceIndex(List<ModelPrice> prices) {
    prices.stream()
        .sorted(Comparator.comparing(ModelPrice::effectiveFrom).reversed())
        .forEach(
            price -> byName.computeIfAbsent(price.name(), name -> new ArrayList<>()).add(price));
    Set<ModelName> ambiguous = new HashSet<>();
    for (ModelPrice price : prices) {
      for (String alias : price.aliases()) {
        ModelName called = new ModelName(price.name().provider(), alias);
        ModelName before = byAlias.putIfAbsent(called, price.name());
        if (before != null && !before.equals(price.name())) {
          ambiguous.add(called);
        }
      }
    }
    // An alias of two models is none of either: which one was meant would be a guess.
    byAlias.keySet().removeAll(ambiguous);
  }

  /// The prices of the model that is called so, the latest first; none if there is no such model.
  List<ModelPrice> find(ModelName called) {
    @Nullable List<ModelPrice> named = byName.get(called);
    ModelName meant = byAlias.get(called);
    if (named == null && meant != null) {
      named = byName.get(meant);
    }
    return named == null ? List.of() : named;
  }

  /// The prices of the model of exactly this name, the latest first.
  List<ModelPrice> named(ModelName name) {
    return byName.getOrDefault(name, List.of());
  }

  Set<ModelName> names() {
    return byName.keySet();
  }
}
