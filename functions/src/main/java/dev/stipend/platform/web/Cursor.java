package dev.stipend.platform.web;

import dev.stipend.platform.json.InvalidJsonException;
import dev.stipend.time.Period;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/// The place in a list, newest first, from which a page goes on.
///
/// @param before only what is older than this, or as old with a smaller id
/// @param idBefore see `before`
public record Cursor(Instant before, UUID idBefore) {
  private static final Cursor START = new Cursor(Period.FOREVER, new UUID(-1, -1));

  /// The place of a text; the beginning of the list where there is none.
  public static Cursor parse(Optional<String> text) {
    return text.map(sent -> parse(sent, Cursor::place)).orElse(START);
  }

  /// The text of the place behind an item.
  public static String at(Instant time, UUID id) {
    return text(time + "/" + id);
  }

  private static Cursor place(String place) {
    String[] parts = place.split("/", 2);
    return new Cursor(time(parts[0]), UUID.fromString(parts[1]));
  }

  /// A place as a text. What is in it is nobody's business but ours.
  public static String text(String place) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(place.getBytes(StandardCharsets.UTF_8));
  }

  /// Reads a time of a place back.
  public static Instant time(String text) {
    Instant at = Instant.parse(text);
    if (!Period.isStorable(at)) {
      throw new DateTimeException(text);
    }
    return at;
  }

  /// Reads a place back.
  ///
  /// @param place reads what {@link #text} was given, and throws whatever it likes for other texts
  /// @throws InvalidJsonException if that is no text of ours
  public static <T> T parse(String text, Function<String, T> place) {
    try {
      return place.apply(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException | DateTimeException | IndexOutOfBoundsException wrong) {
      throw new InvalidJsonException("cursor", "must be the nextCursor of another page");
    }
  }
}
