package dev.stipend.console.page;

import dev.stipend.budget.forecast.Forecast;
import dev.stipend.money.Money;
import dev.stipend.platform.wording.MessageCatalog;
import dev.stipend.platform.wording.Reason;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.Set;

/// The words of the console in one language, and figures as people of that language read them.
public final class ConsoleText {
  private static final String BUNDLE = "dev.stipend.console.page.words";
  private static final Set<String> LANGUAGES = Set.of("en", "es");
  private static final int LONGEST_HEADER = 500;

  /// Words that a language lacks are English, whatever the locale of the machine.
  private static final ResourceBundle.Control ENGLISH_ELSE =
      ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

  private final Locale locale;
  private final ResourceBundle texts;
  private final MessageCatalog catalog;

  public ConsoleText(Locale locale) {
    this.locale = locale;
    this.texts = ResourceBundle.getBundle(BUNDLE, locale, ENGLISH_ELSE);
    this.catalog = new MessageCatalog(locale);
  }

  /// In the first language that a browser asks for and that there are words in.
  static ConsoleText of(HttpRequest<?> request) {
    return new ConsoleText(
        Optional.ofNullable(request.getHeaders().get(HttpHeaders.ACCEPT_LANGUAGE))
            .filter(asked -> asked.length() <= LONGEST_HEADER)
            .flatMap(ConsoleText::first)
            .orElse(Locale.ENGLISH));
  }

  private static Optional<Locale> first(String asked) {
    try {
      List<Locale.LanguageRange> ranges = Locale.LanguageRange.parse(asked);
      return ranges.stream()
          .map(range -> Locale.forLanguageTag(range.getRange()))
          .filter(locale -> LANGUAGES.contains(locale.getLanguage()))
          .findFirst();
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  /// The language, as a tag.
  public String language() {
    return locale.getLanguage();
  }

  /// The text of a key, with the parts where it has places for them.
  public String say(String key, Object... parts) {
    String text = texts.getString(key);
    return parts.length == 0 ? text : String.format(locale, text, parts);
  }

  /// Whether a key has a text.
  public boolean has(String key) {
    return texts.containsKey(key);
  }

  /// A count with its noun, as in `1 alert` or `1,204 alerts`.
  public String counted(String noun, long count) {
    return say(noun + (count == 1 ? ".one" : ".many"), catalog.count(count));
  }

  /// What a kind of thing is called, by the name it has in the API.
  public String name(String kind, String value) {
    return catalog.name(kind, value);
  }

  /// Why something is as it is, in one sentence without a full stop.
  ///
  /// @param currency ISO 4217 code of its amounts
  public String reason(Reason reason, String currency, ZoneId zone) {
    return catalog.reason(reason, currency, zone);
  }

  public String count(long count) {
    return catalog.count(count);
  }

  public String percent(BigDecimal percent) {
    return catalog.percent(percent);
  }

  /// An amount, rounded to be read, with all its digits beside.
  ///
  /// @param currency ISO 4217 code
  public Shown amount(Money money, String currency) {
    return new Shown(catalog.amount(money, currency), money + " " + currency);
  }

  /// Between what a forecast expects to end, or that nobody knows.
  public String range(Optional<Forecast> forecast, String currency) {
    return forecast
        .map(
            each ->
                say(
                    "overview.range",
                    amount(each.low(), currency).text(),
                    amount(each.high(), currency).text()))
        .orElseGet(() -> say("overview.no-forecast"));
  }

  /// A point in time as clocks in a zone show it, with UTC beside.
  public Shown time(Instant instant, ZoneId zone) {
    return new Shown(catalog.time(instant, zone), catalog.time(instant, ZoneOffset.UTC));
  }

  /// The month that contains an instant, as in `June 2026`.
  public String month(Instant instant, ZoneId zone) {
    return DateTimeFormatter.ofPattern("LLLL uuuu", locale).format(instant.atZone(zone));
  }

  /// A day, as in `Mon 15 Jun 2026`.
  public String date(Instant instant, ZoneId zone) {
    return DateTimeFormatter.ofPattern("EEE d MMM uuuu", locale).format(instant.atZone(zone));
  }

  /// An hour of a day, as in `15 Jun, 14:00 CEST`.
  public String hour(Instant instant, ZoneId zone) {
    return DateTimeFormatter.ofPattern("d MMM, HH:mm zzz", locale).format(instant.atZone(zone));
  }

  /// A day of a month, as in `Mon 15`.
  public String day(LocalDate date) {
    return DateTimeFormatter.ofPattern("EEE d", locale).format(date);
  }
}
