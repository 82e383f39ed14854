package dev.stipend.alert;

import dev.stipend.budget.period.PeriodKey;
import dev.stipend.money.Money;
import dev.stipend.platform.wording.Reason;
import dev.stipend.time.Period;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// An alert as a list shows it.
///
/// @param spend the spend at which it was raised
/// @param limit the limit then in force
/// @param reason why it was raised, in English
/// @param why the same as a code with parameters; absent in alerts of older releases
/// @param resolvedReason why it stopped being open, in English
/// @param resolvedWhy the same as a code with parameters
/// @param heldUntil until when it is held back because its key opened too often
/// @param acknowledgedBy who has seen it
/// @param snoozedUntil until when nobody is notified of it
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
    Optional<Reason> why,
    Money spend,
    Money limit,
    Instant raisedAt,
    Optional<Instant> resolvedAt,
    Optional<String> resolvedReason,
    Optional<Reason> resolvedWhy,
    Optional<Instant> heldUntil,
    Optional<Instant> acknowledgedAt,
    Optional<String> acknowledgedBy,
    Optional<Instant> snoozedUntil) {
  /// The same as evaluation sees it.
  public LoggedAlert loggedOf(PeriodKey counter) {
    return new LoggedAlert(
        id,
        counter,
        type,
        threshold,
        state,
        raisedAt,
        spend,
        resolvedAt,
        heldUntil,
        false,
        Optional.empty());
  }
}
