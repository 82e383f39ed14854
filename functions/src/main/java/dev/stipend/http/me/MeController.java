package dev.stipend.http.me;

import dev.stipend.http.ApiRequest;
import dev.stipend.money.Money;
import dev.stipend.platform.json.Labels;
import dev.stipend.report.overview.OwnFigures;
import dev.stipend.report.overview.OwnFigures.OwnBudget;
import dev.stipend.tenant.Caller;
import dev.stipend.tenant.KeyRecord;
import dev.stipend.tenant.KeyRing;
import dev.stipend.tenant.Role;
import dev.stipend.tenant.Workspace;
import dev.stipend.time.Period;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.serde.annotation.Serdeable;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/// Tells callers who they are.
@Controller("/api/me")
class MeController {
  private final KeyRing keys;
  private final OwnFigures figures;

  MeController(KeyRing keys, OwnFigures figures) {
    this.keys = keys;
    this.figures = figures;
  }

  /// Who is calling.
  ///
  /// @param userId the user whom the key belongs to; absent where it belongs to none
  /// @param may what the key may do
  /// @param budgets those that count the user; none where the key belongs to none
  /// @param models what the user has spent in the running month by model, the dearest first
  @Serdeable
  record MeResponse(
      KeyPart key,
      String role,
      Optional<String> userId,
      WorkspacePart workspace,
      List<String> may,
      List<BudgetPart> budgets,
      List<ModelPart> models) {}

  /// The key of the request.
  @Serdeable
  record KeyPart(UUID id, String name, String prefix) {}

  /// The workspace of the key.
  @Serdeable
  record WorkspacePart(String slug, String name, String currency, String timeZone, String locale) {
    static WorkspacePart of(Workspace workspace) {
      return new WorkspacePart(
          workspace.slug(),
          workspace.name(),
          workspace.currency(),
          workspace.timeZone(),
          workspace.locale());
    }
  }

  /// A budget that counts the user.
  ///
  /// @param subject the id that the user's work counts for there
  /// @param headroom limit less spend and held; 0 when that is less than nothing
  /// @param percentUsed spend in percent of the limit, one decimal, rounded down
  /// @param resetsAt when its period ends; absent when it never does
  @Serdeable
  record BudgetPart(
      UUID budgetId,
      String budgetName,
      String subject,
      Money limitAmount,
      Money spend,
      Money held,
      Money headroom,
      BigDecimal percentUsed,
      boolean hardLimit,
      Optional<Instant> resetsAt) {
    static BudgetPart of(OwnBudget own, Instant now) {
      Money limit = own.period().limitOf(own.budget(), now);
      Money spend = own.period().spend();
      Money held = own.period().held();
      return new BudgetPart(
          own.budget().id(),
          own.budget().name(),
          own.period().key().subject(),
          limit,
          spend,
          held,
          limit.minus(spend).minus(held).orZero(),
          spend.percentOf(limit),
          own.budget().hardLimit(),
          Optional.of(own.period().period().end()).filter(end -> !end.equals(Period.FOREVER)));
    }
  }

  /// What a model has cost the user.
  @Serdeable
  record ModelPart(String model, Money spend) {}

  /// Shows the key of the request, what it may do, and the budgets and spend of its user.
  @Get
  MeResponse me(ApiRequest request) {
    Caller caller = request.caller();
    Workspace workspace = request.workspace();
    Instant now = request.now();
    KeyRecord key = keys.find(workspace.id(), caller.keyId()).orElseThrow();
    return new MeResponse(
        new KeyPart(key.id(), key.name(), key.prefix()),
        Labels.of(caller.role()),
        caller.userId(),
        WorkspacePart.of(workspace),
        Stream.of(Role.values()).filter(caller.role()::covers).map(Labels::of).toList(),
        caller
            .userId()
            .map(user -> figures.budgets(workspace, user, now))
            .orElse(List.of())
            .stream()
            .map(own -> BudgetPart.of(own, now))
            .toList(),
        caller.userId().map(user -> figures.models(workspace, user, now)).orElse(List.of()).stream()
            .map(own -> new ModelPart(own.model(), own.spend()))
            .toList());
  }
}
