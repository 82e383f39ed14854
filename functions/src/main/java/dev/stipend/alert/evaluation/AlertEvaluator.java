package dev.stipend.alert.evaluation;

import dev.stipend.alert.AlertChanges;
import dev.stipend.alert.AlertNotice;
import dev.stipend.alert.AlertNotice.Purpose;
import dev.stipend.alert.AlertOutbox;
import dev.stipend.alert.AlertRepository;
import dev.stipend.alert.LoggedAlert;
import dev.stipend.alert.SnapshotWriter;
import dev.stipend.budget.Budget;
import dev.stipend.budget.BudgetCatalog;
import dev.stipend.budget.period.BudgetInPeriod;
import dev.stipend.budget.period.BudgetPeriod;
import dev.stipend.budget.period.PeriodKey;
import dev.stipend.ingest.price.PriceBookRepository;
import dev.stipend.platform.json.Labels;
import dev.stipend.platform.metrics.LogField;
import dev.stipend.platform.sql.AfterCommit;
import io.micronaut.context.event.ApplicationEventPublisher;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/// Evaluates counters that the caller has locked, and writes what was decided in the caller's
/// transaction. Reads nothing meanwhile but budgets and alerts: the figures of messages come in.
@Singleton
public class AlertEvaluator {
  private static final Logger LOG = LoggerFactory.getLogger(AlertEvaluator.class);

  private final BudgetCatalog budgets;
  private final PriceBookRepository prices;
  private final AlertRepository alerts;
  private final SnapshotWriter snapshots;
  private final AlertOutbox outbox;
  private final AfterCommit afterCommit;
  private final ApplicationEventPublisher<PeriodsEvaluated> evaluated;

  AlertEvaluator(
      BudgetCatalog budgets,
      PriceBookRepository prices,
      AlertRepository alerts,
      SnapshotWriter snapshots,
      AlertOutbox outbox,
      AfterCommit afterCommit,
      ApplicationEventPublisher<PeriodsEvaluated> evaluated) {
    this.budgets = budgets;
    this.prices = prices;
    this.alerts = alerts;
    this.snapshots = snapshots;
    this.outbox = outbox;
    this.afterCommit = afterCommit;
    this.evaluated = evaluated;
  }

  /// What is known before rows are locked.
  ///
  /// @param forecasts what is foreseen of counters
  /// @param figures of messages
  /// @param isComplete whether there is nothing more to read, so that a message whose figures are
  ///     not known is written without
  public record Known(
      Map<PeriodKey, PeriodForecast> forecasts, AlertFigures figures, boolean isComplete) {
    /// Nothing yet.
    public static final Known NOTHING = new Known(Map.of(), AlertFigures.NONE, false);
  }

  /// What an evaluation did.
  ///
  /// @param done counters of which everything was decided and written, with all that was looked at
  /// @param raised the counters for which it was decided to raise or resolve something
  /// @param waiting counters that messages are to be written about, whose figures are not known;
  ///     nothing was written about them
  public record Evaluated(
      List<EvaluationInput> done, Set<PeriodKey> raised, List<EvaluationInput> waiting) {
    /// The counters that are done.
    List<BudgetPeriod> counters() {
      return done.stream().map(EvaluationInput::counter).toList();
    }
  }

  /// Evaluates counters.
  Evaluated evaluate(List<BudgetPeriod> locked, Known known, Instant now) {
    List<EvaluationInput> done = new ArrayList<>();
    List<EvaluationInput> waiting = new ArrayList<>();
    Set<PeriodKey> decided = new HashSet<>();
    AlertChanges changes = new AlertChanges(snapshots, known.figures(), now);
    for (EvaluationInput input : inputs(locked, known.forecasts())) {
      List<AlertDecision> decisions = Evaluation.decide(input, now);
      PeriodKey key = input.counter().key();
      if (decisions.stream().anyMatch(AlertEvaluator::isMessage)
          && !known.isComplete()
          && !known.figures().knows(key)) {
        waiting.add(input);
      } else {
        done.add(input);
        decisions.forEach(decision -> changes.add(decision, input));
        if (!decisions.isEmpty()) {
          decided.add(key);
        }
      }
    }
    List<AlertNotice> notices = write(changes, now);
    notices.forEach(notice -> afterCommit.run(() -> log(notice)));
    outbox.stage(notices, now);
    afterCommit.run(() -> evaluated.publishEvent(PeriodsEvaluated.of(done, notices, now)));
    return new Evaluated(done, decided, waiting);
  }

