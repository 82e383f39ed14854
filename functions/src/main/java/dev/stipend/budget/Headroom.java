package dev.stipend.budget;

import dev.stipend.money.Money;
import dev.stipend.time.Period;
import java.util.UUID;

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

  /// By how much more was spent and is held than the limit allows.
  public Money overshoot() {
    Money left = amount();
    return left.isNegative() ? Money.ZERO.minus(left) : Money.ZERO;
  }
}
