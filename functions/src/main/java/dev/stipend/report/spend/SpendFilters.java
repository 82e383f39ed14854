package dev.stipend.report.spend;

import dev.stipend.platform.json.JsonFields;
import dev.stipend.platform.web.SentQuery;
import dev.stipend.report.spend.Dimension.Column;
import dev.stipend.report.spend.Dimension.Tag;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Reads the parameters that may be repeated: by what spend is broken down, and which of it is
/// meant.
public final class SpendFilters {
  private static final String GROUP_BY = "groupBy";
  private static final String TAG = "tag";
  private static final int LONGEST_ID = 200;
  private static final int MOST_VALUES = 50;
  private static final String DIMENSIONS =
      Arrays.stream(Column.values()).map(Column::label).collect(Collectors.joining(", "))
          + " and tag:KEY, as tag:project";

  /// What was read.
  public record Wanted(List<Dimension> groupBy, Map<Dimension, List<String>> filters) {}

  private final SentQuery sent;
  private final JsonFields fields;

  public SpendFilters(SentQuery sent, JsonFields fields) {
    this.sent = sent;
    this.fields = fields;
  }

  /// Notes an error for every other parameter that is repeated.
  public void refuseRepeated() {
    List<String> repeatable =
        Stream.concat(
                Stream.of(GROUP_BY, TAG), Arrays.stream(Column.values()).map(Column::parameter))
            .toList();
    sent.parameters()
        .forEach(
            (name, values) -> {
              if (values.size() > 1 && !repeatable.contains(name)) {
                fields.error(name, "must be given once");
              }
            });
  }

  public Wanted read() {
    Map<Dimension, List<String>> filters = new LinkedHashMap<>();
    for (Column column : Column.values()) {
      List<String> values = values(column.parameter());
      values.forEach(value -> add(filters, column.parameter(), column, value));
    }
    for (String pair : values(TAG)) {
      int equals = pair.indexOf('=');
      if (equals < 1) {
        fields.error(TAG, "must be key=value; key= matches usage without this tag");
      } else {
        add(filters, TAG, new Tag(pair.substring(0, equals)), pair.substring(equals + 1));
      }
    }
    return new Wanted(groupBy(), filters);
  }

  private void add(
      Map<Dimension, List<String>> filters, String name, Dimension dimension, String value) {
    if (value.length() > LONGEST_ID || value.chars().anyMatch(Character::isISOControl)) {
      fields.error(
          name, "must have at most " + LONGEST_ID + " characters without control characters");
    } else {
      filters.computeIfAbsent(dimension, first -> new ArrayList<>()).add(value);
    }
  }

  private List<Dimension> groupBy() {
    List<Dimension> dimensions = new ArrayList<>();
    values(GROUP_BY).stream()
        .flatMap(value -> Arrays.stream(value.split(",", -1)))
        .forEach(
            label ->
                Dimension.of(label)
                    .ifPresentOrElse(
                        dimensions::add,
                        () -> fields.error(GROUP_BY, "must be among " + DIMENSIONS)));
    if (dimensions.stream().distinct().count() < dimensions.size()) {
      fields.error(GROUP_BY, "must name each dimension once");
    }
    if (dimensions.size() > SpendQuery.MOST_DIMENSIONS) {
      fields.error(GROUP_BY, "must name at most " + SpendQuery.MOST_DIMENSIONS + " dimensions");
    }
    return dimensions;
  }

  private List<String> values(String name) {
    fields.any(name);
    List<String> values = Objects.requireNonNullElse(sent.parameters().get(name), List.of());
    if (values.size() > MOST_VALUES) {
      fields.error(name, "must be given at most " + MOST_VALUES + " times");
      return List.of();
    }
    return values;
  }
}
