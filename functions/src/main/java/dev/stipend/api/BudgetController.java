package dev.stipend.api;

import dev.stipend.api.schema.BudgetBody;
import dev.stipend.budget.Budget;
import dev.stipend.budget.BudgetCatalog;
import dev.stipend.budget.BudgetCreation;
import dev.stipend.budget.BudgetFilter;
import dev.stipend.budget.BudgetStanding;
import dev.stipend.budget.BudgetStatus;
import dev.stipend.budget.Counter;
import dev.stipend.budget.NewBudget;
import dev.stipend.budget.Scope;
import dev.stipend.json.ExactJson;
import dev.stipend.json.InvalidJsonException;
import dev.stipend.json.Labels;
import dev.stipend.notify.Channels;
import dev.stipend.workspace.Caller;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Creates budgets and shows how they stand.
@Tag(name = "Budgets")
@Controller("/api/budgets")
class BudgetController {
  private final BudgetCreation creation;
  private final BudgetCatalog catalog;
  private final BudgetStanding standing;
  private final Channels channels;
  private final Idempotent idempotent;
  private final InstantSource clock;

  BudgetController(
      BudgetCreation creation,
      BudgetCatalog catalog,
      BudgetStanding standing,
      Channels channels,
      Idempotent idempotent,
      InstantSource clock) {
    this.creation = creation;
    this.catalog = catalog;
    this.standing = standing;
    this.channels = channels;
    this.idempotent = idempotent;
    this.clock = clock;
  }

  /// Creates a budget. What was spent in its current period counts at once.
  @RequestBody(content = @Content(schema = @Schema(implementation = BudgetBody.class)))
  @ApiResponse(
      responseCode = "201",
      description = "The budget; its warnings tell what may keep it from working as expected",
      content = @Content(schema = @Schema(implementation = BudgetResponse.class)))
  @Parameter(in = ParameterIn.HEADER, name = Idempotent.HEADER)
  @Post
  HttpResponse<?> create(Caller caller, HttpRequest<?> request, @Body String body) {
    Instant now = clock.instant();
    NewBudget wanted = BudgetRequest.read(ExactJson.parse(body), caller, now);
    UUID workspace = caller.workspace().id();
    requireKnownChannels(workspace, wanted);
    return idempotent.answer(
        caller,
        request,
        body,
        now,
        later -> {
          Budget budget = creation.create(workspace, wanted, now, later);
          return HttpResponse.created(
              shown(budget, now, warnings(budget)), URI.create("/api/budgets/" + budget.id()));
        });
  }

  /// Lists budgets, newest first.
  ///
  /// @param scope only those of this scope
  /// @param scopeId only those of this id
  /// @param status only those that are `active` or `archived`
  /// @param q only those whose name contains this
  @Get
  Page<BudgetResponse> list(
      Caller caller,
      @QueryValue Optional<String> scope,
      @QueryValue Optional<String> scopeId,
      @QueryValue Optional<String> status,
      @QueryValue Optional<String> q,
      @QueryValue Optional<Integer> limit,
      @QueryValue Optional<String> cursor) {
    Cursor from = Cursor.parse(cursor);
    int most = Cursor.limit(limit);
    BudgetFilter filter =
        new BudgetFilter(
            choice("status", status, Labels.choices(BudgetStatus.class)),
            choice("scope", scope, Labels.choices(Scope.class)),
            scopeId,
            q,
            from.before(),
            from.idBefore());
    Instant now = clock.instant();
    List<Budget> found = catalog.page(caller.workspace().id(), filter, most + 1);
    List<Budget> shown = found.subList(0, Math.min(most, found.size()));
    Optional<String> next =
        found.size() > most
            ? Optional.of(new Cursor(shown.getLast().createdAt(), shown.getLast().id()).toString())
            : Optional.empty();
    return new Page<>(shown.stream().map(budget -> shown(budget, now, List.of())).toList(), next);
  }

