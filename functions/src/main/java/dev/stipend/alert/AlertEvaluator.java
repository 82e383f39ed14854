package dev.stipend.alert;

import dev.stipend.alert.AlertDecision.End;
import dev.stipend.alert.AlertDecision.Raise;
import dev.stipend.alert.AlertDecision.Resolve;
import dev.stipend.alert.AlertDecision.Supersede;
import dev.stipend.alert.AlertNotice.Purpose;
import dev.stipend.alert.AlertRepository.Closing;
import dev.stipend.budget.Budget;
import dev.stipend.budget.BudgetCatalog;
import dev.stipend.budget.Contributors.Question;
import dev.stipend.budget.Counter;
import dev.stipend.budget.CounterKey;
import dev.stipend.budget.Severity;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Evaluates counters that the caller has locked, and writes what was decided in the caller's
/// transaction.
@Singleton
class AlertEvaluator {
  private final BudgetCatalog budgets;
  private final AlertRepository alerts;
  private final SnapshotWriter snapshots;
  private final AlertOutbox outbox;

  AlertEvaluator(
      BudgetCatalog budgets, AlertRepository alerts, SnapshotWriter snapshots, AlertOutbox outbox) {
    this.budgets = budgets;
    this.alerts = alerts;
    this.snapshots = snapshots;
    this.outbox = outbox;
  }

  /// Answers what to do once the transaction has committed.
  Runnable evaluate(List<Counter> counters, Instant now) {
    Map<UUID, Budget> byId =
        budgets
            .findAll(ids(counters, CounterKey::workspaceId), ids(counters, CounterKey::budgetId))
            .stream()
            .collect(Collectors.toMap(Budget::id, Function.identity()));
    Map<CounterKey, List<LoggedAlert>> byCounter =
        alerts.findByCounters(counters).stream()
            .collect(Collectors.groupingBy(LoggedAlert::counter));
    List<Decided> decided = new ArrayList<>();
    for (Counter counter : counters) {
      Budget budget = byId.get(counter.key().budgetId());
      if (budget != null) {
        List<AlertDecision> decisions =
            Evaluation.decide(
                budget, counter, byCounter.getOrDefault(counter.key(), List.of()), now);
        if (!decisions.isEmpty()) {
          decided.add(new Decided(new Question(budget, counter), decisions));
        }
      }
    }
    Changes changes =
        new Changes(snapshots.facts(decided.stream().map(Decided::about).toList()), now);
    decided.forEach(changes::add);
    return outbox.stage(changes.write(), now);
  }

  private static Set<UUID> ids(List<Counter> counters, Function<CounterKey, UUID> part) {
    return counters.stream().map(Counter::key).map(part).collect(Collectors.toSet());
  }

  /// What was decided about one counter.
  private record Decided(Question about, List<AlertDecision> decisions) {}

  /// What one evaluation changes, gathered so that each kind of change is one statement.
  private final class Changes {
    private final SnapshotWriter.Facts facts;
    private final Instant now;
    private final List<AlertRow> opened = new ArrayList<>();
    private final List<Closing> closed = new ArrayList<>();
    private final List<AlertNotice> notices = new ArrayList<>();

    Changes(SnapshotWriter.Facts facts, Instant now) {
      this.facts = facts;
      this.now = now;
    }

    void add(Decided decided) {
      Question about = decided.about();
      decided.decisions().forEach(decision -> add(decision, about.budget(), about.counter()));
    }

    private void add(AlertDecision decision, Budget budget, Counter counter) {
      switch (decision) {
        case Raise raise -> {
          AlertRow row =
              open(raise.line(), raise.opening(), AlertState.OPEN, raise.reason(), budget, counter);
          notices.add(
              new AlertNotice(
                  Purpose.RAISED,
                  row.id(),
                  counter.key(),
                  raise.line().severity(),
                  raise.line().channels(),
                  row.snapshot(),
                  raise.hush()));
        }
        case Supersede lower ->
            open(
                lower.line(),
                lower.opening(),
                AlertState.SUPERSEDED,
                lower.reason(),
                budget,
                counter);
        case Resolve resolve -> {
          closed.add(new Closing(resolve.alert(), AlertState.RESOLVED, resolve.reason()));
          if (resolve.alert().state() == AlertState.OPEN) {
            notices.add(recovery(resolve, budget, counter));
          }
        }
        case End end -> closed.add(new Closing(end.alert(), AlertState.ENDED, end.reason()));
      }
    }

    private AlertRow open(
        AlertLine line,
        long opening,
        AlertState state,
        String reason,
        Budget budget,
        Counter counter) {
      UUID id = AlertRow.idOf(counter, line, opening);
      AlertSnapshot snapshot =
          snapshots.write(
              facts,
              Purpose.RAISED,
              id,
              line.type(),
              line.percent(),
              line.severity(),
              reason,
              budget,
              counter,
              now);
      AlertRow row = new AlertRow(id, budget, counter, line, state, reason, snapshot);
      opened.add(row);
      return row;
    }

    private AlertNotice recovery(Resolve resolve, Budget budget, Counter counter) {
      LoggedAlert alert = resolve.alert();
      AlertSnapshot snapshot =
          snapshots.write(
              facts,
              Purpose.RECOVERED,
              alert.id(),
              alert.type(),
              alert.threshold(),
              Severity.INFO,
              resolve.reason(),
              budget,
              counter,
              now);
      return new AlertNotice(
          Purpose.RECOVERED,
          alert.id(),
          counter.key(),
          Severity.INFO,
          List.of(),
          snapshot,
          Optional.empty());
    }

    /// What an alert kept silent while people knew of it may be told when it is over.
    private void wakeThoseKeptSilent() {
      Set<UUID> workspaces =
          closed.stream()
              .filter(closing -> closing.alert().hush().isPresent())
              .map(closing -> closing.alert().counter().workspaceId())
              .collect(Collectors.toSet());
      if (!workspaces.isEmpty()) {
        outbox.wake(workspaces, now);
      }
    }

    /// Writes everything, and answers the notices of alerts that this evaluation was the one to
    /// change.
    List<AlertNotice> write() {
      Set<UUID> changed = closed.isEmpty() ? Set.of() : alerts.close(closed, now);
      wakeThoseKeptSilent();
      Set<UUID> raised = opened.isEmpty() ? Set.of() : alerts.insert(opened, now);
      return notices.stream()
          .filter(
              notice ->
                  (notice.purpose() == Purpose.RAISED ? raised : changed)
                      .contains(notice.alertId()))
          .toList();
    }
  }
}
