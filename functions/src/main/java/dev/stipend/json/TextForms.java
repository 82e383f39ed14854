package dev.stipend.json;

import dev.stipend.time.Period;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;

/// What texts from outside must look like. Each reading throws `IllegalArgumentException` with what
/// the text must be.
final class TextForms {
  static final String INSTANT =
      "must be an ISO 8601 time with its offset, such as 2026-03-01T09:30:00Z";
  static final String ZONE = "must be an IANA time zone such as America/Mexico_City";

  private TextForms() {}

  /// A text of 1 to `longest` characters without control characters and half characters, of which
  /// something can be seen.
  static String plain(String text, int longest) {
    if (isBlankOrLonger(text, longest)) {
      throw new IllegalArgumentException("must have 1 to " + longest + " characters");
    }
    if (hasControls(text)) {
      throw new IllegalArgumentException("must not contain control characters");
    }
    if (PrintableText.hasHalfCharacters(text)) {
      throw new IllegalArgumentException("must not contain half of a surrogate pair");
    }
    if (PrintableText.isInvisible(text)) {
      throw new IllegalArgumentException("must have a character that can be seen");
    }
    return text;
  }

  static boolean isPlain(String text, int longest) {
    return !isBlankOrLonger(text, longest)
        && !hasControls(text)
        && !PrintableText.hasHalfCharacters(text)
        && !PrintableText.isInvisible(text);
  }

  static Instant instant(Object value) {
    try {
      Instant at =
          switch (value) {
            case Instant instant -> instant;
            case String text -> OffsetDateTime.parse(text).toInstant();
            default -> throw new IllegalArgumentException(INSTANT);
          };
      if (!Period.isStorable(at)) {
        throw new IllegalArgumentException("must be a time of the years 1 to 9999");
      }
      return at;
    } catch (DateTimeException wrong) {
      throw new IllegalArgumentException(INSTANT, wrong);
    }
  }

  static ZoneId zone(String text) {
    if (!ZoneId.getAvailableZoneIds().contains(text)) {
      throw new IllegalArgumentException(ZONE);
    }
    return ZoneId.of(text);
  }

  private static boolean isBlankOrLonger(String text, int longest) {
    return text.isBlank() || text.length() > longest;
  }

  private static boolean hasControls(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }
}
