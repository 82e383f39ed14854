package dev.stipend.alert;

import dev.stipend.budget.CounterKey;
import dev.stipend.money.Money;
import dev.stipend.time.Period;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// An alert as a list shows it.
///
/// @param spend the spend at which it was raised, or at which it came to speak for itself
/// @param limit the limit then in force
/// @param reason why it was raised
/// @param resolvedReason why it stopped being open
/// @param acknowledgedBy who has seen it
/// @param snoozedUntil until when nothing is told of it
public record AlertRecord(
    UUID id,
    UUID budgetId,
    String subject,
    Period period,
    AlertType type,
    BigDecimal threshold,
    String severity,
    AlertState state,
    String reason,
    Money spend,
    Money limit,
    Instant raisedAt,
    Optional<Instant> resolvedAt,
    Optional<String> resolvedReason,
    Optional<Instant> acknowledgedAt,
    Optional<String> acknowledgedBy,
    Optional<Instant> snoozedUntil) {
  /// The same as evaluation sees it.
  public LoggedAlert loggedOf(CounterKey counter) {
    return new LoggedAlert(
        id,
        counter,
        type,
        threshold,
        state,
        raisedAt,
        spend,
        resolvedAt,
        Optional.empty(),
        Optional.empty());
  }
}
