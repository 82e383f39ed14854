package dev.stipend.http.reservation;

import dev.stipend.money.Money;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Why work is refused.
///
/// @param cost what it would cost at most
/// @param budgets every budget that counts it
record Refusal(Money cost, List<ConsideredBudget> budgets) {

  /// The budget that it names first: one that the work never fits, if there is one.
  public ConsideredBudget first() {
    List<ConsideredBudget> denying = budgets.stream().filter(ConsideredBudget::denies).toList();
    return denying.stream()
        .filter(budget -> budget.mayFitAt().isEmpty())
        .findFirst()
        .orElseGet(denying::getFirst);
  }

  /// From when the work may fit all of them; empty if never, as things stand.
  public Optional<Instant> mayFitAt() {
    return first().mayFitAt().isEmpty()
        ? Optional.empty()
        : budgets.stream().flatMap(budget -> budget.mayFitAt().stream()).max(Instant::compareTo);
  }

  public String fits() {
    return mayFitAt().isPresent() ? ConsideredBudget.LATER : ConsideredBudget.NEVER;
  }

  /// Why, and what may be done, in one paragraph.
  public String detail(String currency) {
    ConsideredBudget first = first();
    String budget = "Budget \"%s\" (%s)".formatted(first.budgetName(), first.subject());
    String standing =
        first.limitAmount().isPositive()
            ? "%s allows %s %s; %s is spent and %s held, which leaves %s. This may cost %s."
                .formatted(
                    budget,
                    first.limitAmount(),
                    currency,
                    first.currentSpend(),
                    first.held(),
                    first.headroom(),
                    cost)
            : "%s allows no spend: its limit is %s %s, and %s is spent. This may cost %s."
                .formatted(budget, first.limitAmount(), currency, first.currentSpend(), cost);
    return standing + " " + outlook(first) + owners(first);
  }

  private String outlook(ConsideredBudget first) {
    Optional<Instant> mayFitAt = mayFitAt();
    if (mayFitAt.isPresent()) {
      return "Headroom frees up at %s at the earliest.".formatted(mayFitAt.get());
    }
    return cost.compareTo(first.limitAmount()) > 0
        ? "It can never fit, because it is more than the whole limit: ask for less, or raise the"
            + " limit."
        : "It can never fit, because this budget never resets: ask for less, or raise the limit.";
  }

  private static String owners(ConsideredBudget first) {
    return first
        .channels()
        .filter(names -> !names.isEmpty())
        .map(names -> " Its alerts go to " + String.join(", ", names) + ".")
        .orElse("");
  }
}
