package dev.stipend.budget.forecast;

import dev.stipend.money.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// Spend of an hour that is far above what the same hour usually has.
///
/// What is usual is the median of the same local hour over the last weeks: of all days, and where
/// there are enough weeks of the same weekday too; spend has to be unusual for both. How far above
/// is far, their median absolute deviation says. Both are moved by half of the days only, so past
/// anomalies hide no new one.
///
/// @param hour the start of the last complete hour
/// @param spend what it cost
/// @param median what is usual
/// @param deviation the median absolute deviation from it
/// @param threshold what spend was above
/// @param ratio spend by the median; empty where usually nothing is spent
public record UnusualActivity(
    Instant hour,
    Money spend,
    Money median,
    Money deviation,
    Money threshold,
    Optional<BigDecimal> ratio) {
  /// No hour below it is unusual, in the currency of the workspace: it would not be worth a look.
  public static final Money LEAST_SPEND = new Money(BigDecimal.ONE);

  /// An hour is usual up to so many times the median.
  public static final BigDecimal LEAST_RATIO = new BigDecimal("3");

  /// An hour is usual up to so many median absolute deviations above the median.
  public static final BigDecimal DEVIATIONS = new BigDecimal("9");

  /// Before so many days of history nothing is unusual.
  public static final int LEAST_DAYS = 7;

  /// So many weeks make a weekday known by itself.
  public static final int WEEKS_FOR_WEEKDAYS = 4;

  /// So many average hours are usual at any time: one request at night is no finding.
  public static final BigDecimal LEAST_AVERAGE_HOURS = new BigDecimal("2");

  /// When the hour was over.
  public Instant end() {
    return hour.plusSeconds(SpendHours.SECONDS);
  }

  /// Looks at the last complete hour before an instant.
  ///
  /// @param zone whose hours and weekdays are the same
  public static Optional<UnusualActivity> find(SpendHours recent, ZoneId zone, Instant now) {
    Instant hour = SpendHours.start(SpendHours.number(now) - 1);
    Money spend = recent.hours().getOrDefault(hour, Money.ZERO);
    Optional<Instant> first =
        recent.hours().tailMap(now.minus(SpendHours.REACH), true).entrySet().stream()
            .filter(known -> known.getValue().isPositive())
            .map(known -> known.getKey())
            .findFirst();
    if (spend.compareTo(LEAST_SPEND) < 0
        || first.isEmpty()
        || first.get().isAfter(hour.minusSeconds(LEAST_DAYS * Profile.DAY * SpendHours.SECONDS))) {
      return Optional.empty();
    }
    ZonedDateTime local = hour.atZone(zone);
    Money floor = floor(recent, first.get(), hour);
    UnusualActivity days = compare(hour, spend, before(recent, local, first.get(), 1), floor);
    List<Money> alike = before(recent, local, first.get(), 7);
    UnusualActivity found =
        alike.size() < WEEKS_FOR_WEEKDAYS ? days : higher(days, compare(hour, spend, alike, floor));
    return spend.compareTo(found.threshold) > 0 ? Optional.of(found) : Optional.empty();
  }

  private static UnusualActivity higher(UnusualActivity one, UnusualActivity other) {
    return one.threshold.compareTo(other.threshold) >= 0 ? one : other;
  }

  private static Money floor(SpendHours recent, Instant first, Instant hour) {
    Money sum =
        recent.hours().subMap(first, hour).values().stream().reduce(Money.ZERO, Money::plus);
    long hours = SpendHours.number(hour) - SpendHours.number(first);
    Money average = rounded(sum.amount().divide(BigDecimal.valueOf(hours), RoundingMode.HALF_UP));
    Money several = rounded(average.amount().multiply(LEAST_AVERAGE_HOURS));
    return several.compareTo(LEAST_SPEND) > 0 ? several : LEAST_SPEND;
  }

  private static UnusualActivity compare(
      Instant hour, Money spend, List<Money> usual, Money floor) {
    Money median = median(usual);
    Money deviation =
        median(usual.stream().map(each -> new Money(each.minus(median).amount().abs())).toList());
    return new UnusualActivity(
        hour, spend, median, deviation, threshold(median, deviation, floor), ratio(spend, median));
  }

  /// Days are counted back by the local calendar, so that the hour is the same through changes of
  /// offset.
  private static List<Money> before(
      SpendHours recent, ZonedDateTime hour, Instant first, int step) {
    List<Money> spent = new ArrayList<>();
    for (int back = step; back <= SpendHours.REACH.toDays(); back += step) {
      Instant start = SpendHours.start(SpendHours.number(hour.minusDays(back).toInstant()));
      if (!start.isBefore(first)) {
        spent.add(recent.hours().getOrDefault(start, Money.ZERO));
      }
    }
    return spent;
  }

  private static Money median(List<Money> amounts) {
    List<Money> sorted = new ArrayList<>(amounts);
    Collections.sort(sorted);
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : rounded(
            sorted
                .get(middle - 1)
                .plus(sorted.get(middle))
                .amount()
                .divide(BigDecimal.TWO, RoundingMode.HALF_UP));
  }

  private static Money threshold(Money median, Money deviation, Money floor) {
    BigDecimal byDeviation = median.amount().add(deviation.amount().multiply(DEVIATIONS));
    BigDecimal byRatio = median.amount().multiply(LEAST_RATIO);
    return rounded(byDeviation.max(byRatio).max(floor.amount()));
  }

  private static Optional<BigDecimal> ratio(Money spend, Money median) {
    return median.isPositive()
        ? Optional.of(spend.amount().divide(median.amount(), 1, RoundingMode.HALF_UP))
        : Optional.empty();
  }

  private static Money rounded(BigDecimal amount) {
    return new Money(amount.setScale(Money.DECIMALS, RoundingMode.HALF_UP));
  }
}
