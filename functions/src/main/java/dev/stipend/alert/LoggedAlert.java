package dev.stipend.alert;

import dev.stipend.budget.period.PeriodKey;
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
/// @param threshold in percent of the limit, with three decimals
/// @param state where it is in its life
/// @param raisedAt when it opened
/// @param spend the spend at which it did
/// @param resolvedAt when it stopped being open
/// @param heldUntil until when it is, or was, held back because its key had opened too often; empty
///     once it is sent all the same
/// @param isUnannounced whether the release before this one logged it and notified nobody
/// @param suppression what people said when they acknowledged or snoozed it
public record LoggedAlert(
    UUID id,
    PeriodKey counter,
    AlertType type,
    BigDecimal threshold,
    AlertState state,
    Instant raisedAt,
    Money spend,
    Optional<Instant> resolvedAt,
    Optional<Instant> heldUntil,
    boolean isUnannounced,
    Optional<Suppression> suppression) {
  public boolean isOpen() {
    return resolvedAt.isEmpty();
  }

  /// Whether it opened and closed while it was held back, so that nobody was notified.
  public boolean wasMissed() {
    return heldUntil.isPresent() && state == AlertState.RESOLVED;
  }

  /// When people were last notified of it; never of one that is held back.
  public Instant lastNews() {
    return state == AlertState.RESOLVED ? resolvedAt.orElse(raisedAt) : raisedAt;
  }
}
