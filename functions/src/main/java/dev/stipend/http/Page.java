package dev.stipend.http;

import io.micronaut.serde.annotation.Serdeable;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// A page of a list.
///
/// @param items what is on it
/// @param nextCursor the `cursor` of the next page; absent on the last one
@Serdeable
public record Page<T>(List<T> items, Optional<String> nextCursor) {
  /// A page of what was found.
  ///
  /// @param found up to one more than the page may have, which tells that there is another page
  /// @param most how many the page may have
  /// @param cursor what continues the list behind an item
  /// @param shown an item as the API shows it
  public static <S, T> Page<T> of(
      List<S> found, int most, Function<S, String> cursor, Function<S, T> shown) {
    List<S> items = found.subList(0, Math.min(most, found.size()));
    Optional<String> next =
        found.size() > most ? Optional.of(cursor.apply(items.getLast())) : Optional.empty();
    return new Page<>(items.stream().map(shown).toList(), next);
  }
}
