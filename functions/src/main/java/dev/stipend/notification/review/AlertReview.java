package dev.stipend.notification.review;

import dev.stipend.alert.AlertFilter;
import dev.stipend.alert.AlertLog;
import dev.stipend.alert.AlertRecord;
import dev.stipend.budget.insight.Contributor;
import dev.stipend.notification.delivery.DeliveryLog;
import dev.stipend.notification.delivery.DeliveryRecord;
import dev.stipend.platform.json.ExactJson;
import dev.stipend.platform.json.JsonText;
import io.micronaut.core.type.Argument;
import io.micronaut.serde.annotation.Serdeable;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Shows alerts with what became of their deliveries.
@Singleton
public class AlertReview {
  private final AlertLog alerts;
  private final DeliveryLog deliveries;
  private final JsonText json;

  AlertReview(AlertLog alerts, DeliveryLog deliveries, JsonText json) {
    this.json = json;
    this.alerts = alerts;
    this.deliveries = deliveries;
  }

  /// A page of alerts, newest first.
  public List<AlertResponse> page(UUID workspace, AlertFilter filter, int most) {
    List<AlertRecord> found = alerts.page(workspace, filter, most);
    Map<UUID, List<DeliveryRecord>> told =
        deliveries.of(workspace, found.stream().map(AlertRecord::id).toList());
    return found.stream()
        .map(
            alert ->
                AlertResponse.of(alert, told.getOrDefault(alert.id(), List.of()), Optional.empty()))
        .toList();
  }

  /// An alert of a workspace.
  public Optional<AlertResponse> find(UUID workspace, UUID id) {
    return find(workspace, id, snapshot -> Optional.empty());
  }

  /// The same with what was told.
  public Optional<AlertResponse> findTold(UUID workspace, UUID id) {
    return find(workspace, id, snapshot -> Optional.ofNullable(ExactJson.parse(snapshot)));
  }

  private Optional<AlertResponse> find(
      UUID workspace, UUID id, Function<String, Optional<Object>> snapshot) {
    return alerts
        .find(workspace, id)
        .map(
            found ->
                AlertResponse.of(
                    found.alert(), deliveries(workspace, id), snapshot.apply(found.snapshot())));
  }

  /// What was told of an alert that is shown again.
  ///
  /// @param topContributors what its spend was made of; absent in alerts of older releases
  @Serdeable
  record Told(@Nullable List<Contributor> topContributors) {}

  /// What the spend was made of when an alert was raised.
  ///
  /// @param snapshot what was said then, as JSON
  public List<Contributor> contributors(String snapshot) {
    return Objects.requireNonNullElse(
        json.read(snapshot, Argument.of(Told.class)).topContributors(), List.of());
  }

  /// The deliveries of an alert, oldest first.
  public List<DeliveryRecord> deliveries(UUID workspace, UUID alert) {
    return deliveries.of(workspace, List.of(alert)).getOrDefault(alert, List.of());
  }
}
