package dev.stipend.http.budget;

import dev.stipend.budget.Budget;
import dev.stipend.budget.BudgetCatalog;
import dev.stipend.budget.BudgetFilter;
import dev.stipend.budget.BudgetStanding;
import dev.stipend.budget.BudgetStatus;
import dev.stipend.budget.Scope;
import dev.stipend.budget.StoredBudget;
import dev.stipend.budget.edit.BudgetCreation;
import dev.stipend.budget.edit.BudgetRequest;
import dev.stipend.budget.edit.NewBudget;
import dev.stipend.http.ApiRequest;
import dev.stipend.http.Page;
import dev.stipend.http.PageRequest;
import dev.stipend.http.QueryParameters;
import dev.stipend.notification.channel.BudgetWarnings;
import dev.stipend.notification.channel.ChannelNames;
import dev.stipend.platform.json.Labels;
import dev.stipend.platform.web.Cursor;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Creates budgets and shows how they stand.
@Controller("/api/budgets")
class BudgetController {
  private final BudgetCreation creation;
  private final BudgetCatalog catalog;
  private final BudgetStanding standing;
  private final BudgetLookup lookup;
  private final ChannelNames names;
  private final BudgetWarnings warnings;

  BudgetController(
      BudgetCreation creation,
      BudgetCatalog catalog,
      BudgetStanding standing,
      BudgetLookup lookup,
      ChannelNames names,
      BudgetWarnings warnings) {
    this.creation = creation;
    this.catalog = catalog;
    this.standing = standing;
    this.lookup = lookup;
    this.names = names;
    this.warnings = warnings;
  }

  /// Creates a budget. What was spent in its current period counts, too; where that takes a while,
  /// `backfill` tells how far it is, and until it is known, a hard limit does what `onFailure`
  /// says.
  @Post
  HttpResponse<?> create(ApiRequest request) {
    Instant now = request.now();
    UUID workspace = request.workspaceId();
    NewBudget wanted =
        names.read(
            request.workspaceId(),
            request.json(),
            json -> BudgetRequest.read(json, request.caller(), now));
    return request.onceDone(
        () -> {
          Budget budget = creation.create(workspace, wanted, now);
          return IfMatch.tagged(
              HttpResponse.created(
                  lookup.shown(budget, now, warnings.of(budget)),
                  URI.create("/api/budgets/" + budget.id())),
              budget.version());
        },
        made -> made instanceof BudgetResponse budget ? counted(budget, workspace, now) : made);
  }

  /// A new budget once what was spent before is counted.
  private BudgetResponse counted(BudgetResponse made, UUID workspace, Instant now) {
    return catalog
        .findStored(workspace, made.id())
        .map(budget -> lookup.shown(budget, now, made.warnings()))
        .orElse(made);
  }

  /// Lists budgets, newest first.
  ///
  /// @param scope only those of this scope
  /// @param scopeId only those of this id
  /// @param status only those that are `active` or `archived`
  /// @param q only those whose name contains this
  @Get
  Page<BudgetResponse> list(
      ApiRequest request,
      @QueryValue Optional<String> scope,
      @QueryValue Optional<String> scopeId,
      @QueryValue Optional<String> status,
      @QueryValue Optional<String> q,
      PageRequest page) {
    Cursor from = page.from();
    BudgetFilter filter =
        new BudgetFilter(
            QueryParameters.choice("status", status, Labels.choices(BudgetStatus.class)),
            QueryParameters.choice("scope", scope, Labels.choices(Scope.class)),
            scopeId,
            q,
            from.before(),
            from.idBefore());
    List<StoredBudget> found = catalog.page(request.workspaceId(), filter, page.most());
    return page.of(
        found,
        budget -> Cursor.at(budget.createdAt(), budget.id()),
        lookup.shown(request.workspaceId(), found, request.now()));
  }

  /// Shows a budget.
  @Get("/{id}")
  HttpResponse<BudgetResponse> get(ApiRequest request, @PathVariable String id) {
    StoredBudget budget = request.find("budget", id, catalog::findStored);
    return IfMatch.ok(lookup.shown(budget, request.now(), List.of()), budget.version());
  }

  /// Shows how the current period of a budget stands, and what its spend is made of.
  ///
  /// @param subject whose; required for a budget that counts each id apart
  @Get("/{id}/usage")
  UsageResponse usage(
      ApiRequest request, @PathVariable String id, @QueryValue Optional<String> subject) {
    Budget budget = request.find("budget", id, catalog::find);
    Instant now = request.now();
    return standing
        .of(budget, BudgetLookup.subject(budget, subject), now)
        .map(stands -> UsageResponse.of(budget, stands, lookup.backfill(budget), now))
        .orElseThrow(BudgetLookup::noPeriod);
  }

  /// Lists the periods of a budget that are over, latest first.
  ///
  /// @param subject whose; required for a budget that counts each id apart
  @Get("/{id}/history")
  Page<UsageResponse.Past> history(
      ApiRequest request,
      @PathVariable String id,
      @QueryValue Optional<String> subject,
      PageRequest page) {
    Budget budget = request.find("budget", id, catalog::find);
    return page.of(
        standing.history(
            budget,
            BudgetLookup.subject(budget, subject),
            request.now(),
            page.from().before(),
            page.most()),
        counter -> Cursor.at(counter.period().start(), budget.id()),
        UsageResponse.Past::of);
  }
}
