package dev.stipend.console.spend;

import dev.stipend.console.page.ConsoleText;
import dev.stipend.platform.json.FieldError;
import dev.stipend.report.spend.Dimension;
import dev.stipend.report.spend.Dimension.Column;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// What may be chosen, and what is.
///
/// @param path where the form leads
/// @param kept fields that the form keeps: the filters
/// @param chips filters, each with the path of the page without it
/// @param values what is in the other fields, as it was sent
/// @param errors what is wrong with what was sent
public record SpendFormModel(
    String path,
    List<Map.Entry<String, String>> kept,
    List<Chip> chips,
    List<Choice> ranges,
    List<Choice> groups,
    List<Choice> intervals,
    List<Choice> filters,
    Map<String, String> values,
    List<FieldError> errors) {
  private static final List<String> INTERVALS = List.of("hour", "day", "week", "month");
  private static final String TAG = "tag";

  /// A filter.
  public record Chip(String name, String value, String path) {}

  /// A choice of a field.
  public record Choice(String label, String name, boolean isChosen) {}

  /// What is in a field.
  public String value(String field) {
    return values.getOrDefault(field, "");
  }

  /// Whether something is wrong with a field.
  public boolean isWrong(String field) {
    return errors.stream().anyMatch(error -> error.field().equals(field));
  }

  static SpendFormModel of(
      SpendAddress address,
      String path,
      List<String> tagKeys,
      List<FieldError> errors,
      ConsoleText text) {
    List<Map.Entry<String, String>> kept = new ArrayList<>();
    List<Chip> chips = new ArrayList<>();
    for (String name : SpendAddress.filters()) {
      for (String value : address.sent().parameters().getOrDefault(name, List.of())) {
        kept.add(Map.entry(name, value));
        chips.add(chip(address, path, name, value, text));
      }
    }
    Map<String, String> values = new HashMap<>();
    address.sent().parameters().forEach((name, all) -> values.put(name, all.getFirst()));
    String range = values.getOrDefault("range", "");
    boolean isOwn = values.containsKey("from") || values.containsKey("to");
    String chosen = range.isEmpty() && !isOwn ? RangeChoice.DAYS_30.label : range;
    String group = values.getOrDefault("groupBy", Column.USER.label());
    Stream<String> dimensions =
        Stream.concat(
            Stream.of(Column.values()).map(Column::label),
            Stream.concat(
                    tagKeys.stream().map(key -> new Dimension.Tag(key).label()),
                    Stream.of(group).filter(label -> label.startsWith(Dimension.Tag.PREFIX)))
                .distinct());
    return new SpendFormModel(
        path,
        kept,
        chips,
        choices(
            Stream.concat(RangeChoice.byLabel().keySet().stream(), Stream.of("")),
            chosen,
            label -> text.say("spend.range." + (label.isEmpty() ? "own" : label))),
        choices(dimensions, group, label -> dimension(label, text)),
        choices(
            Stream.concat(Stream.of(""), INTERVALS.stream()),
            values.getOrDefault("interval", ""),
            label -> text.say("spend.interval." + (label.isEmpty() ? "auto" : label))),
        choices(
            SpendAddress.filters().stream(),
            values.getOrDefault("filter", ""),
            label -> filter(label, text)),
        values,
        errors);
  }

  private static Chip chip(
      SpendAddress address, String path, String name, String value, ConsoleText text) {
    String without = address.without(name, value, path);
    int equals = value.indexOf('=');
    return name.equals(TAG) && equals > 0
        ? new Chip(
            text.say("spend.tag", value.substring(0, equals)),
            shown(value.substring(equals + 1), text),
            without)
        : new Chip(filter(name, text), shown(value, text), without);
  }

  /// An id, or that there is none.
  static String shown(String id, ConsoleText text) {
    return id.isEmpty() ? text.say("spend.none") : id;
  }

  /// What a dimension is called.
  static String dimension(String label, ConsoleText text) {
    return label.startsWith(Dimension.Tag.PREFIX)
        ? text.say("spend.tag", label.substring(Dimension.Tag.PREFIX.length()))
        : text.name("scope", label);
  }

  private static String filter(String parameter, ConsoleText text) {
    return text.name("scope", parameter.replaceFirst("Id$", ""));
  }

  private static List<Choice> choices(
      Stream<String> labels, String chosen, UnaryOperator<String> name) {
    return labels.map(label -> new Choice(label, name.apply(label), label.equals(chosen))).toList();
  }
}
