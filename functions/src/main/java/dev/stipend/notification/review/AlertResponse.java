package dev.stipend.notification.review;

import dev.stipend.alert.AlertRecord;
import dev.stipend.budget.Threshold;
import dev.stipend.money.Money;
import dev.stipend.notification.delivery.DeliveryRecord;
import dev.stipend.platform.json.Labels;
import dev.stipend.platform.wording.Reason;
import io.micronaut.serde.annotation.Serdeable;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// An alert as the API shows it.
///
/// @param reason why it was raised, in English
/// @param reasonCode the same as a code; absent for alerts of older releases
/// @param parameters what the code compares: exact amounts, percents and times, by name
/// @param spend the spend at which it was raised
/// @param resolvedReason why it stopped being open, in English
/// @param resolvedReasonCode the same as a code
/// @param resolvedParameters what that code compares
/// @param heldUntil until when it is held back, because its threshold was crossed too often lately;
///     it is sent then if it still holds
/// @param limitAmount the limit then in force
/// @param acknowledgedBy who has seen it
/// @param snoozedUntil until when nobody is notified of it
/// @param deliveries who was notified, and how that went
/// @param snapshot what was said when it was raised; only for one alert, not in lists
@Serdeable
public record AlertResponse(
    UUID id,
    UUID budgetId,
    String subject,
    Instant periodStart,
    Instant periodEnd,
    String type,
    BigDecimal threshold,
    String severity,
    String state,
    String reason,
    Optional<String> reasonCode,
    Optional<Map<String, String>> parameters,
    Money spend,
    Money limitAmount,
    Instant raisedAt,
    Optional<Instant> resolvedAt,
    Optional<String> resolvedReason,
    Optional<String> resolvedReasonCode,
    Optional<Map<String, String>> resolvedParameters,
    Optional<Instant> heldUntil,
    Optional<Instant> acknowledgedAt,
    Optional<String> acknowledgedBy,
    Optional<Instant> snoozedUntil,
    List<DeliveryRecord> deliveries,
    Optional<Object> snapshot) {
  public static AlertResponse of(
      AlertRecord alert, List<DeliveryRecord> deliveries, Optional<Object> snapshot) {
    return new AlertResponse(
        alert.id(),
        alert.budgetId(),
        alert.subject(),
        alert.period().start(),
        alert.period().end(),
        alert.type().name(),
        Threshold.plain(alert.threshold()),
        alert.severity(),
        Labels.of(alert.state()),
        alert.reason(),
        alert.why().map(reason -> Labels.of(reason.code())),
        alert.why().map(Reason::parameters),
        alert.spend(),
        alert.limit(),
        alert.raisedAt(),
        alert.resolvedAt(),
        alert.resolvedReason(),
        alert.resolvedWhy().map(reason -> Labels.of(reason.code())),
        alert.resolvedWhy().map(Reason::parameters),
        alert.heldUntil(),
        alert.acknowledgedAt(),
        alert.acknowledgedBy(),
        alert.snoozedUntil(),
        deliveries,
        snapshot);
  }
}
