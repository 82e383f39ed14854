package dev.stipend.http.reservation;

import dev.stipend.enforcement.Decision;
import dev.stipend.enforcement.headroom.Headroom;
import dev.stipend.enforcement.headroom.HeadroomCache;
import dev.stipend.http.Problem;
import dev.stipend.http.ProblemKind;
import dev.stipend.money.Money;
import dev.stipend.notification.channel.Channel;
import dev.stipend.notification.channel.Channels;
import dev.stipend.tenant.Workspace;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/// Tells why work is refused, in a way that people and programs can act on.
@Singleton
final class Denials {
  private final HeadroomCache headrooms;
  private final Channels channels;

  Denials(HeadroomCache headrooms, Channels channels) {
    this.headrooms = headrooms;
    this.channels = channels;
  }

  /// Answers a refusal as a problem, with the time from which asking again may help, where there
  /// is one.
  MutableHttpResponse<Denial> response(Workspace workspace, Decision refused, Instant now) {
    Refusal refusal = refusal(workspace, refused, now);
    ConsideredBudget first = refusal.first();
    Problem problem =
        ProblemKind.BUDGET_EXCEEDED.problem(refusal.detail(workspace.currency()), List.of());
    MutableHttpResponse<Denial> response =
        ProblemKind.BUDGET_EXCEEDED.response(
            new Denial(
                problem.type(),
                problem.title(),
                problem.status(),
                problem.detail(),
                problem.errors(),
                refused.id(),
                first.budgetId(),
                first.budgetName(),
                first.limitAmount(),
                first.currentSpend(),
                refused.estimate().cost(),
                refusal.fits(),
                refusal.budgets()));
    refusal
        .mayFitAt()
        .ifPresent(
            at ->
                response.header(
                    HttpHeaders.RETRY_AFTER,
                    Long.toString(Math.max(1, Duration.between(now, at).toSeconds()))));
    return response;
  }

  /// What a refusal rests on.
  Refusal refusal(Workspace workspace, Decision refused, Instant now) {
    return new Refusal(refused.estimate().cost(), budgets(workspace, refused, now));
  }

  /// Every budget of a refusal; those that refuse say when they free and whom to ask.
  private List<ConsideredBudget> budgets(Workspace workspace, Decision refused, Instant now) {
    Map<UUID, List<Channel>> owners =
        channels.of(
            workspace.id(),
            refused.denying().stream().map(Headroom::budgetId).collect(Collectors.toSet()));
    return refused.budgets().stream()
        .map(
            budget ->
                refused.isDeniedBy(budget)
                    ? refusing(
                        workspace,
                        budget,
                        refused.estimate().cost(),
                        owners.getOrDefault(budget.budgetId(), List.of()),
                        now)
                    : ConsideredBudget.admitting(budget))
        .toList();
  }

  private ConsideredBudget refusing(
      Workspace workspace, Headroom budget, Money cost, List<Channel> owners, Instant now) {
    Optional<Instant> expiry =
        budget.held().isPositive()
            ? headrooms.nextExpiry(workspace.id(), budget, now)
            : Optional.empty();
    return ConsideredBudget.refusing(
        budget, cost, expiry, owners.stream().map(Channel::name).toList());
  }
}
