package dev.stipend.budget.forecast;

import dev.stipend.money.Money;
import dev.stipend.time.Period;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// How spend goes on from now.
///
/// With less than a day of history it goes on as it did so far (the plain run-rate). With more, an
/// hour costs what its place in the local week usually does, times the level of late with its
/// trend; the next few hours go on like the last few.
public final class Outlook {
  private static final int SIGNIFICANT = 6;
  private static final int CENTS = 2;
  private static final int SHARE_DECIMALS = 4;
  private static final BigDecimal MOST =
      BigDecimal.TEN.pow(Money.SUM_INTEGER_DIGITS).subtract(BigDecimal.ONE);

  private final Observation seen;
  private final ExpectedPath path;
  private final Spread spread;
  private final int days;

  private Outlook(Observation seen, ExpectedPath path, Spread spread, int days) {
    this.seen = seen;
    this.path = path;
    this.spread = spread;
    this.days = days;
  }

  public static Outlook of(Observation seen) {
    ObservedFigures known = new ObservedFigures(seen);
    Profile profile =
        known.hasHistory()
            ? Profile.of(known.values(), known.until(), seen.zone())
            : Profile.flat(seen.zone());
    Level level = level(known, profile);
    return new Outlook(
        seen,
        new ExpectedPath(seen.now(), profile, level),
        Spread.of(level, known.days(), seen.requests()),
        known.days());
  }

  private static Level level(ObservedFigures known, Profile profile) {
    if (!known.hasHistory()) {
      return Level.runRate(known.runRate());
    }
    return known.days() > 0 ? Level.of(known, profile) : Level.flat(known, profile);
  }

  /// Spend at the period's end; empty for a period that has none.
  public Optional<Forecast> forecast() {
    Instant end = seen.period().end();
    if (end.equals(Period.FOREVER)) {
      return Optional.empty();
    }
    double more = path.until(end);
    double factor = spread.factor(ExpectedPath.hours(seen.now(), end));
    return Optional.of(
        new Forecast(plus(more), plus(more / factor), plus(more * factor), evidence()));
  }

  /// When the limit will be reached; empty if not in this period, or if it is reached already.
  public Optional<Instant> runsOutAt(Money limit) {
    double left = limit.minus(seen.spend()).amount().doubleValue();
    return left <= 0
        ? Optional.empty()
        : path.reaches(left, seen.period().end()).filter(Period.FOREVER::isAfter);
  }

  /// What all of it rests on.
  public Evidence evidence() {
    return new Evidence(shareElapsed(), seen.requests(), days);
  }

  private Optional<BigDecimal> shareElapsed() {
    Period period = seen.period();
    if (period.end().equals(Period.FOREVER)) {
      return Optional.empty();
    }
    return Optional.of(
        seconds(period.start(), seen.now())
            .divide(seconds(period.start(), period.end()), SHARE_DECIMALS, RoundingMode.FLOOR));
  }

  private static BigDecimal seconds(Instant from, Instant until) {
    return BigDecimal.valueOf(Duration.between(from, until).toSeconds());
  }

  /// An estimate is shown with six digits, or to the cent where that is more.
  private Money plus(double more) {
    BigDecimal sum = seen.spend().amount().add(new BigDecimal(more)).min(MOST);
    BigDecimal rounded = sum.round(new MathContext(SIGNIFICANT, RoundingMode.HALF_UP));
    int scale = Math.clamp(rounded.scale(), CENTS, Money.DECIMALS);
    BigDecimal told = sum.setScale(scale, RoundingMode.HALF_UP);
    return new Money(told.max(seen.spend().amount()));
  }
}
