package dev.stipend.alert;

import dev.stipend.budget.Budget;
import dev.stipend.budget.period.BudgetPeriod;
import dev.stipend.platform.wording.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// An alert about to be written.
///
/// @param reason why it is raised
/// @param heldUntil until when it is held back
/// @param snapshot what a message would say
record AlertRow(
    UUID id,
    Budget budget,
    BudgetPeriod counter,
    AlertThreshold line,
    Reason reason,
    Optional<Instant> heldUntil,
    AlertSnapshot snapshot) {

  /// When to notify of it again, if its threshold asks for that.
  Optional<Instant> firstReminder(Instant now) {
    return line.remindEvery().map(now::plus);
  }

  /// The identity of the n-th opening of a key, the same for every evaluation.
  static UUID idOf(BudgetPeriod counter, AlertThreshold line, long opening) {
    String key =
        String.join(
            "\n",
            counter.key().workspaceId().toString(),
            counter.key().budgetId().toString(),
            counter.key().subject(),
            counter.key().periodStart().toString(),
            line.type().name(),
            line.shown(),
            Long.toString(opening));
    return UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8));
  }
}
