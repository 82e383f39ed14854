package dev.stipend.platform.json;

import dev.stipend.time.Period;
import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.regex.Pattern;

/// What texts from outside must look like. Each reading throws `IllegalArgumentException` with what
/// the text must be.
final class TextForms {
  static final String INSTANT =
      "must be an ISO 8601 time with an offset, such as 2026-03-01T09:30:00Z";
  static final String DAY =
      "must be a date such as 2026-03-01, or an ISO 8601 time with an offset, such as"
          + " 2026-03-01T09:30:00Z";
  static final String ZONE = "must be an IANA time zone such as America/Mexico_City";

  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

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
      throw new IllegalArgumentException("must have at least one visible character");
    }
    return text;
  }

  /// A plain text that people can distinguish from others. Letters that are written in two ways,
  /// with an accent of their own or in one, are the same in both.
  static String name(String text, int longest) {
    String name = Normalizer.normalize(plain(text, longest), Normalizer.Form.NFC);
    if (VisibleText.hidesSomething(name)) {
      throw new IllegalArgumentException(
          "must not contain invisible characters, such as zero-width spaces");
    }
    if (VisibleText.isBlank(name)) {
      throw new IllegalArgumentException("must not be blank");
    }
    return name;
  }

  static boolean isPlain(String text, int longest) {
    return !isBlankOrLonger(text, longest)
        && !hasControls(text)
        && !PrintableText.hasHalfCharacters(text)
        && !PrintableText.isInvisible(text);
  }

  static Instant instant(Object value) {
    try {
      return storable(
          switch (value) {
            case Instant instant -> instant;
            case String text -> OffsetDateTime.parse(text).toInstant();
            default -> throw new IllegalArgumentException(INSTANT);
          });
    } catch (DateTimeException wrong) {
      throw new IllegalArgumentException(INSTANT, wrong);
    }
  }

  /// A time, or the start of the day that comes so many days after a date.
  static Instant day(Object value, int daysAfter, ZoneId zone) {
    try {
      return value instanceof String text && DATE.matcher(text).matches()
          ? storable(LocalDate.parse(text).plusDays(daysAfter).atStartOfDay(zone).toInstant())
          : storable(OffsetDateTime.parse(String.valueOf(value)).toInstant());
    } catch (DateTimeException wrong) {
      throw new IllegalArgumentException(DAY, wrong);
    }
  }

  private static Instant storable(Instant at) {
    if (!Period.isStorable(at)) {
      throw new IllegalArgumentException("must be within the years 1 to 9999");
    }
    return at;
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
