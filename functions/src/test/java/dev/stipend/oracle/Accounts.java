package dev.stipend.oracle;

import dev.stipend.support.Stipend;
import dev.stipend.support.http.Requests.Answer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the API answers to who asks why nobody was told.
final class Accounts {
  /// Names of fields that say when something is looked at again.
  private static final Pattern NEXT = Pattern.compile("(?i).*(next|until|again|due|retry|held).*");

  private Accounts() {}

  /// An alert as the API shows it.
  record Row(
      String budget,
      String subject,
      Instant window,
      String type,
      int line,
      String state,
      String reason,
      Instant raised,
      Optional<Instant> over,
      List<Map<?, ?>> deliveries,
      Map<?, ?> all) {
    @Override
    public String toString() {
      return "\n    %s %d %s, raised %s%s: %s%s%s"
          .formatted(
              type,
              line,
              state,
              raised,
              over.map(at -> ", over " + at).orElse(""),
              reason,
              has(all, "resolvedReason") ? " / " + all.get("resolvedReason") : "",
              deliveries.stream()
                  .map(
                      each ->
                          "\n      %s %s %s %s"
                              .formatted(
                                  each.get("channel"),
                                  each.get("purpose"),
                                  each.get("status"),
                                  each.get("lastError")))
                  .collect(java.util.stream.Collectors.joining()));
    }

    boolean isOfLimit() {
      return type.startsWith("LIMIT_") || type.equals("RESTATED");
    }

    boolean isRestated() {
      return type.equals("RESTATED");
    }

    /// The deliveries to a channel that tell of it, not of its end.
    Stream<Map<?, ?>> to(Place place) {
      return deliveries.stream()
          .filter(
              each ->
                  place.title.equals(each.get("channel"))
                      && !"recovered".equals(each.get("purpose")));
    }

    /// Whether it says why a channel was not told.
    boolean saysWhy(Place place) {
      return to(place).anyMatch(each -> has(each, "lastError") || has(each, "reason"))
          || (to(place).findAny().isEmpty() && has(all, "resolvedReason"));
    }

    boolean isFailed(Place place) {
      return to(place)
          .anyMatch(each -> "failed".equals(each.get("status")) && has(each, "lastError"));
    }
  }

  /// All alerts of a budget.
  static List<Row> of(Stipend stipend, String budget, String id) {
    List<Row> rows = new ArrayList<>();
    Optional<String> cursor = Optional.of("");
    while (cursor.isPresent()) {
      String path = "/api/alerts?limit=200&budgetId=" + id;
      Answer answer =
          stipend.api(
              "GET", path + cursor.map(at -> at.isEmpty() ? "" : "&cursor=" + at).get(), "");
      if (answer.status() != 200) {
        throw new IllegalStateException(path + " answered " + answer.status() + answer.body());
      }
      for (Object item : answer.items()) {
        rows.add(row(budget, (Map<?, ?>) item));
      }
      cursor = Optional.ofNullable(answer.json().get("nextCursor")).map(String::valueOf);
    }
    return rows;
  }

  static Row row(String budget, Map<?, ?> json) {
    return new Row(
        budget,
        text(json, "subject"),
        Instant.parse(text(json, "periodStart")),
        text(json, "type"),
        new java.math.BigDecimal(text(json, "threshold")).intValue(),
        text(json, "state"),
        text(json, "reason"),
        Instant.parse(text(json, "raisedAt")),
        Optional.ofNullable(json.get("resolvedAt")).map(at -> Instant.parse(String.valueOf(at))),
        ((List<?>) Objects.requireNonNullElse(json.get("deliveries"), List.of()))
            .stream().<Map<?, ?>>map(each -> (Map<?, ?>) each).toList(),
        json);
  }

  static boolean has(Map<?, ?> json, String field) {
    Object value = json.get(field);
    return value != null && !String.valueOf(value).isBlank();
  }

  /// Whether an answer says when something is looked at again.
  static boolean saysWhen(Map<?, ?> json) {
    return json.entrySet().stream()
        .anyMatch(
            field ->
                NEXT.matcher(String.valueOf(field.getKey())).matches() && isTime(field.getValue()));
  }

  private static boolean isTime(@Nullable Object value) {
    try {
      Instant.parse(String.valueOf(value));
      return true;
    } catch (DateTimeException other) {
      return false;
    }
  }

  private static String text(Map<?, ?> json, String field) {
    return String.valueOf(Objects.requireNonNull(json.get(field), field));
  }
}
