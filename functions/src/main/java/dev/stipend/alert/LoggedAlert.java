package dev.stipend.alert;

import dev.stipend.budget.CounterKey;
import dev.stipend.money.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// An alert as evaluation sees it.
///
/// @param id its identity within the workspace
/// @param counter what it is about
/// @param type see {@link AlertType}
/// @param threshold the line in percent, with three decimals
/// @param state where it is in its life
/// @param raisedAt when it opened
/// @param spend the spend at which it did, or at which it came to speak for itself
/// @param resolvedAt when it stopped being open
/// @param toldAt since when people are told of it itself, silences aside; empty while another one
///     speaks for it, or has done so wherever it would be told
/// @param hush what people said when they acknowledged or snoozed it
public record LoggedAlert(
    UUID id,
    CounterKey counter,
    AlertType type,
    BigDecimal threshold,
    AlertState state,
    Instant raisedAt,
    Money spend,
    Optional<Instant> resolvedAt,
    Optional<Instant> toldAt,
    Optional<Hush> hush) {
  boolean isOpen() {
    return resolvedAt.isEmpty();
  }

  /// When people were first to be told of it, or when it was raised where they were not yet.
  Instant spokeAt() {
    return toldAt.orElse(raisedAt);
  }

  /// Whether it is about a higher line of the same matter.
  boolean isAbove(LoggedAlert lower) {
    return type.isOfSameMatter(lower.type) && threshold.compareTo(lower.threshold) > 0;
  }

  /// Whether it was open for a while in which a lower one was open too: who was told of this one
  /// knows more than the lower one says.
  boolean hasSpokenFor(LoggedAlert lower) {
    return isAbove(lower)
        && (!raisedAt.isBefore(lower.raisedAt)
            || resolvedAt.filter(over -> !over.isAfter(lower.raisedAt)).isEmpty());
  }
}
