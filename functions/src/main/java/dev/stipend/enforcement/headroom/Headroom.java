package dev.stipend.enforcement.headroom;

import dev.stipend.money.Money;
import dev.stipend.time.Period;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/// What one subject of a budget may still spend in its current period.
///
/// @param budgetId the budget
/// @param budgetName its name for people
/// @param subject the scope id that the work counts for
/// @param period the current period
/// @param limit the limit in force
/// @param spend what is recorded in the period
/// @param held what reservations hold that have not expired
/// @param expired what reservations still hold that have, and that is free as soon as somebody
///     takes it
/// @param hardLimit whether the budget refuses what would break its limit
public record Headroom(
    UUID budgetId,
    String budgetName,
    String subject,
    Period period,
    Money limit,
    Money spend,
    Money held,
    Money expired,
    boolean hardLimit) {

  /// The same budget with other figures.
  ///
  /// @param heldNow with what has expired
  public Headroom after(Money spendNow, Money heldNow, Money expiredNow) {
    return new Headroom(
        budgetId,
        budgetName,
        subject,
        period,
        limit,
        spendNow,
        heldNow.minus(expiredNow),
        expiredNow,
        hardLimit);
  }

  /// What is left: negative when more was spent than allowed.
  public Money amount() {
    return limit.minus(spend).minus(held);
  }

  /// Whether the budget refuses work of this cost: exactly the headroom is not too much.
  public boolean denies(Money cost) {
    return hardLimit && cost.compareTo(amount()) > 0;
  }

  /// Whether it would only be refused because of holds that have expired and were not taken off.
  public boolean needsExpiry(Money cost) {
    return hardLimit && !denies(cost) && cost.compareTo(amount().minus(expired)) > 0;
  }

  /// From when work of this cost may fit that is refused now; empty if never, as things stand: it
  /// costs more than the whole limit, or than what a period without end has left.
  ///
  /// @param nextExpiry when the next hold ends by itself
  public Optional<Instant> mayFitAt(Money cost, Optional<Instant> nextExpiry) {
    if (cost.compareTo(limit) > 0) {
      return Optional.empty();
    }
    Optional<Instant> end = Optional.of(period.end()).filter(Period.FOREVER::isAfter);
    boolean holdsAreInTheWay = cost.compareTo(limit.minus(spend)) <= 0;
    return Stream.concat(end.stream(), nextExpiry.stream().filter(at -> holdsAreInTheWay))
        .min(Instant::compareTo);
  }
}
