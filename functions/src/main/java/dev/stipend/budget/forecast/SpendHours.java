package dev.stipend.budget.forecast;

import dev.stipend.money.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.TreeMap;

/// What was spent hour by hour until now.
///
/// @param hours spend of complete UTC hours by their start; what is missing is nothing spent
/// @param running spend of the hour that is not over yet
public record SpendHours(NavigableMap<Instant, Money> hours, Money running) {
  /// How far back hours are informative: before that, people worked differently.
  public static final Duration REACH = Duration.ofDays(56);

  /// Nothing is known.
  public static final SpendHours NONE = new SpendHours(new TreeMap<>(), Money.ZERO);

  static final long SECONDS = 3600;

  public SpendHours {
    hours = Collections.unmodifiableNavigableMap(new TreeMap<>(hours));
    for (Instant hour : hours.keySet()) {
      if (hour.getEpochSecond() % SECONDS != 0 || hour.getNano() != 0) {
        throw new IllegalArgumentException(hour + " is not the start of an hour");
      }
    }
  }

  /// The number of the UTC hour that contains an instant.
  static long number(Instant instant) {
    return Math.floorDiv(instant.getEpochSecond(), SECONDS);
  }

  static Instant start(long number) {
    return Instant.ofEpochSecond(number * SECONDS);
  }

  /// Hours as numbers, oldest first. Refunds that outweigh an hour's spend say nothing about the
  /// hours to come.
  ///
  /// @param from the number of the first hour
  /// @param until the number of the hour after the last
  double[] values(long from, long until) {
    double[] values = new double[(int) Math.max(0, until - from)];
    hours
        .subMap(start(from), start(Math.max(from, until)))
        .forEach(
            (hour, spend) ->
                values[(int) (number(hour) - from)] = Math.max(0, spend.amount().doubleValue()));
    return values;
  }
}
