package dev.stipend.alert.evaluation;

import dev.stipend.alert.AlertNotice;
import dev.stipend.alert.AlertNotice.Purpose;
import dev.stipend.budget.Budget;
import dev.stipend.budget.BudgetStatus;
import dev.stipend.budget.period.BudgetPeriod;
import dev.stipend.money.Money;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What an evaluation came to. Published as an application event after its commit.
///
/// @param raised alerts that people are to be notified of
/// @param lag the longest that a change has waited for this evaluation; empty if nothing had
///     changed
/// @param overshoot the farthest that the spend of a hard limit is above it, in percent of the
///     limit; empty if none is above
public record PeriodsEvaluated(int raised, Optional<Duration> lag, Optional<BigDecimal> overshoot) {
  private static final BigDecimal WHOLE = BigDecimal.valueOf(100);

  /// @param changed counters that were evaluated because they had changed, or their period ended
  /// @param notices what people are notified of
  static PeriodsEvaluated of(
      List<EvaluationInput> changed, List<AlertNotice> notices, Instant now) {
    return new PeriodsEvaluated(
        (int)
            notices.stream()
                .filter(
                    notice -> notice.purpose() == Purpose.RAISED && notice.suppression().isEmpty())
                .count(),
        changed.stream()
            .filter(one -> one.counter().dirty())
            .map(one -> lag(one, now))
            .max(Comparator.naturalOrder()),
        changed.stream().flatMap(one -> overshoot(one, now)).max(Comparator.naturalOrder()));
  }

  /// Counters of which nothing was decided.
  ///
  /// @param changedAt the earliest change among them
  public static PeriodsEvaluated uneventful(Optional<Instant> changedAt, Instant now) {
    return new PeriodsEvaluated(0, changedAt.map(at -> lag(at, now)), Optional.empty());
  }

  /// Counters change by their spend, and by an edit of their budget.
  private static Duration lag(EvaluationInput one, Instant now) {
    Instant spent = one.counter().dataAsOf();
    Instant edited = one.budget().updatedAt();
    return lag(spent.isAfter(edited) ? spent : edited, now);
  }

  private static Duration lag(Instant changedAt, Instant now) {
    Duration lag = Duration.between(changedAt, now);
    return lag.isNegative() ? Duration.ZERO : lag;
  }

  private static Stream<BigDecimal> overshoot(EvaluationInput one, Instant now) {
    Budget budget = one.budget();
    BudgetPeriod counter = one.counter();
    Money limit = counter.limitOf(budget, now);
    boolean isAbove =
        budget.hardLimit()
            && budget.status() == BudgetStatus.ACTIVE
            && limit.isPositive()
            && counter.period().contains(now)
            && counter.spend().compareTo(limit) > 0;
    return isAbove ? Stream.of(counter.spend().percentOf(limit).subtract(WHOLE)) : Stream.empty();
  }
}
