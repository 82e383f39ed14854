package dev.stipend.http.alert;

import dev.stipend.alert.AlertFilter;
import dev.stipend.alert.AlertState;
import dev.stipend.alert.AlertType;
import dev.stipend.http.ApiRequest;
import dev.stipend.http.Page;
import dev.stipend.http.PageRequest;
import dev.stipend.http.QueryParameters;
import dev.stipend.notification.review.AlertResponse;
import dev.stipend.notification.review.AlertReview;
import dev.stipend.platform.json.Labels;
import dev.stipend.platform.web.Cursor;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.QueryValue;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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

  private final AlertReview review;

  AlertController(AlertReview review) {
    this.review = review;
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
    AlertFilter filter =
        new AlertFilter(
            QueryParameters.budget("budgetId", budgetId),
            QueryParameters.choice("state", state, STATES),
            Optional.empty(),
            QueryParameters.choice("type", type, TYPES),
            from.before(),
            from.idBefore(),
            request.now());
    return page.of(
        review.page(request.workspaceId(), filter, page.most()),
        alert -> Cursor.at(alert.raisedAt(), alert.id()),
        Function.identity());
  }

  /// Shows an alert with its deliveries and what was told.
  @Get("/{id}")
  AlertResponse get(ApiRequest request, @PathVariable String id) {
    return request.find("alert", id, review::findTold);
  }
}