  /// Shows a budget.
  @Get("/{id}")
  BudgetResponse get(Caller caller, @PathVariable String id) {
    return shown(find(caller, id), clock.instant(), List.of());
  }

  /// Shows how the current period of a budget stands, and what its spend is made of.
  ///
  /// @param subject whose; required for a budget that counts each id apart
  @Get("/{id}/usage")
  UsageResponse usage(
      Caller caller, @PathVariable String id, @QueryValue Optional<String> subject) {
    Budget budget = find(caller, id);
    String counted = subject(budget, subject);
    return standing
        .of(budget, counted, clock.instant())
        .map(now -> UsageResponse.of(budget, now.current(), now.history(), now.topContributors()))
        .orElseThrow(
            () ->
                new ProblemException(
                    ProblemKind.NOT_FOUND, "The budget has no period at this time."));
  }

  /// Lists the periods of a budget that are over, latest first.
  ///
  /// @param subject whose; required for a budget that counts each id apart
  @Get("/{id}/history")
  Page<UsageResponse.Past> history(
      Caller caller,
      @PathVariable String id,
      @QueryValue Optional<String> subject,
      @QueryValue Optional<Integer> limit,
      @QueryValue Optional<String> cursor) {
    Budget budget = find(caller, id);
    Cursor from = Cursor.parse(cursor);
    int most = Cursor.limit(limit);
    List<Counter> found =
        standing.history(
            budget, subject(budget, subject), clock.instant(), from.before(), most + 1);
    List<Counter> shown = found.subList(0, Math.min(most, found.size()));
    Optional<String> next =
        found.size() > most
            ? Optional.of(new Cursor(shown.getLast().period().start(), budget.id()).toString())
            : Optional.empty();
    return new Page<>(shown.stream().map(UsageResponse.Past::of).toList(), next);
  }

  private static String subject(Budget budget, Optional<String> asked) {
    if (budget.isEach()) {
      return asked.orElseThrow(
          () ->
              new InvalidJsonException(
                  "subject",
                  "is required: this budget counts each " + Labels.of(budget.scope()) + " apart"));
    }
    if (asked.filter(id -> !id.equals(budget.scopeId())).isPresent()) {
      throw new InvalidJsonException("subject", "must be left out, or be " + budget.scopeId());
    }
    return budget.scopeId();
  }

  private Budget find(Caller caller, String id) {
    return Ids.parse(id)
        .flatMap(uuid -> catalog.find(caller.workspace().id(), uuid))
        .orElseThrow(() -> new ProblemException(ProblemKind.NOT_FOUND, "There is no budget " + id));
  }

  private BudgetResponse shown(Budget budget, Instant now, List<String> warnings) {
    return BudgetResponse.of(
        budget,
        budget.isEach()
            ? Optional.empty()
            : standing.current(budget, budget.scopeId(), now).map(Counter::spend),
        now,
        warnings);
  }

  private void requireKnownChannels(UUID workspace, NewBudget wanted) {
    List<UUID> named = new ArrayList<>(wanted.channels());
    wanted.thresholds().forEach(threshold -> named.addAll(threshold.channels()));
    List<UUID> known = channels.known(workspace, named);
    named.stream()
        .filter(id -> !known.contains(id))
        .findFirst()
        .ifPresent(
            id -> {
              throw new InvalidJsonException("channels", id + " is no channel of this workspace");
            });
  }

  private List<String> warnings(Budget budget) {
    return channels.of(budget.workspaceId(), budget.id(), List.of()).isEmpty()
        ? List.of(
            "No channel would tell anybody: set SLACK_WEBHOOK_URL, or SMTP_URL or SENDGRID_API_KEY"
                + " with ALERT_FROM_EMAIL, or name channels.")
        : List.of();
  }

  private static <T> Optional<T> choice(
      String name, Optional<String> text, Map<String, T> choices) {
    return text.map(
        label ->
            Optional.ofNullable(choices.get(label))
                .orElseThrow(
                    () ->
                        new InvalidJsonException(
                            name, "must be one of " + String.join(", ", choices.keySet()))));
  }
}
