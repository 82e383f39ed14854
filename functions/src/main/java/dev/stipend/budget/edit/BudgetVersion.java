package dev.stipend.budget.edit;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/// A version in the history of a budget.
///
/// @param version its number, from 1
/// @param actor who made it
/// @param at when
/// @param before what could be edited, as the API names it, before; absent for the first version
/// @param after the same after
public record BudgetVersion(
    int version,
    String actor,
    Instant at,
    Optional<Map<String, Object>> before,
    Map<String, Object> after) {
  /// The names of what it changed; none for the first version.
  public List<String> changed() {
    return before.map(this::changedSince).orElse(List.of());
  }

  private List<String> changedSince(Map<String, Object> old) {
    TreeSet<String> names = new TreeSet<>(old.keySet());
    names.addAll(after.keySet());
    return names.stream().filter(name -> !Objects.equals(old.get(name), after.get(name))).toList();
  }
}
