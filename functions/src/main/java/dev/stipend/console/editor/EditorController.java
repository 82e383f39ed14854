package dev.stipend.console.editor;

import dev.stipend.budget.Budget;
import dev.stipend.budget.BudgetCatalog;
import dev.stipend.budget.BudgetStatus;
import dev.stipend.budget.edit.BudgetEdit;
import dev.stipend.budget.edit.BudgetEditing;
import dev.stipend.budget.edit.BudgetPatch;
import dev.stipend.budget.edit.BudgetRequest;
import dev.stipend.budget.edit.BudgetTerms;
import dev.stipend.budget.edit.EditOutcome;
import dev.stipend.budget.edit.NewBudget;
import dev.stipend.console.problem.ConsoleProblem;
import dev.stipend.console.session.Session;
import dev.stipend.console.session.SignedIn;
import dev.stipend.notification.channel.ChannelNames;
import dev.stipend.platform.json.InvalidJsonException;
import dev.stipend.tenant.Role;
import dev.stipend.tenant.Workspace;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Makes, edits and archives budgets, and tells what they would have done.
@Controller(EditorController.PATH)
@SignedIn
@Produces(MediaType.TEXT_HTML)
class EditorController {
  static final String PATH = "/budgets";
  static final String MISSING = "problem.budget.detail";
  private static final String SAVED = "?done=saved";

  private final BudgetCatalog catalog;
  private final FormCreation creation;
  private final BudgetEditing editing;
  private final ChannelNames names;
  private final EditorPages pages;
  private final InstantSource clock;

  EditorController(
      BudgetCatalog catalog,
      FormCreation creation,
      BudgetEditing editing,
      ChannelNames names,
      EditorPages pages,
      InstantSource clock) {
    this.catalog = catalog;
    this.creation = creation;
    this.editing = editing;
    this.names = names;
    this.pages = pages;
    this.clock = clock;
  }

  /// Shows the form of a new budget.
  @Get("/new")
  HttpResponse<?> fresh(HttpRequest<?> request, Session session) {
    session.require(Role.ADMIN);
    BudgetForm form = BudgetForm.fresh(session.caller().workspace().timeZone());
    return pages.of(request, session).form(Optional.empty(), form, 0);
  }

