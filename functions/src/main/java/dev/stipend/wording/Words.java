package dev.stipend.notify;

import dev.stipend.money.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.ResourceBundle;

/// Words, numbers and dates as people of a locale read them. The words are in `words*.properties`.
final class Words {
  private static final String BUNDLE = "dev.stipend.notify.words";

  /// What no other language has is English, whatever the machine speaks.
  private static final ResourceBundle.Control ENGLISH_ELSE =
      ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

  private final Locale locale;
  private final ResourceBundle texts;
  private final Figures figures;

  /// @param locale of a language that {@link Languages} knows
  Words(Locale locale) {
    this.locale = locale;
    this.texts = ResourceBundle.getBundle(BUNDLE, locale, ENGLISH_ELSE);
    this.figures = new Figures(locale);
  }

  Locale locale() {
    return locale;
  }

  /// The text of a key, with the parts where it has places for them.
  String say(String key, Object... parts) {
    return String.format(locale, texts.getString(key), parts);
  }

  /// What a kind of thing is called, by the name it has in the API; that name, if there is no
  /// other.
  String name(String kind, String value) {
    String key = kind + "." + value;
    return texts.containsKey(key) ? texts.getString(key) : value;
  }

  /// The text of a key as it is written down.
  String raw(String key) {
    return texts.getString(key);
  }

  String amount(Money money, String currency) {
    return money.amount().signum() > 0 && figures.isTooSmall(money)
        ? say("less", figures.smallest(currency))
        : figures.amount(money, currency);
  }

  String percent(BigDecimal percent) {
    return figures.percent(percent);
  }

  String count(long count) {
    return figures.count(count);
  }

  /// A point in time as clocks in the zone show it, with the zone.
  String time(Instant instant, ZoneId zone) {
    boolean isUtc = zone.normalized().equals(ZoneOffset.UTC);
    return format(isUtc ? "time.utc" : "time.zoned", instant, zone);
  }

  /// The same without year and zone.
  String day(Instant instant, ZoneId zone) {
    return format("time.day", instant, zone);
  }

  /// A day.
  String date(Instant instant, ZoneId zone) {
    return format("time.date", instant, zone);
  }

  private String format(String pattern, Instant instant, ZoneId zone) {
    ZonedDateTime local = instant.atZone(zone);
    return DateTimeFormatter.ofPattern(texts.getString(pattern), locale).format(local);
  }
}
