package dev.stipend.http.alert;

import dev.stipend.budget.BudgetCatalog;
import dev.stipend.http.ApiRequest;
import dev.stipend.http.ProblemException;
import dev.stipend.http.ProblemKind;
import dev.stipend.notification.review.AlertHandling;
import dev.stipend.notification.review.AlertHandling.Outcome;
import dev.stipend.notification.review.AlertResponse;
import dev.stipend.notification.review.AlertReview;
import dev.stipend.platform.json.JsonFields;
import dev.stipend.platform.json.Until;
import dev.stipend.platform.web.Ids;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import java.time.Instant;
import java.time.ZoneId;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Acknowledges, snoozes and resends alerts. Acknowledging and resending take no body.
@Controller("/api/alerts/{id}")
public class AlertActionController {
  private final AlertHandling handling;
  private final AlertReview review;
  private final BudgetCatalog budgets;

  AlertActionController(AlertHandling handling, AlertReview review, BudgetCatalog budgets) {
    this.handling = handling;
    this.review = review;
    this.budgets = budgets;
  }

  /// Acknowledges an alert. It is silent from then on, until it resolves or gets worse.
  @Post("/acknowledge")
  HttpResponse<?> acknowledge(ApiRequest request, @PathVariable String id) {
    return act(
        request,
        id,
        alert ->
            handling.acknowledge(request.workspaceId(), alert, request.actor(), request.now()));
  }

  /// Snoozes an alert. It is notified once more if it still holds at that time.
  @Post("/snooze")
  HttpResponse<?> snooze(ApiRequest request, @PathVariable String id) {
    return act(
        request,
        id,
        alert -> {
          ZoneId zone = zone(request, id);
          Instant until = until(request.json(), zone, request.now());
          return handling.snooze(
              request.workspaceId(), alert, until, request.actor(), request.now());
        });
  }

  /// Sends the deliveries of an alert again that failed or were sent.
  @Post("/resend")
  HttpResponse<?> resend(ApiRequest request, @PathVariable String id) {
    return act(
        request,
        id,
        alert -> handling.resend(request.workspaceId(), alert, request.actor(), request.now()));
  }

  /// Does something to an alert, and answers what it is then.
  private static HttpResponse<?> act(ApiRequest request, String id, Function<UUID, Outcome> doing) {
    UUID alert = Ids.parse(id).orElseThrow(() -> ProblemException.missing("alert", id));
    return request.once(() -> HttpResponse.ok(done(doing.apply(alert), id)));
  }

  private static AlertResponse done(Outcome outcome, String id) {
    return switch (outcome) {
      case Outcome.Done done -> done.alert();
      case Outcome.Missing missing -> throw ProblemException.missing("alert", id);
      case Outcome.Over over ->
          throw new ProblemException(
              ProblemKind.CONFLICT,
              "The alert is over: its state is " + over.alert().state() + ".");
      case Outcome.NothingToResend nothing ->
          throw new ProblemException(ProblemKind.CONFLICT, nothingToResend(nothing.alert()));
    };
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
  private ZoneId zone(ApiRequest request, String id) {
    AlertResponse alert = request.find("alert", id, review::find);
    return budgets
        .find(request.workspaceId(), alert.budgetId())
        .map(budget -> budget.cadence().zone())
        .orElseGet(() -> ZoneId.of(request.workspace().timeZone()));
  }
}
