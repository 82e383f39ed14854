package dev.stipend.report.spend;

import dev.stipend.platform.json.InvalidJsonException;
import dev.stipend.time.Period;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What is asked of the spend of a workspace.
///
/// @param intervals adjoining intervals, oldest first; together they are the range that is asked
///     for
/// @param groupBy up to three different dimensions to break the spend down by
/// @param filters for each dimension that matters the values of which a row must have one
/// @param limit how many groups to list; the rest is summed
/// @param after how many of the greatest groups to pass over, as they were on pages before
public record SpendQuery(
    List<Period> intervals,
    List<Dimension> groupBy,
    Map<Dimension, List<String>> filters,
    int limit,
    int after) {
  public static final int MOST_INTERVALS = 2_000;
  public static final int MOST_DIMENSIONS = 3;
  public static final int MOST_GROUPS = 200;
  public static final int USUAL_GROUPS = 10;

  /// Enough for the usual groups and the rest in the most intervals; well below the 6 MB that an
  /// answer may have.
  private static final int MOST_FIGURES = MOST_INTERVALS * (USUAL_GROUPS + 1);

  /// Three months of any calendar, and the hour that clocks may have gone back in them.
  private static final Duration LONGEST_OF_LEDGER = Duration.ofDays(93);

  /// @throws InvalidJsonException naming the field by which the answer would grow too large
  public SpendQuery {
    intervals = List.copyOf(intervals);
    groupBy = List.copyOf(groupBy);
    filters = Collections.unmodifiableMap(new LinkedHashMap<>(filters));
    if (intervals.size() > MOST_INTERVALS) {
      throw new InvalidJsonException(
          "interval",
          "makes more than %,d intervals of this range; ask for a longer interval or a shorter range"
              .formatted(MOST_INTERVALS));
    }
    int groups = mostGroups(intervals.size());
    if (!groupBy.isEmpty() && limit > groups) {
      throw new InvalidJsonException(
          "limit",
          "must be at most %d with the %,d intervals of this range; or ask for a longer interval"
              .formatted(groups, intervals.size()));
    }
    Period range = new Period(intervals.getFirst().start(), intervals.getLast().end());
    if (Duration.between(range.start(), range.end()).compareTo(LONGEST_OF_LEDGER) > 0) {
      requireRollup(intervals, groupBy, filters);
    }
  }

  private static void requireRollup(
      List<Period> intervals, List<Dimension> groupBy, Map<Dimension, List<String>> filters) {
    long days = LONGEST_OF_LEDGER.toDays();
    if (needsTags(groupBy, filters)) {
      throw new InvalidJsonException(
          "from", "must be at most %d days before to where tags are asked for".formatted(days));
    }
    if (cutsQuarters(intervals)) {
      throw new InvalidJsonException(
          "from",
          "must be at most %d days before to where intervals do not start on a quarter of an hour"
                  .formatted(days)
              + " of UTC, as in this time zone then");
    }
  }

  /// How many groups may be listed with so many intervals.
  static int mostGroups(int intervals) {
    return Math.min(MOST_GROUPS, MOST_FIGURES / Math.max(intervals, 1) - 1);
  }

  /// From the first interval's start to the last one's end.
  public Period range() {
    return new Period(intervals.getFirst().start(), intervals.getLast().end());
  }

  /// Whether only the ledger has the data.
  boolean needsLedger() {
    return needsTags(groupBy, filters) || cutsQuarters(intervals);
  }

  private static boolean needsTags(List<Dimension> groupBy, Map<Dimension, List<String>> filters) {
    return Stream.concat(groupBy.stream(), filters.keySet().stream())
        .anyMatch(Dimension.Tag.class::isInstance);
  }

  /// Whether two intervals meet within a quarter of an hour.
  private static boolean cutsQuarters(List<Period> intervals) {
    return intervals.stream()
        .skip(1)
        .anyMatch(interval -> !QuarterHours.startsAt(interval.start()));
  }
}
