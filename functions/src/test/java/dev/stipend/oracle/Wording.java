package dev.stipend.oracle;

import dev.stipend.oracle.Heard.Kind;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads what people read: the sentences of Slack messages and mails.
final class Wording {
  private static final String BUDGET = "Budget \"(?<budget>[^\"]+)\"(?: of user (?<subject>\\S+))?";
  private static final String AT = "(?<percent>-?[0-9.,]+)\\s%% of \\$(?<limit>[0-9.,]*[0-9])";
  private static final Pattern RAISED = pattern("%s is at %s");
  private static final Pattern RECOVERED = pattern("%s is back below (?<line>[0-9]+)\\s%%%%: %s");
  private static final Pattern REMOVED =
      pattern("%s no longer has a threshold at [0-9.]+\\s%%%%; it is at %s");
  private static final Pattern RESTATED = pattern("%s ended the period that began .{5,60}? at %s");

  private Wording() {}

  private static Pattern pattern(String form) {
    return Pattern.compile(
        form.formatted(BUDGET, AT).replace("%%", "%"), Pattern.UNICODE_CHARACTER_CLASS);
  }

  /// The alerts that a text tells, each once. The text is the message's identity, unless it is a
  /// digest, whose lines say no time.
  static List<Heard> read(Place place, int moment, Instant at, String text) {
    String message = text.contains("Why: ") ? text : UUID.randomUUID().toString();
    List<Heard> all = new ArrayList<>();
    all.addAll(find(RAISED, Kind.RAISED, place, moment, at, message, text));
    all.addAll(find(RECOVERED, Kind.RECOVERED, place, moment, at, message, text));
    all.addAll(find(REMOVED, Kind.RECOVERED, place, moment, at, message, text));
    all.addAll(find(RESTATED, Kind.RESTATED, place, moment, at, message, text));
    return all.stream().distinct().toList();
  }

  private static List<Heard> find(
      Pattern pattern,
      Kind kind,
      Place place,
      int moment,
      Instant at,
      String message,
      String text) {
    List<Heard> found = new ArrayList<>();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      found.add(
          new Heard(
              place,
              moment,
              at,
              message,
              kind,
              matcher.group("budget"),
              Optional.ofNullable(matcher.group("subject")),
              Optional.empty(),
              pattern == RECOVERED
                  ? Optional.of(Integer.valueOf(matcher.group("line")))
                  : Optional.empty(),
              number(matcher.group("percent")),
              Optional.empty(),
              number(matcher.group("limit")),
              Optional.empty()));
    }
    return found;
  }

  private static BigDecimal number(String text) {
    return new BigDecimal(text.replace(",", "").replaceAll("\\.$", ""));
  }
}
