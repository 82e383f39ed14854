package dev.stipend.console.spend;

import dev.stipend.platform.json.InvalidJsonException;
import dev.stipend.platform.json.JsonFields;
import dev.stipend.platform.json.Labels;
import dev.stipend.platform.web.SentQuery;
import dev.stipend.report.spend.Dimension;
import dev.stipend.report.spend.Dimension.Column;
import dev.stipend.report.spend.Interval;
import dev.stipend.report.spend.QueryFields;
import dev.stipend.report.spend.SpendRequest;
import dev.stipend.time.Period;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What the address of the explorer says.
///
/// @param sent its parameters, without those that say nothing
/// @param zone whose calendar counts, where the address names one that there is
record SpendAddress(SentQuery sent, ZoneId zone) {
  static final String PATH = "/spend";
  static final String EVENTS = PATH + "/events";

  /// How many groups have a colour of their own.
  static final int TOP = 8;

  private static final String RANGE = "range";
  private static final String FROM = "from";
  private static final String TO = "to";
  private static final String GROUP_BY = "groupBy";
  private static final String INTERVAL = "interval";
  private static final String TAG = "tag";
  private static final String CURSOR = "cursor";
  private static final String FILTER = "filter";
  private static final String VALUE = "value";

  /// Fields that a form sends though nothing is in them.
  private static final Set<String> MAY_BE_BLANK =
      Set.of(
          RANGE,
          FROM,
          TO,
          "timeZone",
          GROUP_BY,
          INTERVAL,
          CURSOR,
          FILTER,
          VALUE,
          "minCost",
          "eventId");

  private static final int MOST_BARS = 400;

  /// Two days and three months, in which clocks may go back.
  private static final Duration LONGEST_BY_HOUR = Duration.ofHours(49);

  private static final Duration LONGEST_BY_DAY = Duration.ofDays(93).plusHours(1);

  static SpendAddress read(SentQuery raw, ZoneId usual) {
    Map<String, List<String>> said = new LinkedHashMap<>();
    raw.parameters()
        .forEach(
            (name, values) -> {
              List<String> kept =
                  values.stream()
                      .filter(text -> !text.isBlank() || !MAY_BE_BLANK.contains(name))
                      .toList();
              if (!kept.isEmpty()) {
                said.put(name, kept);
              }
            });
    SentQuery sent = withFilter(new SentQuery(said));
    return new SpendAddress(sent, QueryFields.of(sent).zone("timeZone").orElse(usual));
  }

  /// What the fields for one more filter say, as that filter.
  private static SentQuery withFilter(SentQuery sent) {
    Optional<String> filter =
        sent.parameters().getOrDefault(FILTER, List.of()).stream().findFirst();
    Optional<String> value = sent.parameters().getOrDefault(VALUE, List.of()).stream().findFirst();
    SentQuery rest = sent.without(FILTER, VALUE);
    if (filter.isEmpty() || value.isEmpty()) {
      return rest;
    }
    return filters().contains(filter.get()) ? with(rest, filter.get(), value.get().strip()) : sent;
  }

  /// The parameters that filter.
  static List<String> filters() {
    return Stream.concat(Stream.of(Column.values()).map(Column::parameter), Stream.of(TAG))
        .toList();
  }

  private static SentQuery with(SentQuery sent, String name, String value) {
    List<String> values = new ArrayList<>(sent.parameters().getOrDefault(name, List.of()));
    if (!values.contains(value)) {
      values.add(value);
    }
    return sent.with(name, values);
  }

  /// The range that it names.
  ///
  /// @throws InvalidJsonException if there is none of its name
  Optional<RangeChoice> range() {
    Map<String, RangeChoice> choices = RangeChoice.byLabel();
    Optional<String> label = sent.only(RANGE);
    if (label.isPresent()) {
      return Optional.of(
          Optional.ofNullable(choices.get(label.get()))
              .orElseThrow(
                  () ->
                      new InvalidJsonException(
                          RANGE, "must be one of " + String.join(", ", choices.keySet()))));
    }
    boolean isOwn = sent.parameters().containsKey(FROM) || sent.parameters().containsKey(TO);
    return isOwn ? Optional.empty() : Optional.of(RangeChoice.DAYS_30);
  }

