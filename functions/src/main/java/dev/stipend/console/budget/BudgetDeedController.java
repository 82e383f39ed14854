package dev.stipend.console.budget;

import dev.stipend.budget.Budget;
import dev.stipend.budget.BudgetCatalog;
import dev.stipend.budget.edit.BudgetEdit;
import dev.stipend.budget.edit.BudgetEditing;
import dev.stipend.budget.edit.BudgetPatch;
import dev.stipend.budget.edit.EditOutcome;
import dev.stipend.budget.edit.IncreaseEnd;
import dev.stipend.budget.edit.IncreaseRequest;
import dev.stipend.console.page.PageFrame;
import dev.stipend.console.page.Pages;
import dev.stipend.console.page.View;
import dev.stipend.console.problem.ConsoleProblem;
import dev.stipend.console.session.Session;
import dev.stipend.console.session.SignedIn;
import dev.stipend.notification.silence.NewSilence;
import dev.stipend.notification.silence.Silence;
import dev.stipend.notification.silence.SilenceDesk;
import dev.stipend.notification.silence.SilenceRequest;
import dev.stipend.notification.silence.Silences;
import dev.stipend.platform.json.InvalidJsonException;
import dev.stipend.tenant.Role;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/// Shows and does what people do with a budget for a time: raise its limit, silence it, pause it,
/// and undo that.
@Controller(BoardAddress.PATH + "/{id}")
@SignedIn
@Produces(MediaType.TEXT_HTML)
class BudgetDeedController {
  private final BudgetCatalog catalog;
  private final BudgetEditing editing;
  private final Silences silences;
  private final SilenceDesk desk;
  private final SilenceRequest requests;
  private final DeedWriter deeds;
  private final Pages pages;
  private final InstantSource clock;

  BudgetDeedController(
      BudgetCatalog catalog,
      BudgetEditing editing,
      Silences silences,
      SilenceDesk desk,
      SilenceRequest requests,
      DeedWriter deeds,
      Pages pages,
      InstantSource clock) {
    this.catalog = catalog;
    this.editing = editing;
    this.silences = silences;
    this.desk = desk;
    this.requests = requests;
    this.deeds = deeds;
    this.pages = pages;
    this.clock = clock;
  }

  /// Raises the limit for a time, until the reset where the form says nothing else.
  @Post(value = "/raise", consumes = MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> raise(HttpRequest<?> request, Session session, @PathVariable String id) {
    return edit(
        request,
        session,
        id,
        "raised",
        (budget, form, now) -> {
          IncreaseRequest asked = IncreaseRequest.read(form.increase(budget), budget, now);
          return new Edit("budget.increase", Optional.of(asked.reason()), asked.increase());
        });
  }

  /// Ends an increase before its time.
  @Post(value = "/lower", consumes = MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> lower(HttpRequest<?> request, Session session, @PathVariable String id) {
    return edit(
        request,
        session,
        id,
        "lowered",
        (budget, form, now) ->
            new Edit(
                IncreaseEnd.ACTION,
                Optional.empty(),
                IncreaseEnd.of(budget, form.subject().filter(any -> budget.isEach()), now)));
  }

  /// Pauses a budget, or has it watch again.
  @Post(value = "/pause", consumes = MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> pause(HttpRequest<?> request, Session session, @PathVariable String id) {
    return status(request, session, id, "paused", "paused");
  }

  @Post(value = "/resume", consumes = MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> resume(HttpRequest<?> request, Session session, @PathVariable String id) {
    return status(request, session, id, "resumed", "active");
  }

  private HttpResponse<?> status(
      HttpRequest<?> request, Session session, String id, String done, String status) {
    return edit(
        request,
        session,
        id,
        done,
        (budget, form, now) ->
            new Edit(
                "budget.update",
                Optional.empty(),
                BudgetPatch.read(Map.of("status", status), now)));
  }

  /// Silences a budget, or one of its ids.
  @Post(value = "/silence", consumes = MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> silence(HttpRequest<?> request, Session session, @PathVariable String id) {
    session.require(Role.ADMIN);
    Budget budget = find(session, id);
    DeedForm form = DeedForm.sent(request);
    Instant now = clock.instant();
    try {
      NewSilence wanted = requests.read(form.silence(budget), session.caller().workspace(), now);
      Silence unused = desk.create(session.caller(), wanted, now);
      return form.back(budget, "silenced");
    } catch (InvalidJsonException wrong) {
      return wrong(request, session, budget, form, wrong, now);
    }
  }

  /// Ends a silence that is about a budget alone.
  @Post(value = "/silences/{silence}/end", consumes = MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> hear(
      HttpRequest<?> request,
      Session session,
      @PathVariable String id,
      @PathVariable String silence) {
    session.require(Role.ADMIN);
    Budget budget = find(session, id);
    Silence found = session.find(silence, silences::find, "problem.silence.detail");
    if (found.matcher().budgetId().filter(budget.id()::equals).isEmpty()) {
      throw ConsoleProblem.notFound("problem.silence.detail");
    }
    boolean unused = desk.end(session.caller(), found, clock.instant());
    return DeedForm.sent(request).back(budget, "heard");
  }

  /// What is to be edited.
  private record Edit(String action, Optional<String> reason, BudgetEdit.Change change) {}

  private interface Reading {
    Edit of(Budget budget, DeedForm form, Instant now);
  }

  private HttpResponse<?> edit(
      HttpRequest<?> request, Session session, String id, String done, Reading reading) {
    session.require(Role.ADMIN);
    Budget budget = find(session, id);
    DeedForm form = DeedForm.sent(request);
    Instant now = clock.instant();
    try {
      Edit edit = reading.of(budget, form, now);
      EditOutcome outcome =
          editing.edit(
              new BudgetEdit(
                  budget.workspaceId(),
                  budget.id(),
                  version -> true,
                  session.caller().actor(),
                  edit.action(),
                  edit.reason(),
                  edit.change()),
              now);
      return switch (outcome) {
        case EditOutcome.Edited edited -> form.back(budget, done);
        case EditOutcome.Unchanged unchanged -> form.back(budget, done);
        case EditOutcome.Stale stale -> form.back(budget, done);
        case EditOutcome.Missing missing -> throw ConsoleProblem.notFound(BudgetListModel.MISSING);
        case EditOutcome.Owned owned ->
            throw new ConsoleProblem(
                ConsoleProblem.Kind.CONFLICT, "problem.owned.detail", owned.owner());
        case EditOutcome.Archived archived ->
            throw new ConsoleProblem(ConsoleProblem.Kind.CONFLICT, "problem.archived.detail");
      };
    } catch (InvalidJsonException wrong) {
      return wrong(request, session, budget, form, wrong, now);
    }
  }

  /// The forms again, as they were sent, with what is wrong beside.
  private HttpResponse<?> wrong(
      HttpRequest<?> request,
      Session session,
      Budget budget,
      DeedForm form,
      InvalidJsonException wrong,
      Instant now) {
    PageFrame frame = pages.frame(request, View.BUDGETS, budget.name());
    return pages.show(
        request,
        HttpStatus.BAD_REQUEST,
        frame,
        "deedform.jte",
        Map.of(
            "id",
            budget.id().toString(),
            "deeds",
            deeds.of(
                budget,
                form.subject(),
                form,
                wrong.errors(),
                frame.text(),
                session.caller().workspace().currency(),
                now)));
  }

  private Budget find(Session session, String id) {
    return session.find(id, catalog::find, BudgetListModel.MISSING);
  }
}
