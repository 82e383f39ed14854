package dev.stipend.http.price;

import dev.stipend.budget.period.PeriodSpend;
import dev.stipend.http.ProblemException;
import dev.stipend.http.ProblemKind;
import dev.stipend.ingest.price.ModelName;
import dev.stipend.ingest.price.PriceWriter;
import dev.stipend.money.Money;
import dev.stipend.usecase.PreviewPrice;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// What adding a price would mean.
///
/// @param effectiveFrom from when it would hold
/// @param unchanged whether the same price is in force already
/// @param pricesEvents how many recorded events that wait for a price would have one
/// @param costedEvents for how many of them `cost` is known, 10,000 at most
/// @param cost what these would add
/// @param budgets the budgets whose spend would change by that, the most first, 100 at most
@Serdeable
record PricePreview(
    Instant effectiveFrom,
    boolean unchanged,
    long pricesEvents,
    long costedEvents,
    Money cost,
    List<Budget> budgets) {
  /// A budget whose spend would change.
  ///
  /// @param cost what would be added, over all its ids and periods
  @Serdeable
  record Budget(UUID budgetId, String budgetName, Money cost) {
    static Budget of(PeriodSpend.Rise rise) {
      return new Budget(rise.budget().id(), rise.budget().name(), rise.spend());
    }
  }

  /// @throws ProblemException if another price holds from exactly that instant
  static PricePreview of(PreviewPrice.Effect effect) {
    ModelName name = effect.price().name();
    if (effect.fate() == PriceWriter.Fate.TAKEN) {
      throw new ProblemException(
          ProblemKind.CONFLICT,
          name.provider() + "/" + name.model() + " " + PriceWriter.TAKEN_BECAUSE);
    }
    return new PricePreview(
        effect.price().effectiveFrom().orElseThrow(),
        effect.fate() == PriceWriter.Fate.UNCHANGED,
        effect.events(),
        effect.costed(),
        effect.cost(),
        effect.budgets().stream().map(Budget::of).toList());
  }
}