  /// Makes a budget; once, however often its form is sent.
  @Post(value = "/new", consumes = MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> create(HttpRequest<?> request, Session session) {
    session.require(Role.ADMIN);
    BudgetForm form = BudgetForm.sent(request);
    Instant now = clock.instant();
    try {
      NewBudget wanted = wanted(form, session, now);
      String id = creation.create(session.caller(), form, wanted, now);
      boolean runs = wanted.cadence().periodAt(now).isPresent();
      return seeOther(runs ? PATH + "/" + id + SAVED : PATH);
    } catch (InvalidJsonException wrong) {
      return pages.of(request, session).wrong(Optional.empty(), form, 0, wrong.errors());
    }
  }

  /// Shows the form of a budget as it is.
  @Get("/{id}/edit")
  HttpResponse<?> edit(HttpRequest<?> request, Session session, @PathVariable String id) {
    session.require(Role.ADMIN);
    Budget budget = editable(session, id);
    EditorPages.Of page = pages.of(request, session);
    return page.form(
        Optional.of(budget),
        BudgetForm.of(budget, terms(budget), page.names().keySet()),
        budget.version());
  }

  /// Saves a budget over the version that the form was made from.
  @Post(value = "/{id}/edit", consumes = MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> save(HttpRequest<?> request, Session session, @PathVariable String id) {
    session.require(Role.ADMIN);
    Budget budget = editable(session, id);
    BudgetForm form = BudgetForm.sent(request);
    Instant now = clock.instant();
    int version = version(form);
    try {
      BudgetPatch patch = patch(form, session, budget, now);
      EditOutcome outcome =
          editing.edit(
              new BudgetEdit(
                  budget.workspaceId(),
                  budget.id(),
                  one -> one == version,
                  session.caller().actor(),
                  "budget.update",
                  Optional.empty(),
                  patch),
              now);
      return switch (outcome) {
        case EditOutcome.Edited edited -> seeOther(PATH + "/" + budget.id() + SAVED);
        case EditOutcome.Unchanged unchanged -> seeOther(PATH + "/" + budget.id() + SAVED);
        case EditOutcome.Stale stale ->
            pages
                .of(request, session)
                .conflict(stale.budget(), terms(stale.budget()), form, version, patch);
        case EditOutcome.Missing missing -> throw ConsoleProblem.notFound(MISSING);
        case EditOutcome.Owned owned -> throw owned(owned.owner());
        case EditOutcome.Archived archived -> throw archived();
      };
    } catch (InvalidJsonException wrong) {
      return pages.of(request, session).wrong(Optional.of(budget), form, version, wrong.errors());
    }
  }

  /// Tells what the budget of a form would have done. Nothing is changed.
  @Post(value = "/preview", consumes = MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> preview(HttpRequest<?> request, Session session) {
    session.require(Role.ADMIN);
    BudgetForm form = BudgetForm.sent(request);
    Instant now = clock.instant();
    Optional<Budget> budget =
        Optional.of(form.value("id")).filter(id -> !id.isEmpty()).map(id -> editable(session, id));
    EditorPages.Of page = pages.of(request, session);
    int version = version(form);
    try {
      if (budget.isEmpty()) {
        return page.preview(form, wanted(form, session, now), now);
      }
      BudgetTerms old = terms(budget.get());
      BudgetTerms terms = patch(form, session, budget.get(), now).of(budget.get(), old);
      return page.preview(budget.get(), form, version, old, terms, now);
    } catch (InvalidJsonException wrong) {
      return page.wrong(HttpStatus.OK, budget, form, version, wrong.errors());
    }
  }

  /// Asks whether a budget is to be archived.
  @Get("/{id}/archive")
  HttpResponse<?> ask(HttpRequest<?> request, Session session, @PathVariable String id) {
    session.require(Role.ADMIN);
    return pages.archive(request, editable(session, id));
  }

  /// Archives a budget, whatever its version is.
  @Post(value = "/{id}/archive", consumes = MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> archive(Session session, @PathVariable String id) {
    session.require(Role.ADMIN);
    Budget budget = session.find(id, catalog::find, MISSING);
    EditOutcome outcome =
        editing.edit(
            BudgetEdit.archive(
                budget.workspaceId(), budget.id(), version -> true, session.caller().actor()),
            clock.instant());
    return switch (outcome) {
      case EditOutcome.Edited edited -> seeOther(PATH);
      case EditOutcome.Unchanged unchanged -> seeOther(PATH);
      case EditOutcome.Archived archived -> seeOther(PATH);
      case EditOutcome.Stale stale -> seeOther(PATH);
      case EditOutcome.Missing missing -> throw ConsoleProblem.notFound(MISSING);
      case EditOutcome.Owned owned -> throw owned(owned.owner());
    };
  }

  private NewBudget wanted(BudgetForm form, Session session, Instant now) {
    Workspace workspace = session.caller().workspace();
    return names.read(
        workspace.id(),
        form.budget(ZoneId.of(workspace.timeZone())),
        json -> BudgetRequest.read(json, session.caller(), now));
  }

  private BudgetPatch patch(BudgetForm form, Session session, Budget budget, Instant now) {
    return names.read(
        session.caller().workspace().id(),
        form.patch(budget, terms(budget).endsAt()),
        json -> BudgetPatch.read(json, now));
  }

  private BudgetTerms terms(Budget budget) {
    List<UUID> channels =
        catalog
            .channelsOf(budget.workspaceId(), List.of(budget.id()))
            .getOrDefault(budget.id(), List.of());
    return BudgetTerms.of(budget, channels);
  }

  private Budget editable(Session session, String id) {
    Budget budget = session.find(id, catalog::find, MISSING);
    budget
        .owner()
        .ifPresent(
            owner -> {
              throw owned(owner);
            });
    if (budget.status() == BudgetStatus.ARCHIVED) {
      throw archived();
    }
    return budget;
  }

  private static int version(BudgetForm form) {
    String sent = form.value("version");
    return sent.matches("\\d{1,9}") ? Integer.parseInt(sent) : 0;
  }

  private static HttpResponse<?> seeOther(String path) {
    return HttpResponse.seeOther(URI.create(path));
  }

  private static ConsoleProblem owned(String owner) {
    return new ConsoleProblem(ConsoleProblem.Kind.CONFLICT, "problem.owned.detail", owner);
  }

  private static ConsoleProblem archived() {
    return new ConsoleProblem(ConsoleProblem.Kind.CONFLICT, "problem.archived.detail");
  }
}
