package dev.stipend.api;

import dev.stipend.alert.AlertRecord;
import dev.stipend.budget.Threshold;
import dev.stipend.json.Labels;
import dev.stipend.money.Money;
import dev.stipend.notify.DeliveryRecord;
import io.micronaut.serde.annotation.Serdeable;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// An alert as the API shows it.
///
/// @param spend the spend at which it was raised, or at which a higher line spoke for it no more
/// @param limitAmount the limit then in force
/// @param acknowledgedBy who has seen it
/// @param snoozedUntil until when nothing is told of it
/// @param deliveries who was told, and how that went
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
    Money spend,
    Money limitAmount,
    Instant raisedAt,
    Optional<Instant> resolvedAt,
    Optional<String> resolvedReason,
    Optional<Instant> acknowledgedAt,
    Optional<String> acknowledgedBy,
    Optional<Instant> snoozedUntil,
    List<DeliveryRecord> deliveries,
    Optional<Object> snapshot) {
  static AlertResponse of(
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
        alert.spend(),
        alert.limit(),
        alert.raisedAt(),
        alert.resolvedAt(),
        alert.resolvedReason(),
        alert.acknowledgedAt(),
        alert.acknowledgedBy(),
        alert.snoozedUntil(),
        deliveries,
        snapshot);
  }
}
