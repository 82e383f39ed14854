package dev.stipend.platform.wording;

import dev.stipend.money.Money;
import dev.stipend.platform.json.Labels;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Words a reason in one language. A sentence of the catalogue names its parameters, as in `spend
/// {spend} reached {percent}`; what kind of value each is, its name says.
final class ReasonText {
  private static final Set<String> AMOUNTS =
      Set.of(
          "spend",
          "limit",
          "before",
          "expected",
          "low",
          "high",
          "cost",
          "usual",
          "normal",
          "refundAmount");
  private static final Set<String> PERCENTS = Set.of("percent", "ended", "known", "stillMet");
  private static final Set<String> COUNTS = Set.of("requests", "minutes", "usualMinutes");
  private static final Set<String> TIMES = Set.of("hour", "since", "raisedAt");

  private static final Pattern PLACE = Pattern.compile("\\{(\\w+)}");
  private static final String ONE = ".one";

  private final MessageCatalog words;
  private final ResourceBundle texts;
  private final String currency;
  private final ZoneId zone;

  ReasonText(MessageCatalog words, ResourceBundle texts, String currency, ZoneId zone) {
    this.words = words;
    this.texts = texts;
    this.currency = currency;
    this.zone = zone;
  }

  String of(Reason reason) {
    String key = "reason." + Labels.of(reason.code());
    boolean isOne = "1".equals(reason.parameters().get("requests"));
    String text = filled(isOne && texts.containsKey(key + ONE) ? key + ONE : key, reason);
    if (reason.parameters().containsKey("stillMet")) {
      text += filled("reason.and.still_met", reason);
    }
    if (reason.parameters().containsKey("refund")) {
      text += filled("reason.and.refund", reason);
      if (reason.parameters().containsKey("corrects")) {
        text += filled("reason.and.corrects", reason);
      }
    }
    String repeat = reason.parameters().get(Reason.REPEAT);
    return repeat == null ? text : filled("reason.repeat." + repeat, reason.with("reason", text));
  }

  private String filled(String key, Reason reason) {
    return PLACE
        .matcher(texts.getString(key))
        .replaceAll(
            place -> {
              String name = place.group(1);
              String value = reason.parameters().getOrDefault(name, "");
              return Matcher.quoteReplacement(shown(name, value));
            });
  }

  private String shown(String name, String value) {
    if (AMOUNTS.contains(name)) {
      return words.amount(new Money(new BigDecimal(value)), currency);
    }
    if (PERCENTS.contains(name)) {
      return words.percent(new BigDecimal(value));
    }
    if (COUNTS.contains(name)) {
      return words.count(Long.parseLong(value));
    }
    return TIMES.contains(name) ? words.time(Instant.parse(value), zone) : value;
  }
}
