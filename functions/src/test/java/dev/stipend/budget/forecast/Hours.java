package dev.stipend.budget.forecast;

import dev.stipend.money.Money;
import dev.stipend.time.Period;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/// Makes hours of spend by a rule, as if the database had told them.
final class Hours {
  private Hours() {}

  /// Spend from an instant to another, which may be within an hour.
  ///
  /// @param rate what a local hour costs, evenly
  static SpendHours between(
      Instant from, Instant until, ZoneId zone, ToDoubleFunction<ZonedDateTime> rate) {
    TreeMap<Instant, Money> hours = new TreeMap<>();
    Instant running = until.truncatedTo(ChronoUnit.HOURS);
    for (Instant hour = from; hour.isBefore(running); hour = hour.plusSeconds(3600)) {
      double cost = rate.applyAsDouble(hour.atZone(zone));
      if (cost > 0) {
        hours.put(hour, money(cost));
      }
    }
    double share = (until.getEpochSecond() - running.getEpochSecond()) / 3600.0;
    return new SpendHours(hours, money(share * rate.applyAsDouble(running.atZone(zone))));
  }

  /// What is seen of a period at an instant, if spend follows a rule from an instant before it.
  static Observation observe(
      Period period, ZoneId zone, Instant from, Instant now, ToDoubleFunction<ZonedDateTime> rate) {
    SpendHours all = between(from, now, zone, rate);
    Money spend =
        all.hours().tailMap(period.start(), true).values().stream()
            .reduce(all.running(), Money::plus);
    return new Observation(period, zone, now, spend, 1000, all);
  }

  static Money money(double amount) {
    return new Money(BigDecimal.valueOf(Math.round(amount * 1e6), 6));
  }
}
