package dev.stipend.ingest.price;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;

/// Tells under which names the price of a model may stand, given the names by which gateways,
/// clouds and telemetry call it.
///
/// Only parts that are known to say nothing about the model are left out ({@link NameTrim}), and
/// only those that its provider uses. A name that has anything else is another model: it has its
/// own price or none.
public final class ModelNames {
  private static final int MOST_ROUTES = 3;

  /// Real names have a handful; more would only be work that a sender makes us do.
  private static final int MOST_SPELLINGS = 32;

  private static final Comparator<String> LONGEST_FIRST =
      Comparator.comparingInt(String::length).reversed();

  private final Providers providers;

  public ModelNames(Providers providers) {
    this.providers = providers;
  }

  /// The names in the price book that mean this model, the most specific first.
  ///
  /// @param used a provider, by any of its names, and a model in any of its spellings
  public List<ModelName> candidates(ModelName used) {
    Set<ModelName> candidates = new LinkedHashSet<>();
    String model = used.model().strip().toLowerCase(Locale.ROOT);
    if (!model.isEmpty() && !model.equals(ModelName.CEILING.model())) {
      Provider provider = providers.find(used.provider(), model);
      String sent = used.provider().toLowerCase(Locale.ROOT);
      if (!sent.isEmpty() && providers.known(sent).isEmpty()) {
        // A workspace may have a price of its own under the very name.
        candidates.add(new ModelName(sent, model));
      }
      collect(provider, model, candidates, MOST_ROUTES);
    }
    return List.copyOf(candidates);
  }

  /// The names of the models that are to be looked up for these.
  Set<String> lookups(Collection<ModelName> used) {
    Set<String> names = new LinkedHashSet<>();
    for (ModelName each : used) {
      if (each.provider().isEmpty()) {
        anywhere(each.model()).forEach(name -> names.add(name.model()));
      } else {
        candidates(each).forEach(name -> names.add(name.model()));
      }
    }
    return names;
  }

  /// The names of a model of which nobody said who sells it, at any provider that is known.
  private Set<ModelName> anywhere(String model) {
    Set<ModelName> names = new LinkedHashSet<>(candidates(new ModelName("", model)));
    for (Provider provider : providers.all()) {
      names.addAll(candidates(new ModelName(provider.name(), model)));
    }
    return names;
  }

  /// The model with its provider, where its name begins with one; a name without provider may begin
  /// with any.
  Optional<ModelName> routed(String model) {
    String lower = model.strip().toLowerCase(Locale.ROOT);
    int slash = lower.indexOf('/');
    return slash < 1 || slash == lower.length() - 1
        ? Optional.empty()
        : providers
            .known(lower.substring(0, slash))
            .map(provider -> new ModelName(provider.name(), lower.substring(slash + 1)));
  }

  private void collect(Provider provider, String model, Set<ModelName> into, int routes) {
    List<String> spellings = spellings(model, provider.trims());
    spellings.forEach(spelling -> into.add(new ModelName(provider.name(), spelling)));
    for (String spelling : spellings) {
      for (char separator : new char[] {'/', '.'}) {
        int end = spelling.indexOf(separator);
        if (routes > 0 && end > 0 && end < spelling.length() - 1) {
          Provider prefix = providers.find(spelling.substring(0, end));
          boolean itself = separator == '/' && prefix.name().equals(provider.name());
          if (itself || provider.routes().contains(prefix.name())) {
            collect(prefix, spelling.substring(end + 1), into, routes - 1);
          }
        }
      }
    }
    for (String name : provider.resells()) {
      Provider maker = providers.find(name);
      EnumSet<NameTrim> trims = EnumSet.noneOf(NameTrim.class);
      trims.addAll(provider.trims());
      trims.addAll(maker.trims());
      spellings(model, trims).forEach(spelling -> into.add(new ModelName(maker.name(), spelling)));
    }
  }

  /// The name with none, some and all of the parts left out, the longest first.
  private static List<String> spellings(String model, Set<NameTrim> trims) {
    Set<String> spellings = new LinkedHashSet<>();
    Queue<String> untried = new ArrayDeque<>(List.of(model));
    while (!untried.isEmpty() && spellings.size() < MOST_SPELLINGS) {
      String spelling = untried.remove();
      if (spellings.add(spelling)) {
        trims.forEach(trim -> trim.from(spelling).ifPresent(untried::add));
      }
    }
    return spellings.stream().sorted(LONGEST_FIRST).toList();
  }
}
