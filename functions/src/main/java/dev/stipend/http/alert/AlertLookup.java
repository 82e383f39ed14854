package dev.stipend.http.alert;

import dev.stipend.alert.AlertLog;
import dev.stipend.http.ApiRequest;
import dev.stipend.notification.delivery.DeliveryLog;
import dev.stipend.platform.json.ExactJson;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/// Finds the alert that a path names, and shows it with its deliveries.
@Singleton
final class AlertLookup {
  private final AlertLog alerts;
  private final DeliveryLog deliveries;

  AlertLookup(AlertLog alerts, DeliveryLog deliveries) {
    this.alerts = alerts;
    this.deliveries = deliveries;
  }

  AlertResponse find(ApiRequest request, String id) {
    return find(request, id, snapshot -> Optional.empty());
  }

  /// Shows what was told, too.
  AlertResponse findTold(ApiRequest request, String id) {
    return find(request, id, snapshot -> Optional.ofNullable(ExactJson.parse(snapshot)));
  }

  private AlertResponse find(
      ApiRequest request, String id, Function<String, Optional<Object>> snapshot) {
    AlertLog.Detail found = request.find("alert", id, alerts::find);
    UUID alert = found.alert().id();
    return AlertResponse.of(
        found.alert(),
        deliveries.of(request.workspaceId(), List.of(alert)).getOrDefault(alert, List.of()),
        snapshot.apply(found.snapshot()));
  }
}
