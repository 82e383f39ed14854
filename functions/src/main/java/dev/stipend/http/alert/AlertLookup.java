package dev.stipend.http.alert;

import dev.stipend.alert.AlertLog;
import dev.stipend.http.Ids;
import dev.stipend.http.ProblemException;
import dev.stipend.notification.delivery.DeliveryLog;
import dev.stipend.platform.json.ExactJson;
import dev.stipend.tenant.Caller;
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

  AlertResponse find(Caller caller, String id) {
    return find(caller, id, snapshot -> Optional.empty());
  }

  /// Shows what was told, too.
  AlertResponse findTold(Caller caller, String id) {
    return find(caller, id, snapshot -> Optional.ofNullable(ExactJson.parse(snapshot)));
  }

  private AlertResponse find(
      Caller caller, String id, Function<String, Optional<Object>> snapshot) {
    UUID workspace = caller.workspace().id();
    return Ids.parse(id)
        .flatMap(alert -> alerts.find(workspace, alert))
        .map(
            found ->
                AlertResponse.of(
                    found.alert(),
                    deliveries
                        .of(workspace, List.of(found.alert().id()))
                        .getOrDefault(found.alert().id(), List.of()),
                    snapshot.apply(found.snapshot())))
        .orElseThrow(() -> missing(id));
  }

  static ProblemException missing(String id) {
    return ProblemException.missing("alert", id);
  }
}
