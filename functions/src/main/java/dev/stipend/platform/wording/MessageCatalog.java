package dev.stipend.platform.wording;

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
public final class MessageCatalog {
  private static final String BUNDLE = "dev.stipend.platform.wording.words";

  /// Texts that a language lacks are English, whatever the locale of the machine.
  private static final ResourceBundle.Control ENGLISH_ELSE =
      ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

  private final Locale locale;
  private final ResourceBundle texts;
  private final Figures figures;

  /// @param locale of a language that there is a catalogue for; others get English
  public MessageCatalog(Locale locale) {
    this.locale = locale;
    this.texts = ResourceBundle.getBundle(BUNDLE, locale, ENGLISH_ELSE);
    this.figures = new Figures(locale);
  }

  public Locale locale() {
    return locale;
  }

  /// The text of a key, with the parts where it has places for them.
  public String say(String key, Object... parts) {
    return String.format(locale, texts.getString(key), parts);
  }

  /// What a kind of thing is called, by the name it has in the API; that name, if there is no
  /// other.
  public String name(String kind, String value) {
    String key = kind + "." + value;
    return texts.containsKey(key) ? texts.getString(key) : value;
  }

  /// A count with its noun, as in `1 request` or `1,204 requests`.
  ///
  /// @param noun the key of the noun in the catalogue
  public String counted(String noun, long count) {
    return say(noun + (count == 1 ? ".one" : ".many"), count(count));
  }

  /// Why something is as it is, in one sentence without a full stop.
  ///
  /// @param currency ISO 4217 code of its amounts
  /// @param zone the zone to show its times in
  public String reason(Reason reason, String currency, ZoneId zone) {
    return new ReasonText(this, texts, currency, zone).of(reason);
  }

  public String amount(Money money, String currency) {
    return money.amount().signum() > 0 && figures.isTooSmall(money)
        ? say("less", figures.smallest(currency))
        : figures.amount(money, currency);
  }

  public String percent(BigDecimal percent) {
    return figures.percent(percent);
  }

  public String count(long count) {
    return figures.count(count);
  }

  /// A point in time as clocks in the zone show it, with the zone.
  public String time(Instant instant, ZoneId zone) {
    boolean isUtc = zone.normalized().equals(ZoneOffset.UTC);
    return format(isUtc ? "time.utc" : "time.zoned", instant, zone);
  }

  /// The same without year and zone.
  public String day(Instant instant, ZoneId zone) {
    return format("time.day", instant, zone);
  }

  /// A day.
  public String date(Instant instant, ZoneId zone) {
    return format("time.date", instant, zone);
  }

  private String format(String pattern, Instant instant, ZoneId zone) {
    ZonedDateTime local = instant.atZone(zone);
    return DateTimeFormatter.ofPattern(texts.getString(pattern), locale).format(local);
  }
}
