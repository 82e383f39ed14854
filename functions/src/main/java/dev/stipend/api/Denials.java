package dev.stipend.api;

import dev.stipend.budget.Headroom;
import dev.stipend.budget.Headrooms;
import dev.stipend.notify.Channel;
import dev.stipend.notify.Channels;
import dev.stipend.reservation.Decision;
import dev.stipend.workspace.Workspace;
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
import java.util.stream.Stream;

/// Tells why work is refused, in a way that people and programs can act on.
@Singleton
final class Denials {
  private final Headrooms headrooms;
  private final Channels channels;

  Denials(Headrooms headrooms, Channels channels) {
    this.headrooms = headrooms;
    this.channels = channels;
  }

  /// Answers a refusal as a problem, with the time from which asking again may help.
  MutableHttpResponse<Denial> response(Workspace workspace, Decision refused, Instant now) {
    List<ConsideredBudget> budgets = budgets(workspace, refused, now);
    ConsideredBudget first = first(budgets);
    Problem problem =
        ProblemKind.BUDGET_EXCEEDED.problem(detail(workspace, first, refused), List.of());
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
                budgets));
    freesAt(first)
        .ifPresent(
            at ->
                response.header(
                    HttpHeaders.RETRY_AFTER,
                    Long.toString(Math.max(1, Duration.between(now, at).toSeconds()))));
    return response;
  }

  /// Every budget of a refusal; those that refuse say when they free and whom to ask.
  List<ConsideredBudget> budgets(Workspace workspace, Decision refused, Instant now) {
    Map<UUID, List<Channel>> owners =
        channels.of(
            workspace.id(),
            refused.denying().stream().map(Headroom::budgetId).collect(Collectors.toSet()));
    return refused.budgets().stream()
        .map(
            budget ->
                refused.isDeniedBy(budget)
                    ? refusing(
                        workspace, budget, owners.getOrDefault(budget.budgetId(), List.of()), now)
                    : ConsideredBudget.of(refused, budget))
        .toList();
  }

  private ConsideredBudget refusing(
      Workspace workspace, Headroom budget, List<Channel> owners, Instant now) {
    Optional<Instant> expiry =
        budget.held().isPositive()
            ? headrooms.nextExpiry(workspace.id(), budget, now)
            : Optional.empty();
    return ConsideredBudget.refusing(budget, expiry, owners.stream().map(Channel::name).toList());
  }

  /// The budget that a refusal names first.
  static ConsideredBudget first(List<ConsideredBudget> budgets) {
    return budgets.stream().filter(ConsideredBudget::denies).findFirst().orElseThrow();
  }

  /// Why, in one paragraph.
  static String detail(Workspace workspace, ConsideredBudget first, Decision refused) {
    String money = workspace.currency();
    String frees =
        freesAt(first).map(at -> " Headroom frees at " + at + " at the earliest.").orElse("");
    String owners =
        first.channels().filter(names -> !names.isEmpty()).stream()
            .map(names -> " Its owners read " + String.join(", ", names) + ".")
            .findFirst()
            .orElse("");
    return "Budget \"%s\" (%s) allows %s %s; %s is spent and %s held, which leaves %s. This may cost %s.%s%s"
        .formatted(
            first.budgetName(),
            first.subject(),
            first.limitAmount(),
            money,
            first.currentSpend(),
            first.held(),
            first.headroom(),
            refused.estimate().cost(),
            frees,
            owners);
  }

  private static Optional<Instant> freesAt(ConsideredBudget budget) {
    return Stream.of(budget.nextHoldExpiresAt(), budget.resetsAt())
        .flatMap(Optional::stream)
        .min(Instant::compareTo);
  }
}
