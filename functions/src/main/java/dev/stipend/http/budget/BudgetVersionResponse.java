package dev.stipend.http.budget;

import dev.stipend.budget.edit.BudgetVersion;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A version of a budget as the API shows it.
///
/// @param actor who made it
/// @param before what can be edited, before; absent for the first version
/// @param after the same after
/// @param changed the names of what it changed
@Serdeable
public record BudgetVersionResponse(
    int version,
    String actor,
    Instant at,
    Optional<Map<String, Object>> before,
    Map<String, Object> after,
    List<String> changed) {
  static BudgetVersionResponse of(BudgetVersion version) {
    return new BudgetVersionResponse(
        version.version(),
        version.actor(),
        version.at(),
        version.before(),
        version.after(),
        version.changed());
  }
}
