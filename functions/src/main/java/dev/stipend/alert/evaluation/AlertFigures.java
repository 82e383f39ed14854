package dev.stipend.alert.evaluation;

import dev.stipend.budget.forecast.Outlook;
import dev.stipend.budget.insight.Contributor;
import dev.stipend.budget.insight.Refund;
import dev.stipend.budget.insight.SpendPoint;
import dev.stipend.budget.period.PeriodKey;
import dev.stipend.money.Money;
import dev.stipend.tenant.Workspace;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// What messages about counters say beyond the budget and the counter. Reading it takes its time,
/// so it is read while nobody's row is locked.
///
/// @param workspaces by id
/// @param contributors what the spend is made of
/// @param burnDowns how it has come so far
/// @param outlooks how it goes on
/// @param expiredHolds what expired reservations still take
/// @param refunds the latest refund, where spend has fallen
public record AlertFigures(
    Map<UUID, Workspace> workspaces,
    Map<PeriodKey, List<Contributor>> contributors,
    Map<PeriodKey, List<SpendPoint>> burnDowns,
    Map<PeriodKey, Outlook> outlooks,
    Map<PeriodKey, Money> expiredHolds,
    Map<PeriodKey, Refund> refunds) {
  /// Of no counter.
  public static final AlertFigures NONE =
      new AlertFigures(Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of());

  /// Whether they were read for a counter.
  boolean knows(PeriodKey counter) {
    return contributors.containsKey(counter);
  }

  /// These and others.
  AlertFigures with(AlertFigures other) {
    return new AlertFigures(
        both(workspaces, other.workspaces),
        both(contributors, other.contributors),
        both(burnDowns, other.burnDowns),
        both(outlooks, other.outlooks),
        both(expiredHolds, other.expiredHolds),
        both(refunds, other.refunds));
  }

  private static <K, V> Map<K, V> both(Map<K, V> one, Map<K, V> other) {
    Map<K, V> both = new HashMap<>(one);
    both.putAll(other);
    return both;
  }
}
