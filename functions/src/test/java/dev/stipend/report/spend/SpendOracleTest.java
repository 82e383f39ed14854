package dev.stipend.report.spend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.money.Money;
import dev.stipend.report.spend.SampleEvents.Event;
import dev.stipend.report.spend.SpendReport.Group;
import dev.stipend.report.spend.SpendReport.Point;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.time.Period;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Reports against sums that are made by looking at every event for every figure.
@ExtendWith(StipendExtension.class)
class SpendOracleTest {
  private static final int STORIES = 10;
  private static final int EVENTS = 250;
  private static final int QUERIES = 50;
  private static final List<ZoneId> ZONES =
      new TreeSet<>(ZoneId.getAvailableZoneIds()).stream().map(ZoneId::of).toList();

  private static final List<Interval> INTERVALS = List.of(Interval.values());

  /// Half an hour of daylight saving, a skipped day, +05:45, half an hour that clocks went back.
  private static final List<Place> HARD =
      List.of(
          new Place(ZoneId.of("Australia/Lord_Howe"), Instant.parse("2026-04-04T15:00:00Z")),
          new Place(ZoneId.of("Pacific/Apia"), Instant.parse("2011-12-30T10:00:00Z")),
          new Place(ZoneId.of("Asia/Kathmandu"), Instant.parse("2026-06-14T18:15:00Z")),
          new Place(ZoneId.of("Asia/Pyongyang"), Instant.parse("2015-08-14T15:00:00Z")));

  private record Place(ZoneId zone, Instant at) {}

  @Test
  void everyFigureIsTheSumOfItsEvents(Stipend stipend) {
    Random random = new Random(20_261_121);
    SpendReports reports = stipend.context.getBean(SpendReports.class);
    UUID workspace =
        UUID.fromString(
            stipend.database.value(
                "SELECT id FROM stipend.workspaces" + " WHERE slug = 'default'"));
    Set<Boolean> kindsOfReading = new HashSet<>();
    for (int story = 0; story < STORIES; story++) {
      Place place = story < HARD.size() ? HARD.get(story) : anyPlace(random);
      SampleEvents sample = new SampleEvents(random, place.at());
      List<Event> events = sample.events(EVENTS);
      stipend.database.clear();
      stipend.clock.set(place.at().plus(Duration.ofDays(13)));
      record(stipend, events, random);
      for (int i = 0; i < QUERIES; i++) {
        SpendQuery query = query(random, sample, place.zone());
        kindsOfReading.add(query.needsLedger());
        assertThat(reports.read(workspace, query))
            .as("story %d at %s, query %d: %s", story, place, i, query)
            .isEqualTo(expected(query, events));
      }
    }
    assertThat(kindsOfReading).containsExactlyInAnyOrder(true, false);
  }

  /// A change of a zone's clocks, or any instant where they never changed.
  private static Place anyPlace(Random random) {
    ZoneId zone = ZONES.get(random.nextInt(ZONES.size()));
    Instant instant =
        Instant.parse("2000-02-01T00:00:00Z").plus(Duration.ofMinutes(random.nextInt(15_000_000)));
    ZoneOffsetTransition next = zone.getRules().nextTransition(instant);
    return new Place(zone, next == null ? instant : next.getInstant());
  }

  /// Sends the events in any order, some of them twice.
  private static void record(Stipend stipend, List<Event> events, Random random) {
    List<String> sent = new ArrayList<>(events.stream().map(Event::json).toList());
    sent.addAll(sent.subList(0, sent.size() / 4));
    Collections.shuffle(sent, random);
    assertThat(stipend.record(sent.stream().collect(Collectors.joining(",", "[", "]")))).isEmpty();
    assertThat(stipend.database.value("SELECT count(*) FROM stipend.usage_logs"))
        .isEqualTo(Integer.toString(events.size()));
  }

