package dev.stipend.console.alert;

import dev.stipend.alert.AlertLog;
import dev.stipend.alert.AlertRecord;
import dev.stipend.budget.Budget;
import dev.stipend.budget.BudgetCatalog;
import dev.stipend.budget.edit.BudgetEditing;
import dev.stipend.console.problem.ConsoleProblem;
import dev.stipend.console.session.Session;
import dev.stipend.console.session.SignedIn;
import dev.stipend.notification.review.AlertHandling;
import dev.stipend.notification.review.AlertHandling.Outcome;
import dev.stipend.tenant.Role;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Does what the forms of alerts ask for, and leads back to the page that they are on.
@Controller(value = AlertListModel.PATH, consumes = MediaType.APPLICATION_FORM_URLENCODED)
@SignedIn
@Produces(MediaType.TEXT_HTML)
class AlertFormController {
  static final String MISSING = "alerts.missing.detail";

  private final AlertHandling handling;
  private final AlertLog alerts;
  private final BudgetCatalog budgets;
  private final BudgetEditing editing;
  private final InstantSource clock;

  AlertFormController(
      AlertHandling handling,
      AlertLog alerts,
      BudgetCatalog budgets,
      BudgetEditing editing,
      InstantSource clock) {
    this.handling = handling;
    this.alerts = alerts;
    this.budgets = budgets;
    this.editing = editing;
    this.clock = clock;
  }

  /// Does something to one alert of the workspace; answers nothing where the form asks for what
  /// this alert has not.
  private interface Deed {
    Optional<Outcome> of(AlertForm form, AlertRecord alert, Instant now);
  }

  /// Acknowledges all alerts that are checked.
  @Post("/acknowledge")
  HttpResponse<?> acknowledgeAll(HttpRequest<?> request, Session session) {
    return all(request, session, Done.Deed.ACKNOWLEDGED, acknowledging(session));
  }

  /// Snoozes all alerts that are checked.
  @Post("/snooze")
  HttpResponse<?> snoozeAll(HttpRequest<?> request, Session session) {
    return all(request, session, Done.Deed.SNOOZED, snoozing(session));
  }

  @Post("/{id}/acknowledge")
  HttpResponse<?> acknowledge(HttpRequest<?> request, Session session, @PathVariable String id) {
    return one(request, session, id, Done.Deed.ACKNOWLEDGED, acknowledging(session));
  }

  @Post("/{id}/snooze")
  HttpResponse<?> snooze(HttpRequest<?> request, Session session, @PathVariable String id) {
    return one(request, session, id, Done.Deed.SNOOZED, snoozing(session));
  }

  /// Sends what was sent, or has failed, again.
  @Post("/{id}/resend")
  HttpResponse<?> resend(HttpRequest<?> request, Session session, @PathVariable String id) {
    return one(
        request,
        session,
        id,
        Done.Deed.RESENT,
        (form, alert, now) ->
            Optional.of(
                handling.resend(workspace(session), alert.id(), session.caller().actor(), now)));
  }

  /// Raises the limit that an alert is about until its period ends.
  @Post("/{id}/raise")
  HttpResponse<?> raise(HttpRequest<?> request, Session session, @PathVariable String id) {
    session.require(Role.ADMIN);
    AlertForm form = new AlertForm(request);
    Instant now = clock.instant();
    AlertRecord alert = find(session, id);
    Budget budget =
        budgets
            .find(workspace(session), alert.budgetId())
            .orElseThrow(AlertFormController::missing);
    Raise.check(editing.edit(form.raise(alert, budget, session.caller(), now), now));
    return form.back(Done.once(Done.Deed.RAISED));
  }

  private Deed acknowledging(Session session) {
    return (form, alert, now) ->
        Optional.of(
            handling.acknowledge(workspace(session), alert.id(), session.caller().actor(), now));
  }

  private Deed snoozing(Session session) {
    return (form, alert, now) ->
        form.snooze()
            .until(alert, now)
            .map(
                until ->
                    handling.snooze(
                        workspace(session), alert.id(), until, session.caller().actor(), now));
  }

  private HttpResponse<?> one(
      HttpRequest<?> request, Session session, String id, Done.Deed said, Deed deed) {
    session.require(Role.ADMIN);
    AlertForm form = new AlertForm(request);
    AlertRecord alert = find(session, id);
    Outcome outcome =
        deed.of(form, alert, clock.instant()).orElseThrow(() -> conflict("alerts.no-reset.detail"));
    return form.back(
        switch (outcome) {
          case Outcome.Done done -> Done.once(said);
          case Outcome.Over over -> new Done(said, 0, 1);
          case Outcome.Missing missing -> throw missing();
          case Outcome.NothingToResend nothing -> throw conflict("alerts.no-resend.detail");
        });
  }

  /// Each by itself: what is over keeps no other from being done. If one is not here, none is.
  private HttpResponse<?> all(HttpRequest<?> request, Session session, Done.Deed said, Deed deed) {
    session.require(Role.ADMIN);
    AlertForm form = new AlertForm(request);
    List<AlertRecord> named = new ArrayList<>();
    for (String id : form.checked()) {
      named.add(find(session, id));
    }
    int count = 0;
    for (AlertRecord alert : named) {
      if (deed.of(form, alert, clock.instant())
          .filter(Outcome.Done.class::isInstance)
          .isPresent()) {
        count++;
      }
    }
    return form.back(new Done(said, count, named.size() - count));
  }

  private AlertRecord find(Session session, String id) {
    return session.find(id, alerts::find, MISSING).alert();
  }

  private static UUID workspace(Session session) {
    return session.caller().workspace().id();
  }

  private static ConsoleProblem conflict(String sentence) {
    return new ConsoleProblem(ConsoleProblem.Kind.CONFLICT, sentence);
  }

  static ConsoleProblem missing() {
    return ConsoleProblem.notFound(MISSING);
  }
}
