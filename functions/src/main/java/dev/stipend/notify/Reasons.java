package dev.stipend.notify;

import dev.stipend.money.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Says in other languages why an alert was raised or is over. Reasons are stored in English with
/// the alert; one that is not recognised stays as it is.
final class Reasons {
  private static final Pattern PLACE = Pattern.compile("\\{([apntsr])}");

  /// A form of reasons.
  ///
  /// @param places what each group of the pattern is
  private record Form(String key, Pattern pattern, List<Character> places) {}

  /// What goes on is looked for first: it holds another reason.
  private static final List<String> KEYS =
      List.of(
          "again",
          "still",
          "kept",
          "higher",
          "reached",
          "below",
          "unpriced",
          "priced",
          "foreseen",
          "unforeseen",
          "unusual",
          "usual",
          "stale",
          "fresh",
          "restated",
          "restated.not",
          "removed",
          "archived",
          "ended",
          "undelivered",
          "test");

  private static final List<Form> FORMS = forms(new Words(Locale.ENGLISH));

  private final Words words;
  private final String currency;
  private final ZoneId zone;

  Reasons(Words words, String currency, ZoneId zone) {
    this.words = words;
    this.currency = currency;
    this.zone = zone;
  }

  String translate(String reason) {
    if (words.locale().getLanguage().equals(Locale.ENGLISH.getLanguage())) {
      return reason;
    }
    return FORMS.stream()
        .flatMap(form -> translate(form, reason).stream())
        .findFirst()
        .orElse(reason);
  }

  private Optional<String> translate(Form form, String reason) {
    return form.pattern()
        .matcher(reason)
        .results()
        .findFirst()
        .map(found -> words.say(form.key(), parts(form, found)));
  }

  private Object[] parts(Form form, MatchResult found) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < form.places().size(); i++) {
      parts.add(part(form.places().get(i), found.group(i + 1)));
    }
    return parts.toArray();
  }

  private String part(char place, String text) {
    return switch (place) {
      case 'a' -> words.amount(Money.of(text), currency);
      case 'p' -> words.percent(new BigDecimal(text));
      case 'n' -> words.count(Long.parseLong(text));
      case 't' -> words.time(Instant.parse(text), zone);
      case 'r' -> translate(text);
      default -> text;
    };
  }

  private static List<Form> forms(Words english) {
    return KEYS.stream().map(key -> form("reason." + key, english)).toList();
  }

  private static Form form(String key, Words english) {
    StringBuilder pattern = new StringBuilder("^");
    List<Character> places = new ArrayList<>();
    String text = english.raw(key);
    int end = 0;
    for (MatchResult place : PLACE.matcher(text).results().toList()) {
      char kind = place.group(1).charAt(0);
      places.add(kind);
      pattern.append(Pattern.quote(text.substring(end, place.start()))).append(group(kind));
      end = place.end();
    }
    pattern.append(Pattern.quote(text.substring(end))).append('$');
    return new Form(key, Pattern.compile(pattern.toString()), places);
  }

  private static String group(char kind) {
    return switch (kind) {
      case 'a', 'p' -> "(-?\\d{1,12}(?:\\.\\d{1,12})?)";
      case 'n' -> "(\\d{1,18})";
      case 't' -> "(\\d{4}-\\d{2}-\\d{2}T[\\d:.]+Z)";
      default -> "(.+)";
    };
  }
}
