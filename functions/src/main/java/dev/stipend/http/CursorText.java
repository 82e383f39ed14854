package dev.stipend.http;

import dev.stipend.platform.json.InvalidJsonException;
import dev.stipend.time.Period;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.function.Function;

/// The text that stands for a place in a list. What is in it is nobody's business but ours.
public final class CursorText {
  private CursorText() {}

  public static String of(String place) {
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
  /// @param place reads what {@link #of} was given, and throws whatever it likes for other texts
  /// @throws InvalidJsonException if that is no text of ours
  public static <T> T parse(String text, Function<String, T> place) {
    try {
      return place.apply(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException | DateTimeException | IndexOutOfBoundsException wrong) {
      throw new InvalidJsonException("cursor", "must be the nextCursor of another page");
    }
  }
}
