package dev.stipend.ingest.price;

import dev.stipend.tenant.Workspace;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What new prices mean for usage that waits for them.
@Singleton
public class LatePrices {
  private final WaitingUsage usage;
  private final PriceBookRepository books;
  private final ModelNames names;

  LatePrices(WaitingUsage usage, PriceBookRepository books, ModelNames names) {
    this.usage = usage;
    this.books = books;
    this.names = names;
  }

  /// The prices with the instants from which they hold. One that does not say it holds from now on;
  /// but the first that a model ever has holds from the earliest event that waits for it.
  public List<NewPrice> dated(Workspace workspace, List<NewPrice> prices, Instant now) {
    List<NewPrice> open = prices.stream().filter(price -> price.effectiveFrom().isEmpty()).toList();
    Map<ModelName, Instant> earlier =
        open.isEmpty() ? Map.of() : firstWaiting(workspace, open, now);
    return prices.stream()
        .map(price -> price.fromOr(earlier.getOrDefault(price.name(), now)))
        .toList();
  }

  /// How many of the events that wait have a price now that prices were added.
  public long priced(Workspace workspace, List<NewPrice> added) {
    List<WaitingUsage.Waiting> meant = meant(workspace, added);
    if (meant.isEmpty()) {
      return 0;
    }
    PriceBook book = books.load(workspace.id(), workspace.currency(), names(meant));
    return count(workspace, since(book, meant));
  }

  /// What a price would mean for the usage that waits.
  ///
  /// @param book the prices that there would be
  /// @param since the models that would have a price, each from which instant on
  /// @param events how many of their events wait
  public record Foreseen(PriceBook book, Map<ModelName, Instant> since, long events) {}

  /// What a price would mean that is not added yet.
  ///
  /// @param price with the instant from which it would hold
  @Transactional
  public Foreseen foresee(Workspace workspace, NewPrice price) {
    List<WaitingUsage.Waiting> meant = meant(workspace, List.of(price));
    List<ModelPrice> prices =
        new ArrayList<>(books.read(workspace.id(), workspace.currency(), names(meant)));
    prices.add(
        new ModelPrice(
            price.name(),
            price.aliases(),
            price.effectiveFrom().orElseThrow(),
            price.prices(),
            true));
    PriceBook book = new PriceBook(names, prices);
    Map<ModelName, Instant> since = since(book, meant);
    return new Foreseen(book, since, count(workspace, since));
  }

  private static Map<ModelName, Instant> since(PriceBook book, List<WaitingUsage.Waiting> meant) {
    Map<ModelName, Instant> since = new HashMap<>();
    for (WaitingUsage.Waiting one : meant) {
      book.pricedFrom(one.name(), one.firstAt()).ifPresent(from -> since.put(one.name(), from));
    }
    return since;
  }

  private long count(Workspace workspace, Map<ModelName, Instant> since) {
    return since.isEmpty() ? 0 : usage.count(workspace.id(), since);
  }

  private Map<ModelName, Instant> firstWaiting(
      Workspace workspace, List<NewPrice> open, Instant now) {
    List<WaitingUsage.Waiting> meant = meant(workspace, open);
    if (meant.isEmpty()) {
      return Map.of();
    }
    List<ModelPrice> known = books.read(workspace.id(), workspace.currency(), names(meant));
    PriceBook before = new PriceBook(names, known);
    List<ModelPrice> all = new ArrayList<>(known);
    open.forEach(
        price ->
            all.add(
                new ModelPrice(price.name(), price.aliases(), Instant.MIN, price.prices(), true)));
    PriceBook after = new PriceBook(names, all);
    Map<ModelName, Instant> first = new HashMap<>();
    for (WaitingUsage.Waiting one : meant) {
      if (before.priceAt(one.name().provider(), one.name().model(), now).isEmpty()) {
        after
            .priceAt(one.name().provider(), one.name().model(), one.firstAt())
            .filter(price -> price.effectiveFrom().equals(Instant.MIN))
            .ifPresent(
                price ->
                    first.merge(price.name(), earlier(one.firstAt(), now), LatePrices::earlier));
      }
    }
    return withoutPrice(workspace, first, now);
  }

  /// Those models that have no price of their own either: what changes a price holds from now on.
  private Map<ModelName, Instant> withoutPrice(
      Workspace workspace, Map<ModelName, Instant> first, Instant now) {
    PriceBook book = books.load(workspace.id(), workspace.currency(), first.keySet());
    first.keySet().removeIf(name -> book.priceAt(name.provider(), name.model(), now).isPresent());
    return first;
  }

  /// The models whose usage waits and may be called by the names of prices.
  private List<WaitingUsage.Waiting> meant(Workspace workspace, List<NewPrice> prices) {
    Set<String> called = new HashSet<>();
    prices.forEach(
        price -> {
          called.add(price.name().model());
          called.addAll(price.aliases());
        });
    return usage.models(workspace.id()).stream()
        .filter(one -> names.lookups(Set.of(one.name())).stream().anyMatch(called::contains))
        .toList();
  }

  private static Collection<ModelName> names(List<WaitingUsage.Waiting> models) {
    return models.stream().map(WaitingUsage.Waiting::name).toList();
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
