package dev.stipend.http.reservation;

import dev.stipend.enforcement.Decision;
import dev.stipend.enforcement.Work;
import dev.stipend.http.ApiRequest;
import dev.stipend.tenant.Workspace;
import dev.stipend.usecase.Enforce;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import java.time.Instant;
import java.util.Optional;

/// Tells whether work may be done, without holding anything for it.
@Controller("/api/budgets/validate")
class EnforcementController {
  private final Enforce enforcement;
  private final Denials denials;

  EnforcementController(Enforce enforcement, Denials denials) {
    this.enforcement = enforcement;
    this.denials = denials;
  }

  /// Tells whether work may be done now, without holding anything for it.
  @Post
  ValidationResponse validate(ApiRequest request) {
    Work work = WorkRequest.toValidate(request.json()).work();
    if (request.hasOutage()) {
      return ValidationResponse.allowed(enforcement.withoutDatabase(request.caller(), work));
    }
    Decision decision = enforcement.validate(request.caller(), work, request.now());
    return decision.isAllowed()
        ? ValidationResponse.allowed(decision)
        : refused(request.workspace(), decision, request.now());
  }

  private ValidationResponse refused(Workspace workspace, Decision decision, Instant now) {
    Refusal refusal = denials.refusal(workspace, decision, now);
    ConsideredBudget first = refusal.first();
    return new ValidationResponse(
        false,
        decision.id(),
        true,
        Optional.of(refusal.cost()),
        decision.estimate().maxOutputTokens(),
        Optional.of(first.budgetId()),
        Optional.of(first.budgetName()),
        Optional.of(first.limitAmount()),
        Optional.of(first.currentSpend()),
        Optional.of(refusal.fits()),
        Optional.of(refusal.detail(workspace.currency())),
        refusal.budgets());
  }
}
