package dev.stipend.budget.forecast;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;

/// How long nothing was spent, and how long that usually is at this time of the week: nights and
/// weekends are silent, and nobody wants an alert for that.
///
/// @param since the end of the last hour in which something was spent
/// @param length how long ago that is
/// @param usual how long ago it was at most at the same time of the last weeks, by the local
///     calendar; an hour at least
public record InactivityGap(Instant since, Duration length, Duration usual) {
  /// So many weeks back the same time is looked at.
  public static final int WEEKS = 4;

  /// Before so many weeks of history no silence is out of the usual.
  public static final int LEAST_WEEKS = 2;

  /// Spend is known by the hour.
  private static final Duration LEAST_USUAL = Duration.ofHours(1);

  /// Looks at the silence of now; empty while something is spent, or while too little is known.
  ///
  /// @param zone whose weeks are the same
  public static Optional<InactivityGap> find(SpendHours recent, ZoneId zone, Instant now) {
    return recent.running().isPositive() ? Optional.empty() : before(recent, zone, now);
  }

  /// Looks at the silence that there was just before an earlier instant.
  public static Optional<InactivityGap> before(SpendHours recent, ZoneId zone, Instant at) {
    Duration usual = LEAST_USUAL;
    int weeks = 0;
    for (int back = 1; back <= WEEKS; back++) {
      Instant then = at.atZone(zone).minusWeeks(back).toInstant();
      Optional<Duration> gap = lastSpend(recent, then).map(since -> gap(since, then));
      if (gap.isPresent()) {
        weeks++;
        usual = usual.compareTo(gap.get()) < 0 ? gap.get() : usual;
      }
    }
    Duration most = usual;
    return weeks < LEAST_WEEKS
        ? Optional.empty()
        : lastSpend(recent, at).map(since -> new InactivityGap(since, gap(since, at), most));
  }

  /// Whether it is as long as a percent of what is usual.
  public boolean reaches(BigDecimal percent) {
    return aboveLine(percent) >= 0;
  }

  /// Whether it had been as long as a percent of what is usual for a while.
  public boolean exceeds(BigDecimal percent) {
    return aboveLine(percent) > 0;
  }

  private int aboveLine(BigDecimal percent) {
    BigDecimal line = percent.multiply(BigDecimal.valueOf(usual.toSeconds()));
    return BigDecimal.valueOf(length.toSeconds()).movePointRight(2).compareTo(line);
  }

  private static Duration gap(Instant since, Instant at) {
    return since.isBefore(at) ? Duration.between(since, at) : Duration.ZERO;
  }

  /// The end of the last hour before an instant in which something was spent. Refunds are not.
  private static Optional<Instant> lastSpend(SpendHours recent, Instant at) {
    return recent.hours().headMap(at, false).descendingMap().entrySet().stream()
        .filter(hour -> hour.getValue().isPositive())
        .map(Map.Entry::getKey)
        .findFirst()
        .map(start -> start.plusSeconds(SpendHours.SECONDS));
  }
}
