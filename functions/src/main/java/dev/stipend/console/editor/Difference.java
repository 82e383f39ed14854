package dev.stipend.console.editor;

import dev.stipend.budget.Threshold;
import dev.stipend.console.page.ConsoleText;
import dev.stipend.money.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A field of a budget that is not what it was, in words.
///
/// @param before what it was; empty where it was not there
public record Difference(String field, String before, String after) {
  private static final Set<String> AMOUNTS = Set.of("limitAmount");

  /// How values are put into words.
  ///
  /// @param channels names by id
  record Wording(ConsoleText text, String currency, ZoneId zone, Map<UUID, String> channels) {}

  /// What differs between two versions, as histories have them.
  static List<Difference> between(
      Map<String, Object> before, Map<String, Object> after, Wording wording) {
    Set<String> fields = new LinkedHashSet<>(before.keySet());
    fields.addAll(after.keySet());
    List<Difference> differences = new ArrayList<>();
    for (String field : fields) {
      Object old = before.get(field);
      Object now = after.get(field);
      if (!Objects.equals(old, now)) {
        String was = shown(field, old, wording);
        String is = shown(field, now, wording);
        boolean isRounded = was.equals(is);
        differences.add(
            new Difference(
                wording.text().say("editor." + field),
                isRounded ? String.valueOf(old) : was,
                isRounded ? String.valueOf(now) : is));
      }
    }
    return differences;
  }

  private static String shown(String field, @Nullable Object value, Wording wording) {
    ConsoleText text = wording.text();
    return switch (value) {
      case null -> "–";
      case List<?> list when list.isEmpty() -> text.say("editor.none." + field);
      case List<?> list ->
          list.stream().map(each -> element(each, wording)).collect(Collectors.joining(", "));
      case Map<?, ?> map when field.equals("increase") -> increase(map, wording);
      case Map<?, ?> map ->
          map.entrySet().stream()
              .map(
                  entry ->
                      entry.getValue() instanceof Map<?, ?> increase
                          ? entry.getKey() + ": " + increase(increase, wording)
                          : String.valueOf(entry.getKey()))
              .collect(Collectors.joining(", "));
      case Boolean yes -> text.say(yes ? "editor.yes" : "editor.no");
      case String amount when AMOUNTS.contains(field) -> amount(amount, wording);
      case String time when field.equals(BudgetForm.ENDS_AT) -> time(time, wording);
      case String label when field.equals("onFailure") -> text.say("editor.on-failure." + label);
      case String label when field.equals("status") -> text.say("editor.status." + label);
      default -> value.toString();
    };
  }

  private static String element(Object value, Wording wording) {
    if (value instanceof Map<?, ?> threshold) {
      return threshold(threshold, wording);
    }
    return channel(String.valueOf(value), wording);
  }

  private static String channel(String id, Wording wording) {
    return Optional.ofNullable(wording.channels().get(UUID.fromString(id))).orElse(id);
  }

  private static String threshold(Map<?, ?> line, Wording wording) {
    ConsoleText text = wording.text();
    StringBuilder words = new StringBuilder();
    words.append(
        text.say(
            "editor.threshold",
            text.percent(Threshold.plain(new BigDecimal(String.valueOf(line.get("percent"))))),
            text.say("editor.kind." + line.get("kind")),
            text.name("severity", String.valueOf(line.get("severity")))));
    if (line.get("remindEveryHours") != null) {
      words.append(' ').append(text.say("editor.reminds", line.get("remindEveryHours")));
    }
    if (line.get("channels") instanceof List<?> to && !to.isEmpty()) {
      words
          .append(" → ")
          .append(
              to.stream()
                  .map(id -> channel(String.valueOf(id), wording))
                  .collect(Collectors.joining(", ")));
    }
    return words.toString();
  }

  private static String increase(Map<?, ?> higher, Wording wording) {
    return wording
        .text()
        .say(
            "editor.raised",
            amount(String.valueOf(higher.get("limitAmount")), wording),
            time(String.valueOf(higher.get("until")), wording));
  }

  private static String amount(String amount, Wording wording) {
    return wording.text().amount(Money.of(amount), wording.currency()).text();
  }

  private static String time(String time, Wording wording) {
    return wording.text().time(Instant.parse(time), wording.zone()).text();
  }
}
