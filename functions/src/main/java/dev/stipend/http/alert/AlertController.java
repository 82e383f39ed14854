package dev.stipend.http.alert;

import dev.stipend.alert.AlertFilter;
import dev.stipend.alert.AlertLog;
import dev.stipend.alert.AlertRecord;
import dev.stipend.alert.AlertState;
import dev.stipend.alert.AlertType;
import dev.stipend.http.ApiRequest;
import dev.stipend.http.Cursor;
import dev.stipend.http.Page;
import dev.stipend.http.PageRequest;
import dev.stipend.http.QueryParameters;
import dev.stipend.notification.delivery.DeliveryLog;
import dev.stipend.notification.delivery.DeliveryRecord;
import dev.stipend.platform.json.Labels;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.QueryValue;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Shows alerts and what became of their deliveries.
@Controller("/api/alerts")
class AlertController {
  private static final Map<String, AlertState> STATES =
      new TreeMap<>(Labels.choices(AlertState.class));
  private static final Map<String, AlertType> TYPES =
      new TreeMap<>(
          Arrays.stream(AlertType.values())
              .collect(Collectors.toMap(Enum::name, Function.identity())));

  private final AlertLog alerts;
  private final DeliveryLog deliveries;
  private final AlertLookup lookup;

  AlertController(AlertLog alerts, DeliveryLog deliveries, AlertLookup lookup) {
    this.alerts = alerts;
    this.deliveries = deliveries;
    this.lookup = lookup;
  }

  /// Lists alerts, newest first, each with its deliveries.
  ///
  /// @param budgetId only those of this budget
  /// @param state only those of this state
  /// @param type only those of this type
  @Get
  Page<AlertResponse> list(
      ApiRequest request,
      @QueryValue Optional<String> budgetId,
      @QueryValue Optional<String> state,
      @QueryValue Optional<String> type,
      PageRequest page) {
    Cursor from = page.from();
    UUID workspace = request.workspaceId();
    AlertFilter filter =
        new AlertFilter(
            QueryParameters.budget("budgetId", budgetId),
            QueryParameters.choice("state", state, STATES),
            QueryParameters.choice("type", type, TYPES),
            from.before(),
            from.idBefore());
    List<AlertRecord> found = alerts.page(workspace, filter, page.most());
    Map<UUID, List<DeliveryRecord>> told =
        deliveries.of(workspace, found.stream().map(AlertRecord::id).toList());
    return page.of(
        found,
        alert -> Cursor.at(alert.raisedAt(), alert.id()),
        alert ->
            AlertResponse.of(alert, told.getOrDefault(alert.id(), List.of()), Optional.empty()));
  }

  /// Shows an alert with its deliveries and what was told.
  @Get("/{id}")
  AlertResponse get(ApiRequest request, @PathVariable String id) {
    return lookup.findTold(request, id);
  }
}
