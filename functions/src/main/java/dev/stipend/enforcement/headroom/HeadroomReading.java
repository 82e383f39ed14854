package dev.stipend.enforcement.headroom;

import dev.stipend.budget.UnverifiableBudget;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// The budgets that count some work, with what each leaves.
///
/// @param stamp of the workspace's budgets when they were read: as long as it stays, so do limits
///     and periods
/// @param from when they were read
/// @param until when the first of them changes by itself: a period begins or ends, an increase ends
/// @param budgets every active one that has a period now
/// @param unverifiable those with a hard limit of which nobody knows now what they leave
public record HeadroomReading(
    UUID stamp,
    Instant from,
    Instant until,
    List<Headroom> budgets,
    List<UnverifiableBudget> unverifiable) {
  public HeadroomReading {
    budgets = List.copyOf(budgets);
    unverifiable = List.copyOf(unverifiable);
  }

  /// The same budgets with other figures.
  public HeadroomReading after(List<Headroom> figures) {
    return new HeadroomReading(stamp, from, until, figures, unverifiable);
  }

  boolean holds(Instant now) {
    return !now.isBefore(from) && now.isBefore(until);
  }
}
