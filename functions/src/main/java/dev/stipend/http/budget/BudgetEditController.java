package dev.stipend.http.budget;

import dev.stipend.budget.Budget;
import dev.stipend.budget.BudgetStatus;
import dev.stipend.budget.edit.BudgetEdit;
import dev.stipend.budget.edit.BudgetEditing;
import dev.stipend.budget.edit.BudgetHistory;
import dev.stipend.budget.edit.EditOutcome;
import dev.stipend.budget.edit.EditOutcome.Archived;
import dev.stipend.budget.edit.EditOutcome.Edited;
import dev.stipend.budget.edit.EditOutcome.Missing;
import dev.stipend.budget.edit.EditOutcome.Stale;
import dev.stipend.budget.edit.EditOutcome.Unchanged;
import dev.stipend.http.Cursor;
import dev.stipend.http.Idempotent;
import dev.stipend.http.Page;
import dev.stipend.http.PlaceCursor;
import dev.stipend.http.ProblemException;
import dev.stipend.http.ProblemKind;
import dev.stipend.platform.json.ExactJson;
import dev.stipend.tenant.Caller;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Edits, raises and archives budgets, and shows their history.
@Controller("/api/budgets/{id}")
class BudgetEditController {
  private final BudgetEditing editing;
  private final BudgetHistory history;
  private final BudgetLookup lookup;
  private final BudgetWarnings warnings;
  private final ChannelNames channels;
  private final Idempotent idempotent;
  private final InstantSource clock;

  BudgetEditController(
      BudgetEditing editing,
      BudgetHistory history,
      BudgetLookup lookup,
      BudgetWarnings warnings,
      ChannelNames channels,
      Idempotent idempotent,
      InstantSource clock) {
    this.editing = editing;
    this.history = history;
    this.lookup = lookup;
    this.warnings = warnings;
    this.channels = channels;
    this.idempotent = idempotent;
    this.clock = clock;
  }

  /// Edits a budget. What is not named stays; limit and thresholds take effect at once.
  @Patch
  HttpResponse<?> patch(
      Caller caller, HttpRequest<?> request, @PathVariable String id, @Body String body) {
    Instant now = clock.instant();
    BudgetPatch patch =
        BudgetPatch.read(channels.resolve(caller.workspace().id(), ExactJson.parse(body)), now);
    BudgetEdit edit = edit(caller, request, id, "budget.update", Optional.empty(), patch);
    return answer(caller, request, body, edit, List.of(), now);
  }

  /// Raises the limit of a budget for a time, or that of one of its subjects alone.
  @Post("/increase")
  HttpResponse<?> increase(
      Caller caller, HttpRequest<?> request, @PathVariable String id, @Body String body) {
    Instant now = clock.instant();
    Budget budget = lookup.find(caller, id);
    IncreaseRequest increase = IncreaseRequest.read(ExactJson.parse(body), budget, now);
    BudgetEdit edit =
        edit(caller, request, id, "budget.increase", Optional.of(increase.reason()), increase);
    return answer(
        caller, request, body, edit, lookup.unheardOf(budget, increase.subject(), now), now);
  }

  /// Archives a budget; one that is archived stays so.
  @Delete
  HttpResponse<?> archive(Caller caller, HttpRequest<?> request, @PathVariable String id) {
    Instant now = clock.instant();
    BudgetEdit edit =
        edit(
            caller,
            request,
            id,
            "budget.archive",
            Optional.empty(),
            (budget, terms) -> terms.withStatus(BudgetStatus.ARCHIVED).withoutIncreases());
    return idempotent.answer(
        caller,
        request,
        "",
        now,
        () -> {
          EditOutcome outcome = editing.edit(edit, now);
          if (!(outcome instanceof Archived)) {
            done(outcome, id);
          }
          return HttpResponse.noContent();
        });
  }

  /// Lists the versions of a budget, latest first: who changed what, and when.
  @Get("/versions")
  Page<BudgetVersionResponse> versions(
      Caller caller,
      @PathVariable String id,
      @QueryValue Optional<Integer> limit,
      @QueryValue Optional<String> cursor) {
    Budget budget = lookup.find(caller, id);
    int before = PlaceCursor.VERSIONS.parse(cursor).orElse(Integer.MAX_VALUE);
    int most = Cursor.limit(limit);
    return Page.of(
        history.page(caller.workspace().id(), budget.id(), before, most + 1),
        most,
        version -> PlaceCursor.VERSIONS.at(version.version()),
        BudgetVersionResponse::of);
  }

  private static BudgetEdit edit(
      Caller caller,
      HttpRequest<?> request,
      String id,
      String action,
      Optional<String> reason,
      BudgetEdit.Change change) {
    return new BudgetEdit(
        caller.workspace().id(),
        BudgetLookup.id(id),
        IfMatch.of(request),
        caller.actor(),
        action,
        reason,
        change);
  }

  private HttpResponse<?> answer(
      Caller caller,
      HttpRequest<?> request,
      String body,
      BudgetEdit edit,
      List<String> more,
      Instant now) {
    return idempotent.answer(
        caller,
        request,
        body,
        now,
        () -> {
          Budget budget = done(editing.edit(edit, now), edit.budgetId().toString());
          return IfMatch.ok(lookup.shown(budget, now, warnings.of(budget, more)), budget.version());
        });
  }

  private static Budget done(EditOutcome outcome, String id) {
    return switch (outcome) {
      case Edited edited -> edited.budget();
      case Unchanged unchanged -> unchanged.budget();
      case Missing missing -> throw BudgetLookup.missing(id);
      case Archived archived ->
          throw new ProblemException(
              ProblemKind.CONFLICT, "The budget is archived; make a new one instead.");
      case Stale stale ->
          throw new ProblemException(
              ProblemKind.PRECONDITION_FAILED,
              "The budget is at version %d now; read it again."
                  .formatted(stale.budget().version()));
    };
  }
}