  private static boolean isMessage(AlertDecision decision) {
    return !(decision instanceof AlertDecision.End);
  }

  private static void log(AlertNotice notice) {
    PeriodKey counter = notice.counter();
    try (MDC.MDCCloseable _ = LogField.WORKSPACE.of(counter.workspaceId());
        MDC.MDCCloseable _ = LogField.BUDGET.of(counter.budgetId());
        MDC.MDCCloseable _ = LogField.ALERT.of(notice.alertId())) {
      LOG.info("Alert {}: {}", Labels.of(notice.purpose()), notice.snapshot().alert().type());
    }
  }

  /// All that an evaluation of counters looks at. Those whose budget is gone are left out.
  public List<EvaluationInput> inputs(
      List<BudgetPeriod> counters, Map<PeriodKey, PeriodForecast> forecasts) {
    Map<PeriodKey, List<LoggedAlert>> byCounter =
        alerts.findByCounters(counters).stream()
            .collect(Collectors.groupingBy(LoggedAlert::counter));
    Set<UUID> ceilings =
        prices.ceilings(
            ids(
                counters.stream().filter(counter -> counter.unpriced() > 0).toList(),
                PeriodKey::workspaceId));
    return known(counters).stream()
        .map(
            one ->
                new EvaluationInput(
                    one.budget(),
                    one.counter(),
                    byCounter.getOrDefault(one.counter().key(), List.of()),
                    ceilings.contains(one.budget().workspaceId()),
                    Optional.ofNullable(forecasts.get(one.counter().key()))))
        .toList();
  }

  /// Counters with their budgets.
  public List<BudgetInPeriod> known(Collection<BudgetPeriod> counters) {
    Map<UUID, Budget> byId =
        budgets
            .findAll(ids(counters, PeriodKey::workspaceId), ids(counters, PeriodKey::budgetId))
            .stream()
            .collect(Collectors.toMap(Budget::id, Function.identity()));
    List<BudgetInPeriod> known = new ArrayList<>();
    for (BudgetPeriod counter : counters) {
      Budget budget = byId.get(counter.key().budgetId());
      if (budget != null) {
        known.add(new BudgetInPeriod(budget, counter));
      }
    }
    return known;
  }

  private static Set<UUID> ids(Collection<BudgetPeriod> counters, Function<PeriodKey, UUID> part) {
    return counters.stream().map(BudgetPeriod::key).map(part).collect(Collectors.toSet());
  }

  /// Writes everything, and answers the notices of alerts that this evaluation was the one to
  /// change.
  private List<AlertNotice> write(AlertChanges changes, Instant now) {
    Set<UUID> closed = changes.closed().isEmpty() ? Set.of() : alerts.close(changes.closed(), now);
    List<LoggedAlert> remaining = changes.remaining();
    if (!remaining.isEmpty()) {
      // Whoever reminds of one of them now, and saw what is closed, is waited for: before anything
      // of deliveries is locked, as there.
      alerts.lock(remaining);
      outbox.recheckAlerts(remaining, now);
    }
    List<LoggedAlert> ended =
        changes.ended().stream().filter(alert -> closed.contains(alert.id())).toList();
    if (!ended.isEmpty()) {
      outbox.changed(
          ended.stream().map(alert -> alert.counter().workspaceId()).distinct().toList(),
          ended.stream().map(LoggedAlert::id).toList(),
          now);
    }
    if (!changes.freed().isEmpty()) {
      outbox.recheckWorkspaces(changes.freed(), now);
    }
    Set<UUID> raised = new HashSet<>();
    if (!changes.opened().isEmpty()) {
      raised.addAll(alerts.insert(changes.opened(), now));
    }
    if (!changes.adopted().isEmpty()) {
      raised.addAll(alerts.adopt(changes.adopted(), now));
    }
    return changes.notices().stream()
        .filter(
            notice ->
                (notice.purpose() == Purpose.RAISED ? raised : closed).contains(notice.alertId()))
        .toList();
  }
}
