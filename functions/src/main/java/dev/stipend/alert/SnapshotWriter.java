package dev.stipend.alert;

import dev.stipend.budget.Budget;
import dev.stipend.budget.Contributor;
import dev.stipend.budget.Contributors;
import dev.stipend.budget.Counter;
import dev.stipend.budget.CounterKey;
import dev.stipend.budget.Severity;
import dev.stipend.budget.Threshold;
import dev.stipend.json.Labels;
import dev.stipend.money.Money;
import dev.stipend.workspace.Workspace;
import dev.stipend.workspace.WorkspaceRepository;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Writes down what a message will say.
@Singleton
class SnapshotWriter {
  private static final int CONTRIBUTORS = 3;

  private final WorkspaceRepository workspaces;
  private final Contributors contributors;
  private final @Nullable String consoleUrl;

  SnapshotWriter(
      WorkspaceRepository workspaces,
      Contributors contributors,
      @Nullable @Value("${console.url:}") String consoleUrl) {
    this.workspaces = workspaces;
    this.contributors = contributors;
    this.consoleUrl = consoleUrl == null || consoleUrl.isBlank() ? null : consoleUrl;
  }

  /// Reads what snapshots of these counters need, once for all of them.
  Facts facts(List<Contributors.Question> questions) {
    Map<UUID, Workspace> known = new HashMap<>();
    questions.forEach(
        question ->
            known.computeIfAbsent(
                question.budget().workspaceId(), id -> workspaces.findById(id).orElseThrow()));
    return new Facts(known, contributors.top(questions, CONTRIBUTORS));
  }

  /// What snapshots say beyond the budget and the counter.
  record Facts(Map<UUID, Workspace> workspaces, Map<CounterKey, List<Contributor>> contributors) {
    Workspace workspaceOf(Budget budget) {
      return Objects.requireNonNull(workspaces.get(budget.workspaceId()));
    }

    List<Contributor> contributorsOf(Counter counter) {
      return contributors.getOrDefault(counter.key(), List.of());
    }
  }

  AlertSnapshot write(
      Facts facts,
      AlertNotice.Purpose purpose,
      UUID alertId,
      AlertType type,
      BigDecimal threshold,
      Severity severity,
      String reason,
      Budget budget,
      Counter counter,
      Instant now) {
    Workspace workspace = facts.workspaceOf(budget);
    Money limit = counter.limitOf(budget, now);
    return new AlertSnapshot(
        alertId + "." + Labels.of(purpose),
        "alert." + Labels.of(purpose),
        now,
        workspace.slug(),
        new AlertSnapshot.Alert(
            alertId, type, Threshold.plain(threshold), Labels.of(severity), reason),
        new AlertSnapshot.BudgetPart(
            budget.id(),
            budget.name(),
            Labels.of(budget.scope()),
            budget.scopeId(),
            counter.key().subject(),
            budget.hardLimit()),
        new AlertSnapshot.PeriodPart(
            Labels.of(budget.cadence().kind()),
            counter.period().start(),
            counter.period().end(),
            budget.cadence().zone().getId()),
        new AlertSnapshot.SpendPart(
            counter.spend(),
            limit,
            counter.spend().percentOf(limit),
            counter.held(),
            limit.minus(counter.spend()).minus(counter.held()),
            workspace.currency(),
            counter.requests(),
            counter.unpriced()),
        facts.contributorsOf(counter),
        counter.dataAsOf(),
        consoleUrl == null ? null : consoleUrl + "/#/budgets/" + budget.id());
  }
}