  private static SpendQuery query(Random random, SampleEvents sample, ZoneId zone) {
    Instant one = bound(random, sample, zone);
    Instant other = bound(random, sample, zone);
    Period range =
        one.equals(other)
            ? new Period(one, one.plusNanos(1_000))
            : new Period(one.isBefore(other) ? one : other, one.isBefore(other) ? other : one);
    Interval interval = INTERVALS.get(random.nextInt(INTERVALS.size()));
    ZoneId shownIn = random.nextInt(4) > 0 ? zone : ZONES.get(random.nextInt(ZONES.size()));
    List<Period> intervals =
        random.nextInt(5) == 0
            ? cut(range, sample.time())
            : interval.split(range, shownIn, SpendQuery.MOST_INTERVALS);
    List<Dimension> dimensions = new ArrayList<>(SampleEvents.DIMENSIONS);
    Collections.shuffle(dimensions, random);
    List<Dimension> groupBy = dimensions.subList(0, random.nextInt(4));
    Map<Dimension, List<String>> filters = new LinkedHashMap<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      filters.put(
          SampleEvents.DIMENSIONS.get(random.nextInt(SampleEvents.DIMENSIONS.size())),
          List.of(sample.value(), sample.value(), sample.value()));
    }
    return new SpendQuery(
        intervals.subList(0, Math.min(SpendQuery.MOST_INTERVALS, intervals.size())),
        groupBy,
        filters,
        1 + random.nextInt(6),
        random.nextInt(3) == 0 ? random.nextInt(8) : 0);
  }

  /// Two intervals that meet anywhere, as they did where offsets had odd seconds.
  private static List<Period> cut(Period range, Instant at) {
    return range.contains(at) && at.isAfter(range.start())
        ? List.of(new Period(range.start(), at), new Period(at, range.end()))
        : List.of(range);
  }

  private static Instant bound(Random random, SampleEvents sample, ZoneId zone) {
    Instant time = sample.time();
    return switch (random.nextInt(3)) {
      case 0 -> time;
      case 1 -> QuarterHours.floor(time);
      default -> time.atZone(zone).toLocalDate().atStartOfDay(zone).toInstant();
    };
  }

  private static SpendReport expected(SpendQuery query, List<Event> all) {
    List<Event> events = all.stream().filter(event -> matches(query, event)).toList();
    Map<List<String>, List<Event>> groups =
        events.stream().collect(Collectors.groupingBy(event -> values(query, event)));
    List<List<String>> ranked =
        groups.entrySet().stream()
            .sorted(
                Comparator.comparing(
                        (Map.Entry<List<String>, List<Event>> group) ->
                            sum(group.getValue()).cost())
                    .reversed()
                    .thenComparing(group -> String.join("\0", group.getKey())))
            .map(Map.Entry::getKey)
            .toList();
    int first = Math.min(query.after(), ranked.size());
    int last = Math.min(query.after() + query.limit(), ranked.size());
    boolean grouped = !query.groupBy().isEmpty();
    List<List<String>> shown = grouped ? ranked.subList(first, last) : List.of();
    boolean others = grouped && shown.size() < ranked.size();
    return new SpendReport(
        sum(events),
        shown.stream()
            .map(values -> new Group(values, sum(groups.getOrDefault(values, List.of()))))
            .toList(),
        others ? Optional.of(sum(others(query, events, shown))) : Optional.empty(),
        grouped && last < ranked.size(),
        query.intervals().stream()
            .map(
                interval -> {
                  List<Event> inside =
                      events.stream().filter(event -> interval.contains(event.at())).toList();
                  return new Point(
                      interval,
                      sum(inside),
                      shown.stream()
                          .map(
                              values ->
                                  sum(
                                      inside.stream()
                                          .filter(event -> values(query, event).equals(values))
                                          .toList()))
                          .toList(),
                      others ? Optional.of(sum(others(query, inside, shown))) : Optional.empty());
                })
            .toList());
  }

  private static boolean matches(SpendQuery query, Event event) {
    return !event.at().isBefore(query.intervals().getFirst().start())
        && event.at().isBefore(query.intervals().getLast().end())
        && query.filters().entrySet().stream()
            .allMatch(
                filter ->
                    filter.getValue().contains(event.values().getOrDefault(filter.getKey(), "")));
  }

  private static List<Event> others(
      SpendQuery query, List<Event> events, Collection<List<String>> shown) {
    return events.stream().filter(event -> !shown.contains(values(query, event))).toList();
  }

  private static List<String> values(SpendQuery query, Event event) {
    return query.groupBy().stream()
        .map(dimension -> event.values().getOrDefault(dimension, ""))
        .toList();
  }

  private static SpendTotals sum(List<Event> events) {
    Money cost = Money.ZERO;
    long[] counts = new long[5];
    for (Event event : events) {
      SpendTotals totals = event.totals();
      cost = cost.plus(totals.cost());
      counts[0] += totals.requests();
      counts[1] += totals.unpriced();
      counts[2] += totals.inputTokens();
      counts[3] += totals.cachedInputTokens();
      counts[4] += totals.outputTokens();
    }
    return new SpendTotals(cost, counts[0], counts[1], counts[2], counts[3], counts[4]);
  }
}
