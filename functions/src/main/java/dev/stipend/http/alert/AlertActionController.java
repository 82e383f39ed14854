package dev.stipend.http.alert;

import dev.stipend.alert.ActionOutcome;
import dev.stipend.alert.AlertActions;
import dev.stipend.budget.BudgetCatalog;
import dev.stipend.http.Audited;
import dev.stipend.http.ProblemException;
import dev.stipend.http.ProblemKind;
import dev.stipend.http.Until;
import dev.stipend.notification.delivery.RequestedResends;
import dev.stipend.platform.json.ExactJson;
import dev.stipend.platform.json.JsonFields;
import dev.stipend.tenant.Caller;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Acknowledges, snoozes and resends alerts. Acknowledging and resending take no body, and read
/// none.
@Controller("/api/alerts/{id}")
public class AlertActionController {
  private final AlertActions actions;
  private final RequestedResends resending;
  private final AlertLookup lookup;
  private final BudgetCatalog budgets;
  private final Audited audited;
  private final InstantSource clock;

  AlertActionController(
      AlertActions actions,
      RequestedResends resending,
      AlertLookup lookup,
      BudgetCatalog budgets,
      Audited audited,
      InstantSource clock) {
    this.actions = actions;
    this.resending = resending;
    this.lookup = lookup;
    this.budgets = budgets;
    this.audited = audited;
    this.clock = clock;
  }

  /// Acknowledges an alert. It is silent from then on, until it resolves or gets worse.
  @Post("/acknowledge")
  HttpResponse<?> acknowledge(Caller caller, HttpRequest<?> request, @PathVariable String id) {
    Instant now = clock.instant();
    UUID workspace = caller.workspace().id();
    return audited.answer(
        caller,
        request,
        "",
        now,
        entries -> {
          AlertResponse before = lookup.find(caller, id);
          require(actions.acknowledge(workspace, before.id(), caller.actor(), now), before);
          AlertResponse after = lookup.find(caller, id);
          entries.add("alert.acknowledge", target(before.id()), before, after);
          return HttpResponse.ok(after);
        });
  }

  /// Snoozes an alert. It is notified once more if it still holds at that time.
  @Post("/snooze")
  HttpResponse<?> snooze(
      Caller caller, HttpRequest<?> request, @PathVariable String id, @Body String body) {
    Instant now = clock.instant();
    UUID workspace = caller.workspace().id();
    return audited.answer(
        caller,
        request,
        body,
        now,
        entries -> {
          AlertResponse before = lookup.find(caller, id);
          Instant until = until(ExactJson.parse(body), zone(caller, before), now);
          require(actions.snooze(workspace, before.id(), until, now), before);
          AlertResponse after = lookup.find(caller, id);
          entries.add("alert.snooze", target(before.id()), before, after);
          return HttpResponse.ok(after);
        });
  }

  /// Sends the deliveries of an alert again that failed or were sent.
  @Post("/resend")
  HttpResponse<?> resend(Caller caller, HttpRequest<?> request, @PathVariable String id) {
    Instant now = clock.instant();
    return audited.answer(
        caller,
        request,
        "",
        now,
        entries -> {
          AlertResponse before = lookup.find(caller, id);
          if (resending.again(caller.workspace().id(), before.id(), now) == 0) {
            throw new ProblemException(ProblemKind.CONFLICT, nothingToResend(before));
          }
          AlertResponse after = lookup.find(caller, id);
          entries.add("alert.resend", target(before.id()), before, after);
          return HttpResponse.ok(after);
        });
  }

  private static void require(ActionOutcome reaction, AlertResponse alert) {
    switch (reaction) {
      case DONE -> {}
      case UNKNOWN -> throw AlertLookup.missing(alert.id().toString());
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
  private ZoneId zone(Caller caller, AlertResponse alert) {
    return budgets
        .find(caller.workspace().id(), alert.budgetId())
        .map(budget -> budget.cadence().zone())
        .orElseGet(() -> ZoneId.of(caller.workspace().timeZone()));
  }

  private static String target(UUID id) {
    return "alert " + id;
  }
}
