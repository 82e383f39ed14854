package dev.stipend.alert;

import dev.stipend.alert.AlertNotice.Purpose;
import dev.stipend.alert.SnapshotWriter.Subject;
import dev.stipend.budget.BlockedParent;
import dev.stipend.budget.BlockedParents;
import dev.stipend.budget.Budget;
import dev.stipend.budget.BudgetCatalog;
import dev.stipend.budget.BudgetStatus;
import dev.stipend.budget.Counter;
import dev.stipend.budget.Counters;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Tells people of alerts that were kept silent for a time, when that time is over and the alert
/// still holds: with the figures of now, and once. Tells them again of alerts that stay open, where
/// a line asks for that, and not for ever.
@Singleton
class Reminders {
  /// So often people are told again of one alert, whatever its line asks for.
  static final int MOST = 10;

  private final QuietAlerts quiet;
  private final AlertRepository alerts;
  private final BudgetCatalog budgets;
  private final Counters counters;
  private final BlockedParents parents;
  private final SnapshotWriter snapshots;
  private final AlertOutbox outbox;

  Reminders(
      QuietAlerts quiet,
      AlertRepository alerts,
      BudgetCatalog budgets,
      Counters counters,
      BlockedParents parents,
      SnapshotWriter snapshots,
      AlertOutbox outbox) {
    this.quiet = quiet;
    this.alerts = alerts;
    this.budgets = budgets;
    this.counters = counters;
    this.parents = parents;
    this.snapshots = snapshots;
    this.outbox = outbox;
  }

  /// Looks at up to `most` alerts whose time of silence is over.
  @Transactional
  CounterEvaluation.Done remind(int most, Instant now) {
    List<QuietAlert> due = quiet.claim(most, now);
    Map<UUID, BlockedParent> blocked = parents.find(workspacesOfInhibited(due), now);
    Map<UUID, Budget> byId = budgetsOf(due);
    List<Runnable> afterCommit = new ArrayList<>();
    for (QuietAlert each : due) {
      Optional<Budget> budget = Optional.ofNullable(byId.get(each.alert().counter().budgetId()));
      if (each.alert().isOpen() && has(budget, BudgetStatus.PAUSED)) {
        Hush hush = Hush.paused(now);
        quiet.postpone(workspace(each), each.alert().id(), hush.until(), now);
        afterCommit.add(keepSilent(each, hush));
        continue;
      }
      if (each.wasSnoozed()) {
        quiet.endSnooze(workspace(each), each.alert().id());
      }
      Optional<Hush> inhibition =
          isInhibited(each)
              ? Optional.ofNullable(blocked.get(workspace(each)))
                  .map(parent -> Hush.under(parent, now))
              : Optional.empty();
      afterCommit.add(
          inhibition
              .map(hush -> keepSilent(each, hush))
              .orElseGet(() -> remind(each, budget, now)));
    }
    return new CounterEvaluation.Done(due.size(), () -> afterCommit.forEach(Runnable::run));
  }

  private static boolean has(Optional<Budget> budget, BudgetStatus status) {
    return budget.filter(found -> found.status() == status).isPresent();
  }

  private Map<UUID, Budget> budgetsOf(List<QuietAlert> due) {
    return budgets
        .findAll(
            due.stream().map(Reminders::workspace).collect(Collectors.toSet()),
            due.stream().map(each -> each.alert().counter().budgetId()).collect(Collectors.toSet()))
        .stream()
        .collect(Collectors.toMap(Budget::id, Function.identity()));
  }

  /// An alert that was kept back stays so while the budget above refuses all work.
  private static boolean isInhibited(QuietAlert due) {
    return due.alert().isOpen() && due.alert().state() == AlertState.INHIBITED;
  }

  private static Set<UUID> workspacesOfInhibited(List<QuietAlert> due) {
    return due.stream()
        .filter(Reminders::isInhibited)
        .map(Reminders::workspace)
        .collect(Collectors.toSet());
  }

  private Runnable remind(QuietAlert due, Optional<Budget> known, Instant now) {
    Optional<Counter> counter =
        due.alert().isOpen() ? counters.find(due.alert().counter()) : Optional.empty();
    Optional<Budget> budget = known.filter(found -> found.status() == BudgetStatus.ACTIVE);
    scheduleNext(due, budget, now);
    if (counter.isEmpty() || budget.isEmpty()) {
      return keepSilent(due, Hush.forGood("the alert is over"));
    }
    List<LoggedAlert> all = alerts.findByCounters(List.of(counter.get()));
    Optional<Hush> hush = Hush.over(all, due.alert().type(), due.severity(), now);
    if (hush.isPresent()) {
      return keepSilent(due, hush.get());
    }
    if (all.stream().anyMatch(other -> speaksFor(other, due.alert()))) {
      return keepSilent(due, Hush.forGood("a higher line speaks for it"));
    }
    Situation about =
        new Situation(budget.get(), counter.get(), all, Optional.empty(), Optional.empty());
    AlertOutbox.Staged staged = outbox.tellAgain(notice(due, about, now), isAgain(due), now);
    alerts.speak(workspace(due), due.alert().id(), !staged.told().isEmpty(), now);
    return staged.sending();
  }

  /// Whatever comes of this time: the next reminder is a full interval away.
  private void scheduleNext(QuietAlert due, Optional<Budget> budget, Instant now) {
    if (isAgain(due) || due.alert().state() == AlertState.INHIBITED) {
      int reminders = due.reminders() + (due.isReminder() ? 1 : 0);
      Optional<Instant> next =
          budget.stream()
              .flatMap(of -> of.thresholds().stream())
              .map(AlertLine::of)
              .filter(line -> line.isKeyOf(due.alert()) && reminders < MOST)
              .findFirst()
              .flatMap(AlertLine::remindEvery)
              .map(now::plus);
      quiet.reminded(workspace(due), due.alert().id(), reminders, next);
    }
  }

  /// Whether those who were told already are to be told again.
  private static boolean isAgain(QuietAlert due) {
    return due.wasSnoozed() || due.isReminder();
  }

  /// One that people are told of, or will be: not one that is open and was told to nobody, since
  /// they knew of a higher one.
  private static boolean speaksFor(LoggedAlert higher, LoggedAlert lower) {
    return higher.isOpen()
        && (higher.toldAt().isPresent() || higher.state() == AlertState.INHIBITED)
        && higher.isAbove(lower);
  }

  private Runnable keepSilent(QuietAlert due, Hush hush) {
    outbox.keepSilent(workspace(due), due.alert().id(), hush);
    return () -> {};
  }

  private AlertNotice notice(QuietAlert due, Situation about, Instant now) {
    LoggedAlert alert = due.alert();
    Subject subject =
        new Subject(
            alert.id(),
            alert.type(),
            alert.threshold(),
            due.severity(),
            "%s; raised at %s: %s"
                .formatted(
                    due.isReminder() ? "still so" : "still so, and kept silent until now",
                    alert.raisedAt(),
                    due.reason()),
            Optional.of(alert));
    AlertSnapshot snapshot =
        snapshots.facts(List.of(about), now).snapshot(Purpose.RAISED, subject, about, now);
    return new AlertNotice(
        Purpose.RAISED,
        alert.id(),
        alert.counter(),
        due.severity(),
        List.of(),
        isAgain(due) || due.reminders() > 0 ? List.of() : about.spokenForBy(alert),
        snapshot.again(now),
        Optional.empty());
  }

  private static UUID workspace(QuietAlert due) {
    return due.alert().counter().workspaceId();
  }
}
