package dev.stipend.http;

import dev.stipend.platform.json.InvalidJsonException;
import dev.stipend.platform.web.Cursor;
import dev.stipend.platform.web.SentQuery;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Which page of a list is asked for.
///
/// @param cursor where it goes on; empty for the first page
/// @param limit how many items it may have
public record PageRequest(Optional<String> cursor, int limit) {
  public static final int USUAL_LIMIT = 50;
  private static final int HIGHEST_LIMIT = 200;
  private static final String CURSOR = "cursor";
  private static final String LIMIT = "limit";

  /// The parameters of the query that it is read from.
  static final Set<String> PARAMETERS = Set.of(CURSOR, LIMIT);

  /// Reads it from a query.
  ///
  /// @throws InvalidJsonException if a parameter is wrong
  public static PageRequest of(SentQuery query) {
    return new PageRequest(
        query.only(CURSOR), query.only(LIMIT).map(PageRequest::limit).orElse(USUAL_LIMIT));
  }

  private static int limit(String sent) {
    try {
      int limit = Integer.parseInt(sent);
      if (limit < 1 || limit > HIGHEST_LIMIT) {
        throw new InvalidJsonException(LIMIT, "must be from 1 to " + HIGHEST_LIMIT);
      }
      return limit;
    } catch (NumberFormatException none) {
      throw new InvalidJsonException(LIMIT, "must be a whole number");
    }
  }

  /// The place from which it goes on, in a list by time.
  public Cursor from() {
    return Cursor.parse(cursor);
  }

  /// How many items are to be read: one more than the page may have tells that there is another.
  public int most() {
    return limit + 1;
  }

  /// The page.
  ///
  /// @param found at most {@link #most()}
  /// @param next what continues the list behind an item
  /// @param shown an item as the API shows it
  public <S, T> Page<T> of(List<S> found, Function<S, String> next, Function<S, T> shown) {
    List<S> items = found.subList(0, Math.min(limit, found.size()));
    return new Page<>(
        items.stream().map(shown).toList(),
        found.size() > limit ? Optional.of(next.apply(items.getLast())) : Optional.empty());
  }
}
