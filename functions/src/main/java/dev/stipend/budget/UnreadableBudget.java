package dev.stipend.budget;

import dev.stipend.money.Money;
import dev.stipend.platform.isolation.WorkItem;
import java.time.Instant;
import java.util.UUID;

/// A budget that this release cannot read: its row has a time zone that the JDK does not know, or a
/// label of another release. It counts, alerts and admits nothing until it can be read again.
///
/// @param scope as stored, as are period, time zone, `onFailure` and status
/// @param limit without an increase
/// @param error why it cannot be read
public record UnreadableBudget(
    UUID workspaceId,
    UUID id,
    String name,
    String scope,
    String scopeId,
    Money limit,
    String period,
    String timeZone,
    boolean hardLimit,
    String onFailure,
    String status,
    int version,
    Instant createdAt,
    String error)
    implements StoredBudget {
  /// What to set aside of it.
  public WorkItem item() {
    return WorkItem.budget(workspaceId, id);
  }

  @Override
  public String toString() {
    return "budget %s (%s) cannot be read: %s".formatted(id, name, error);
  }
}
