package dev.stipend.alert;

import dev.stipend.budget.Budget;
import dev.stipend.budget.Counter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// An alert about to be written.
///
/// @param state open, inhibited or superseded
/// @param snapshot what a message would say
record AlertRow(
    UUID id,
    Budget budget,
    Counter counter,
    AlertLine line,
    AlertState state,
    String reason,
    AlertSnapshot snapshot) {

  /// When to tell of it again, if its line asks for that and people are told of it at all.
  Optional<Instant> firstReminder(Instant now) {
    return state == AlertState.OPEN ? line.remindEvery().map(now::plus) : Optional.empty();
  }

  /// Since when people are told of it itself, if it is raised now.
  Optional<Instant> toldAt(Instant now) {
    return state == AlertState.OPEN ? Optional.of(now) : Optional.empty();
  }

  /// The identity of the n-th opening of a key: whoever evaluates it, it is the same alert.
  static UUID idOf(Counter counter, AlertLine line, long opening) {
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
