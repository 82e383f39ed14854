package dev.stipend.http.budget;

import dev.stipend.budget.Budget;
import dev.stipend.budget.BudgetCatalog;
import dev.stipend.budget.edit.BudgetEdit;
import dev.stipend.budget.edit.BudgetEditing;
import dev.stipend.budget.edit.BudgetHistory;
import dev.stipend.budget.edit.BudgetPatch;
import dev.stipend.budget.edit.BudgetVersion;
import dev.stipend.budget.edit.EditOutcome;
import dev.stipend.budget.edit.EditOutcome.Archived;
import dev.stipend.budget.edit.EditOutcome.Edited;
import dev.stipend.budget.edit.EditOutcome.Missing;
import dev.stipend.budget.edit.EditOutcome.Owned;
import dev.stipend.budget.edit.EditOutcome.Stale;
import dev.stipend.budget.edit.EditOutcome.Unchanged;
import dev.stipend.budget.edit.IncreaseEnd;
import dev.stipend.budget.edit.IncreaseRequest;
import dev.stipend.http.ApiRequest;
import dev.stipend.http.Page;
import dev.stipend.http.PageRequest;
import dev.stipend.http.ProblemException;
import dev.stipend.http.ProblemKind;
import dev.stipend.notification.channel.BudgetWarnings;
import dev.stipend.notification.channel.ChannelNames;
import dev.stipend.platform.web.Ids;
import dev.stipend.platform.web.PlaceCursor;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Edits, raises and archives budgets, and shows their history.
@Controller("/api/budgets/{id}")
class BudgetEditController {
  private final BudgetEditing editing;
  private final BudgetCatalog catalog;
  private final BudgetHistory history;
  private final BudgetLookup lookup;
  private final BudgetWarnings warnings;
  private final ChannelNames channels;

  BudgetEditController(
      BudgetEditing editing,
      BudgetCatalog catalog,
      BudgetHistory history,
      BudgetLookup lookup,
      BudgetWarnings warnings,
      ChannelNames channels) {
    this.editing = editing;
    this.catalog = catalog;
    this.history = history;
    this.lookup = lookup;
    this.warnings = warnings;
    this.channels = channels;
  }

  /// A version of a budget as the API shows it.
  ///
  /// @param actor who made it
  /// @param before what can be edited, before; absent for the first version
  /// @param after the same after
  /// @param changed the names of what it changed
  @Serdeable
  record BudgetVersionResponse(
      int version,
      String actor,
      Instant at,
      Optional<Map<String, Object>> before,
      Map<String, Object> after,
      List<String> changed) {
    static BudgetVersionResponse of(BudgetVersion version) {
      return new BudgetVersionResponse(
          version.version(),
          version.actor(),
          version.at(),
          version.before(),
          version.after(),
          version.changed());
    }
  }

  /// Edits a budget. What is not named stays; limit and thresholds take effect at once.
  @Patch
  HttpResponse<?> patch(ApiRequest request, @PathVariable String id) {
    BudgetPatch patch =
        channels.read(
            request.workspaceId(), request.json(), json -> BudgetPatch.read(json, request.now()));
    return answer(request, edit(request, id, "budget.update", Optional.empty(), patch), List.of());
  }

  /// Raises the limit of a budget for a time, or that of one of its subjects alone.
  @Post("/increase")
  HttpResponse<?> increase(ApiRequest request, @PathVariable String id) {
    Budget budget = request.find("budget", id, catalog::find);
    IncreaseRequest increase = IncreaseRequest.read(request.json(), budget, request.now());
    return answer(
        request,
        edit(request, id, "budget.increase", Optional.of(increase.reason()), increase.increase()),
        lookup.unheardOf(budget, increase.increase().subject(), request.now()));
  }

  /// Ends an increase before its time: that of a budget, or that of one of its subjects alone.
  ///
  /// @param subject whose, of a budget that counts each id apart; its own where there is none
  @Delete("/increase")
  HttpResponse<?> endIncrease(
      ApiRequest request, @PathVariable String id, @QueryValue Optional<String> subject) {
    Budget budget = request.find("budget", id, catalog::find);
    BudgetEdit edit =
        edit(
            request,
            id,
            IncreaseEnd.ACTION,
            Optional.empty(),
            IncreaseEnd.of(budget, subject, request.now()));
    return request.once(
        subject.orElse(""),
        () -> {
          EditOutcome outcome = editing.edit(edit, request.now());
          if (outcome instanceof Unchanged) {
            throw new ProblemException(
                ProblemKind.NOT_FOUND, "There is no increase that runs; nothing was changed.");
          }
          return shown(request, done(outcome, id), List.of());
        });
  }

  /// Archives a budget; one that is archived stays so.
  @Delete
  HttpResponse<?> archive(ApiRequest request, @PathVariable String id) {
    BudgetEdit edit =
        BudgetEdit.archive(
            request.workspaceId(), budgetId(id), IfMatch.of(request), request.actor());
    return request.once(
        () -> {
          EditOutcome outcome = editing.edit(edit, request.now());
          if (!(outcome instanceof Archived)) {
            done(outcome, id);
          }
          return HttpResponse.noContent();
        });
  }

  /// Lists the versions of a budget, latest first: who changed what, and when.
  @Get("/versions")
  Page<BudgetVersionResponse> versions(
      ApiRequest request, @PathVariable String id, PageRequest page) {
    Budget budget = request.find("budget", id, catalog::find);
    int before = PlaceCursor.VERSIONS.parse(page.cursor()).orElse(Integer.MAX_VALUE);
    return page.of(
        history.page(request.workspaceId(), budget.id(), before, page.most()),
        version -> PlaceCursor.VERSIONS.at(version.version()),
        BudgetVersionResponse::of);
  }

  private static BudgetEdit edit(
      ApiRequest request,
      String id,
      String action,
      Optional<String> reason,
      BudgetEdit.Change change) {
    return new BudgetEdit(
        request.workspaceId(),
        budgetId(id),
        IfMatch.of(request),
        request.actor(),
        action,
        reason,
        change);
  }

  private static UUID budgetId(String id) {
    return Ids.parse(id).orElseThrow(() -> ProblemException.missing("budget", id));
  }

  private HttpResponse<?> answer(ApiRequest request, BudgetEdit edit, List<String> more) {
    return request.once(
        () ->
            shown(
                request,
                done(editing.edit(edit, request.now()), edit.budgetId().toString()),
                more));
  }

  private MutableHttpResponse<?> shown(ApiRequest request, Budget budget, List<String> more) {
    return IfMatch.ok(
        lookup.shown(budget, request.now(), warnings.of(budget, more)), budget.version());
  }

  private static Budget done(EditOutcome outcome, String id) {
    return switch (outcome) {
      case Edited edited -> edited.budget();
      case Unchanged unchanged -> unchanged.budget();
      case Missing missing -> throw ProblemException.missing("budget", id);
      case Owned owned ->
          throw new ProblemException(
              ProblemKind.CONFLICT,
              "The budget belongs to %s; change it there.".formatted(owned.owner()));
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
