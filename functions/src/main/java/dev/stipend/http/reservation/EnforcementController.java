package dev.stipend.http.reservation;

import dev.stipend.enforcement.Decision;
import dev.stipend.http.CallerBinder;
import dev.stipend.http.Refusal;
import dev.stipend.platform.json.ExactJson;
import dev.stipend.tenant.Caller;
import dev.stipend.usecase.Enforce;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// Tells whether work may be done, without holding anything for it.
@Controller("/api/budgets/validate")
class EnforcementController {
  private final Enforce enforcement;
  private final Denials denials;
  private final InstantSource clock;

  EnforcementController(Enforce enforcement, Denials denials, InstantSource clock) {
    this.enforcement = enforcement;
    this.denials = denials;
    this.clock = clock;
  }

  /// Tells whether work may be done now, without holding anything for it.
  @Post
  ValidationResponse validate(Caller caller, HttpRequest<?> sent, @Body String body) {
    Instant now = clock.instant();
    WorkRequest request = WorkRequest.toValidate(ExactJson.parse(body));
    if (CallerBinder.hasOutage(sent)) {
      return ValidationResponse.allowed(enforcement.withoutDatabase(caller, request.work()));
    }
    Decision decision = enforcement.validate(caller, request.work(), now);
    return decision.isAllowed()
        ? ValidationResponse.allowed(decision)
        : refused(caller, decision, now);
  }

  private ValidationResponse refused(Caller caller, Decision decision, Instant now) {
    Refusal refusal = denials.refusal(caller.workspace(), decision, now);
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
        Optional.of(refusal.detail(caller.workspace().currency())),
        refusal.budgets());
  }
}
