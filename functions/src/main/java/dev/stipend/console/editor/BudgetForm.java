package dev.stipend.console.editor;

import dev.stipend.budget.Budget;
import dev.stipend.budget.Threshold;
import dev.stipend.budget.edit.BudgetTerms;
import dev.stipend.console.form.Form;
import dev.stipend.platform.json.Labels;
import dev.stipend.platform.web.SentBody;
import io.micronaut.http.HttpRequest;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What stands in the fields of the form, as people typed it.
///
/// @param fields by their names, those of thresholds with the number of their row behind
/// @param channels the ids of those that are checked
public record BudgetForm(Map<String, String> fields, Set<String> channels) {
  static final String CHANNELS = "channels";
  static final String ENDS_AT = "endsAt";
  static final int MOST_ROWS = 22;
  private static final int LONGEST = 256 * 1024;
  private static final int EMPTY_ROWS = 2;
  private static final String TOTAL = "total";
  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,30}(\\.\\d{1,30})?");
  private static final Pattern LINE = Pattern.compile("thresholds\\[(\\d{1,3})]\\.?(\\w*).*");

  /// Fields of a text each, which are left out where they are empty.
  private static final List<String> TEXTS = List.of("name", "limitAmount", "onFailure");

  private static final List<String> FIXED = List.of("period", "scope", "scopeId", "timeZone");

  /// What a threshold has in the API, and what its fields are called here.
  private static final Map<String, String> OF_ROWS =
      Map.of("kind", "kind", "severity", "severity", "remindEveryHours", "remind");

  static BudgetForm sent(HttpRequest<?> request) {
    return new BudgetForm(
        SentBody.form(request, LONGEST),
        new HashSet<>(SentBody.values(request, LONGEST, CHANNELS)));
  }

  /// The form of a new budget, with what the API takes where nothing is said.
  static BudgetForm fresh(String timeZone) {
    Map<String, String> fields = new HashMap<>();
    fields.put("period", "monthly");
    fields.put("scope", "user");
    fields.put("timeZone", timeZone);
    fields.put("percent-0", "80");
    fields.put("percent-1", "100");
    return new BudgetForm(fields, Set.of());
  }

  /// The form of a budget as it is.
  ///
  /// @param known the channels of the workspace: others are archived, and notify nobody
  static BudgetForm of(Budget budget, BudgetTerms terms, Set<UUID> known) {
    Map<String, String> fields = new HashMap<>();
    fields.put("name", terms.name());
    fields.put("limitAmount", terms.limit().toString());
    fields.put("onFailure", Labels.of(terms.onFailure()));
    if (terms.hardLimit()) {
      fields.put("hardLimit", "true");
    }
    terms.endsAt().ifPresent(end -> fields.put(ENDS_AT, local(end, budget.cadence().zone())));
    int row = 0;
    for (Threshold line : terms.thresholds()) {
      fields.put("percent-" + row, line.shown());
      fields.put("kind-" + row, Labels.of(line.kind()));
      fields.put("severity-" + row, Labels.of(line.severity()));
      fields.put(
          "remind-" + row,
          line.remindEvery().map(every -> Long.toString(every.toHours())).orElse(""));
      fields.put(
          "to-" + row,
          line.channels().stream()
              .filter(known::contains)
              .map(UUID::toString)
              .collect(Collectors.joining(" ")));
      row++;
    }
    return new BudgetForm(
        fields,
        terms.channels().stream()
            .filter(known::contains)
            .map(UUID::toString)
            .collect(Collectors.toSet()));
  }

  /// An instant as clocks in a zone show it, as fields for times have it.
  static String local(Instant at, ZoneId zone) {
    return at.atZone(zone).toLocalDateTime().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  public String value(String field) {
    return fields.getOrDefault(field, "");
  }

  public boolean isChecked(String field) {
    return !value(field).isEmpty();
  }

  /// The numbers of the rows of thresholds: those that are filled in, and two more.
  public List<Integer> rows() {
    List<Integer> filled =
        Stream.iterate(0, row -> row + 1).limit(MOST_ROWS).filter(this::isFilled).toList();
    int next = filled.isEmpty() ? 0 : filled.getLast() + 1;
    return Stream.concat(filled.stream(), Stream.iterate(next, row -> row + 1).limit(EMPTY_ROWS))
        .filter(row -> row < MOST_ROWS)
        .toList();
  }

  private boolean isFilled(int row) {
    return !value("percent-" + row).isBlank() || !value("remind-" + row).isBlank();
  }

  private List<Integer> filledRows() {
    return rows().stream().filter(this::isFilled).toList();
  }

  /// The budget that is asked for, as a body of the API.
  Map<String, @Nullable Object> budget(ZoneId workspace) {
    Map<String, @Nullable Object> body = terms();
    FIXED.forEach(field -> put(body, field, value(field).strip()));
    put(body, "weekStart", value("weekStart"));
    for (String anchor : List.of("anchorDay", "anchorMonth")) {
      putNumber(body, anchor, value(anchor));
    }
    if (value("period").equals(TOTAL)) {
      ZoneId zone = zone().orElse(workspace);
      put(body, "startsAt", Form.instant(value("startsAt"), zone));
      put(body, ENDS_AT, Form.instant(value(ENDS_AT), zone));
    }
    return body;
  }

  /// The edit that is asked for, as a body of the API.
  ///
  /// @param endsAt when the budget ends as it is; it stays so where the form shows the same second
  Map<String, @Nullable Object> patch(Budget budget, Optional<Instant> endsAt) {
    Map<String, @Nullable Object> body = terms();
    ZoneId zone = budget.cadence().zone();
    String end = value(ENDS_AT).strip();
    boolean isSame = end.equals(endsAt.map(at -> local(at, zone)).orElse(""));
    if (fields.containsKey(ENDS_AT) && !isSame) {
      body.put(ENDS_AT, end.isEmpty() ? null : Form.instant(end, zone));
    }
    // A name or a limit that is empty would stay as it is, and nobody would know why.
    body.putIfAbsent("name", "");
    body.putIfAbsent("limitAmount", "");
    return body;
  }

  private Map<String, @Nullable Object> terms() {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    TEXTS.forEach(
        field -> put(body, field, field.equals("name") ? value(field) : value(field).strip()));
    body.put("hardLimit", isChecked("hardLimit"));
    body.put(CHANNELS, List.copyOf(channels));
    body.put("thresholds", filledRows().stream().map(this::threshold).toList());
    return body;
  }

  private Map<String, @Nullable Object> threshold(int row) {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    putNumber(body, "percent", value("percent-" + row));
    OF_ROWS.forEach(
        (field, name) -> {
          if (name.equals("remind")) {
            putNumber(body, field, value(name + "-" + row));
          } else {
            put(body, field, value(name + "-" + row));
          }
        });
    String to = value("to-" + row).strip();
    if (!to.isEmpty()) {
      body.put(CHANNELS, List.of(to.split(" +", -1)));
    }
    return body;
  }

  /// The field of the form that a field of the API stands in.
  String place(String field) {
    Matcher line = LINE.matcher(field);
    if (line.matches()) {
      List<Integer> rows = filledRows();
      int index = Integer.parseInt(line.group(1));
      return index < rows.size()
          ? OF_ROWS.getOrDefault(line.group(2), "percent") + "-" + rows.get(index)
          : "thresholds";
    }
    return field.startsWith(CHANNELS) ? CHANNELS : field;
  }

  private Optional<ZoneId> zone() {
    String id = value("timeZone").strip();
    return Optional.of(id).filter(ZoneId.getAvailableZoneIds()::contains).map(ZoneId::of);
  }

  private static void put(Map<String, @Nullable Object> body, String field, String text) {
    if (!text.isBlank()) {
      body.put(field, text);
    }
  }

  /// What is no number is left for its reader.
  private static void putNumber(Map<String, @Nullable Object> body, String field, String text) {
    String sent = text.strip();
    put(body, field, sent);
    if (NUMBER.matcher(sent).matches()) {
      body.put(field, new BigDecimal(sent));
    }
  }
}
