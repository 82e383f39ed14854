package dev.stipend.console.page;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// A part of a list that goes on.
///
/// @param next the cursor of the next part; empty where this is the last one
public record Listing<T>(List<T> items, Optional<String> next) {
  /// The part of what was found.
  ///
  /// @param found at most one more than the part may have, which tells that there is another
  /// @param most how many the part may have
  /// @param cursor what continues the list behind an item
  public static <T> Listing<T> of(List<T> found, int most, Function<T, String> cursor) {
    List<T> items = found.subList(0, Math.min(most, found.size()));
    return new Listing<>(
        items, found.size() > most ? Optional.of(cursor.apply(items.getLast())) : Optional.empty());
  }

  /// The same with its items in words.
  public <S> Listing<S> map(Function<T, S> shown) {
    return new Listing<>(items.stream().map(shown).toList(), next);
  }
}