  /// By what spend is broken down.
  Dimension groupBy() {
    String label = sent.only(GROUP_BY).orElse(Column.USER.label());
    return Dimension.of(label)
        .orElseThrow(
            () -> new InvalidJsonException(GROUP_BY, "must be one dimension, such as user"));
  }

  /// What is asked, as the API would be.
  ///
  /// @throws InvalidJsonException naming every parameter that is wrong
  SpendRequest request(Instant now) {
    SentQuery asked = plain(now).with(GROUP_BY, groupBy().label());
    SpendRequest whole = SpendRequest.read(asked.without(INTERVAL), zone, TOP, now);
    Interval interval = interval(whole.query().range());
    SpendRequest request =
        SpendRequest.read(asked.with(INTERVAL, Labels.of(interval)), zone, TOP, now);
    if (request.query().intervals().size() > MOST_BARS) {
      throw new InvalidJsonException(
          INTERVAL,
          "makes more than %d bars of this range; choose a longer one".formatted(MOST_BARS));
    }
    return request;
  }

  /// What the table for spreadsheets is asked, which has all groups.
  SpendRequest export(int groups, Instant now) {
    SpendRequest shown = request(now);
    return SpendRequest.read(
        plain(now).with(GROUP_BY, groupBy().label()).with(INTERVAL, Labels.of(shown.interval())),
        zone,
        groups,
        now);
  }

  /// The parameters that the API has, with the bounds of the range.
  SentQuery plain(Instant now) {
    SentQuery asked = sent.without(RANGE, INTERVAL);
    return range()
        .map(choice -> choice.period(zone, now))
        .map(
            period -> asked.with(FROM, period.start().toString()).with(TO, period.end().toString()))
        .orElse(asked);
  }

  /// The parameters of a list of events.
  SentQuery events(Instant now) {
    return plain(now).without(GROUP_BY);
  }

  Period before(Period range) {
    return range()
        .map(choice -> choice.before(range, zone))
        .orElseGet(() -> RangeChoice.beforeAny(range, zone));
  }

  private Interval interval(Period range) {
    JsonFields fields = QueryFields.of(sent);
    Optional<Interval> chosen = fields.oneOf(INTERVAL, Labels.choices(Interval.class));
    fields.check();
    return chosen.orElseGet(() -> fitting(Duration.between(range.start(), range.end())));
  }

  private static Interval fitting(Duration range) {
    if (range.compareTo(LONGEST_BY_HOUR) <= 0) {
      return Interval.HOUR;
    }
    return range.compareTo(LONGEST_BY_DAY) <= 0 ? Interval.DAY : Interval.WEEK;
  }

  /// The same with one more filter and broken down by something else.
  String drill(Dimension dimension, String value, Dimension next) {
    return filtered(dimension, value).with(GROUP_BY, next.label()).of(PATH);
  }

  /// The events of a group.
  String eventsOf(Dimension dimension, String value) {
    return filtered(dimension, value).without(GROUP_BY, INTERVAL).of(EVENTS);
  }

  private SentQuery filtered(Dimension dimension, String value) {
    SentQuery start = sent.without(CURSOR);
    return switch (dimension) {
      case Column column -> start.with(column.parameter(), value);
      case Dimension.Tag tag -> with(start, TAG, tag.key() + "=" + value);
    };
  }

  /// The same without one value of a filter.
  String without(String name, String value, String path) {
    List<String> rest =
        sent.parameters().getOrDefault(name, List.of()).stream()
            .filter(each -> !each.equals(value))
            .toList();
    SentQuery start = sent.without(CURSOR);
    return (rest.isEmpty() ? start.without(name) : start.with(name, rest)).of(path);
  }

  /// What to break a group down by next: the first that is not filtered by.
  Dimension next() {
    return Stream.of(
            Column.TEAM, Column.USER, Column.AGENT, Column.MODEL, Column.WORKFLOW, Column.PROVIDER)
        .filter(column -> !column.equals(groupBy()))
        .filter(column -> !sent.parameters().containsKey(column.parameter()))
        .findFirst()
        .orElse(Column.MODEL);
  }
}
