package dev.stipend.notification.review;

import dev.stipend.alert.AlertNotice.Purpose;
import dev.stipend.alert.AlertRecord;
import dev.stipend.alert.evaluation.ThresholdStatus;
import dev.stipend.budget.Budget;
import dev.stipend.budget.period.BudgetPeriod;
import dev.stipend.notification.delivery.DeliveryRecord;
import dev.stipend.platform.json.Labels;
import dev.stipend.time.Period;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Why a budget's alerts did or did not go out in the current period.
///
/// @param counter where its subject stands
/// @param lines each threshold, and why it has an alert or not
/// @param alerts every alert of the period, oldest first
/// @param deliveries of those alerts, by the alert's id
public record Explanation(
    Budget budget,
    BudgetPeriod counter,
    List<ThresholdStatus> lines,
    List<AlertRecord> alerts,
    Map<UUID, List<DeliveryRecord>> deliveries) {
  /// The delivery that is told first, where a threshold has an open alert of which nobody is
  /// notified.
  public Optional<DeliveryRecord> suppressed(ThresholdStatus line) {
    List<DeliveryRecord> raised =
        alerts.stream()
            .filter(alert -> alert.resolvedAt().isEmpty())
            .filter(alert -> alert.type() == line.line().type())
            .filter(alert -> alert.threshold().compareTo(line.line().percent()) == 0)
            .flatMap(alert -> deliveries.getOrDefault(alert.id(), List.of()).stream())
            .filter(delivery -> delivery.purpose().equals(Labels.of(Purpose.RAISED)))
            .toList();
    return raised.stream().allMatch(delivery -> delivery.suppressedBy().isPresent())
        ? raised.stream()
            .min(
                Comparator.comparing(delivery -> delivery.suppressedUntil().orElse(Period.FOREVER)))
        : Optional.empty();
  }

  /// The alerts with what became of their deliveries.
  public List<AlertResponse> told() {
    return alerts.stream()
        .map(
            alert ->
                AlertResponse.of(
                    alert, deliveries.getOrDefault(alert.id(), List.of()), Optional.empty()))
        .toList();
  }
}
