package dev.stipend.budget;

import dev.stipend.money.Money;
import dev.stipend.time.Cadence;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// A limit on the spend of a scope, per period.
///
/// @param workspaceId the tenant
/// @param id its identity within the tenant
/// @param name its name for people
/// @param scope what it limits
/// @param scopeId which one; {@link Scope#EACH} for each
/// @param limit the most that should be spent in a period
/// @param cadence its periods
/// @param thresholds lines that raise alerts, lowest percent first
/// @param hardLimit whether work that would break the limit is refused
/// @param onFailure what a hard limit does when it cannot be verified
/// @param status whether it watches
/// @param version counts its edits, from 1
/// @param countsFrom events before this instant are not counted
/// @param createdAt when it was created
public record Budget(
    UUID workspaceId,
    UUID id,
    String name,
    Scope scope,
    String scopeId,
    Money limit,
    Cadence cadence,
    List<Threshold> thresholds,
    boolean hardLimit,
    OnFailure onFailure,
    BudgetStatus status,
    int version,
    Instant countsFrom,
    Instant createdAt) {
  public Budget {
    thresholds = List.copyOf(thresholds);
  }

  /// Whether every id of the scope has a counter of its own. A label's key holds no `=`, so its
  /// value starts after the first one.
  public boolean isEach() {
    String id = scope == Scope.TAG ? scopeId.substring(scopeId.indexOf('=') + 1) : scopeId;
    return id.equals(Scope.EACH);
  }
}
