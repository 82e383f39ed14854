package dev.stipend.http.alert;

import dev.stipend.alert.ActionOutcome;
import dev.stipend.alert.AlertActions;
import dev.stipend.budget.BudgetCatalog;
import dev.stipend.http.ApiRequest;
import dev.stipend.http.ProblemException;
import dev.stipend.http.ProblemKind;
import dev.stipend.http.Until;
import dev.stipend.notification.delivery.RequestedResends;
import dev.stipend.platform.json.JsonFields;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import java.time.Instant;
import java.time.ZoneId;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Acknowledges, snoozes and resends alerts. Acknowledging and resending take no body.
@Controller("/api/alerts/{id}")
public class AlertActionController {
  private final AlertActions actions;
  private final RequestedResends resending;
  private final AlertLookup lookup;
  private final BudgetCatalog budgets;

  AlertActionController(
      AlertActions actions, RequestedResends resending, AlertLookup lookup, BudgetCatalog budgets) {
    this.actions = actions;
    this.resending = resending;
    this.lookup = lookup;
    this.budgets = budgets;
  }

  /// Acknowledges an alert. It is silent from then on, until it resolves or gets worse.
  @Post("/acknowledge")
  HttpResponse<?> acknowledge(ApiRequest request, @PathVariable String id) {
    return act(
        request,
        id,
        "alert.acknowledge",
        alert ->
            require(
                actions.acknowledge(
                    request.workspaceId(), alert.id(), request.actor(), request.now()),
                alert));
  }

  /// Snoozes an alert. It is notified once more if it still holds at that time.
  @Post("/snooze")
  HttpResponse<?> snooze(ApiRequest request, @PathVariable String id) {
    return act(
        request,
        id,
        "alert.snooze",
        alert -> {
          Instant until = until(request.json(), zone(request, alert), request.now());
          require(actions.snooze(request.workspaceId(), alert.id(), until, request.now()), alert);
        });
  }

  /// Sends the deliveries of an alert again that failed or were sent.
  @Post("/resend")
  HttpResponse<?> resend(ApiRequest request, @PathVariable String id) {
    return act(
        request,
        id,
        "alert.resend",
        alert -> {
          if (resending.again(request.workspaceId(), alert.id(), request.now()) == 0) {
            throw new ProblemException(ProblemKind.CONFLICT, nothingToResend(alert));
          }
        });
  }

  /// Does something to an alert, and answers what it is then.
  private HttpResponse<?> act(
      ApiRequest request, String id, String action, Consumer<AlertResponse> doing) {
    return request.audited(
        entries -> {
          AlertResponse before = lookup.find(request, id);
          doing.accept(before);
          AlertResponse after = lookup.find(request, id);
          entries.add(action, before.id(), before, after);
          return HttpResponse.ok(after);
        });
  }

  private static void require(ActionOutcome reaction, AlertResponse alert) {
    switch (reaction) {
      case DONE -> {}
      case UNKNOWN -> throw ProblemException.missing("alert", alert.id().toString());
      case CLOSED ->
          throw new ProblemException(
              ProblemKind.CONFLICT, "The alert is over: its state is " + alert.state() + ".");
    }
  }

  private static String nothingToResend(AlertResponse alert) {
    return alert.deliveries().isEmpty()
        ? "Nothing can be sent again: the alert has no deliveries."
        : "Nothing can be sent again: its deliveries are on their way, suppressed, or of channels"
            + " that were deleted.";
  }

  public static Instant until(@Nullable Object json, ZoneId zone, Instant now) {
    JsonFields fields = JsonFields.of(json);
    fields.require(Until.FIELD);
    Instant until = Until.future(fields, zone, now).orElse(now);
    fields.refuseUnknown();
    fields.check();
    return until;
  }

  /// The days of an alert are its budget's.
  private ZoneId zone(ApiRequest request, AlertResponse alert) {
    return budgets
        .find(request.workspaceId(), alert.budgetId())
        .map(budget -> budget.cadence().zone())
        .orElseGet(() -> ZoneId.of(request.workspace().timeZone()));
  }
}
