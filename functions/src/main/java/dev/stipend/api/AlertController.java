package dev.stipend.api;

import dev.stipend.alert.AlertLog;
import dev.stipend.alert.AlertRecord;
import dev.stipend.json.InvalidJsonException;
import dev.stipend.notify.DeliveryLog;
import dev.stipend.notify.DeliveryRecord;
import dev.stipend.workspace.Caller;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/// Shows alerts and what became of their deliveries.
@Tag(name = "Alerts")
@Controller("/api/alerts")
class AlertController {
  private final AlertLog alerts;
  private final DeliveryLog deliveries;

  AlertController(AlertLog alerts, DeliveryLog deliveries) {
    this.alerts = alerts;
    this.deliveries = deliveries;
  }

  /// Lists alerts, newest first, each with its deliveries.
  ///
  /// @param budgetId only those of this budget
  @Get
  Page<AlertResponse> list(
      Caller caller,
      @QueryValue Optional<String> budgetId,
      @QueryValue Optional<Integer> limit,
      @QueryValue Optional<String> cursor) {
    Cursor from = Cursor.parse(cursor);
    int most = Cursor.limit(limit);
    UUID workspace = caller.workspace().id();
    List<AlertRecord> found =
        alerts.page(workspace, budget(budgetId), from.before(), from.idBefore(), most + 1);
    List<AlertRecord> shown = found.subList(0, Math.min(most, found.size()));
    Map<UUID, List<DeliveryRecord>> told =
        deliveries.of(workspace, shown.stream().map(AlertRecord::id).toList()).stream()
            .collect(Collectors.groupingBy(DeliveryRecord::alertId));
    Optional<String> next =
        found.size() > most
            ? Optional.of(new Cursor(shown.getLast().raisedAt(), shown.getLast().id()).toString())
            : Optional.empty();
    return new Page<>(
        shown.stream()
            .map(alert -> AlertResponse.of(alert, told.getOrDefault(alert.id(), List.of())))
            .toList(),
        next);
  }

  private static Optional<UUID> budget(Optional<String> id) {
    return id.map(
        text ->
            Ids.parse(text)
                .orElseThrow(() -> new InvalidJsonException("budgetId", "must be a budget's id")));
  }
}
