package dev.stipend.alert;

import dev.stipend.alert.AlertDecision.Resolve;
import dev.stipend.alert.AlertNotice.Purpose;
import dev.stipend.budget.BlockedParent;
import dev.stipend.budget.BlockedParents;
import dev.stipend.budget.Budget;
import dev.stipend.budget.BudgetCatalog;
import dev.stipend.budget.BudgetCounter;
import dev.stipend.budget.Counter;
import dev.stipend.budget.CounterKey;
import dev.stipend.budget.Counters;
import dev.stipend.budget.Refund;
import dev.stipend.budget.Refunds;
import dev.stipend.json.Labels;
import dev.stipend.metric.LogField;
import io.micronaut.context.event.ApplicationEventPublisher;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/// Evaluates counters that the caller has locked, and writes what was decided in the caller's
/// transaction.
@Singleton
class AlertEvaluator {
  private static final Logger LOG = LoggerFactory.getLogger(AlertEvaluator.class);

  private final BudgetCatalog budgets;
  private final Counters counters;
  private final BlockedParents parents;
  private final Prospects prospects;
  private final AlertRepository alerts;
  private final SnapshotWriter snapshots;
  private final Refunds refunds;
  private final AlertOutbox outbox;
  private final ApplicationEventPublisher<CountersEvaluated> evaluated;

  AlertEvaluator(
      BudgetCatalog budgets,
      Counters counters,
      BlockedParents parents,
      Prospects prospects,
      AlertRepository alerts,
      SnapshotWriter snapshots,
      Refunds refunds,
      AlertOutbox outbox,
      ApplicationEventPublisher<CountersEvaluated> evaluated) {
    this.budgets = budgets;
    this.counters = counters;
    this.parents = parents;
    this.prospects = prospects;
    this.alerts = alerts;
    this.snapshots = snapshots;
    this.refunds = refunds;
    this.outbox = outbox;
    this.evaluated = evaluated;
  }

  /// What was decided about one counter.
  record Decided(Situation situation, List<AlertDecision> decisions) {}

  /// Evaluates what is known of counters; what is foreseen of them is looked at by the next sweep.
  /// Answers what to do once the transaction has committed.
  Runnable evaluate(List<Counter> changed, Instant now) {
    List<Situation> situations = situations(changed, false, now);
    List<Counter> watched =
        situations.stream()
            .filter(one -> Prospects.isWatched(one.about(), now))
            .map(Situation::counter)
            .toList();
    if (!watched.isEmpty()) {
      counters.lookAgain(watched, counter -> Optional.of(now));
    }
    return write(decided(situations, now), situations, now);
  }

  /// Evaluates what is foreseen of counters too, and notes when to look at them again.
  Runnable look(List<Counter> looked, Instant now) {
    List<Situation> situations = situations(looked, true, now);
    List<Decided> decided = decided(situations, now);
    Set<CounterKey> open =
        Stream.concat(
                situations.stream().filter(Situation::isForeseenOpen),
                decided.stream().map(Decided::situation))
            .map(one -> one.counter().key())
            .collect(Collectors.toSet());
    Map<CounterKey, Situation> byKey =
        situations.stream().collect(Collectors.toMap(one -> one.counter().key(), one -> one));
    counters.lookAgain(
        looked,
        counter ->
            Optional.ofNullable(byKey.get(counter.key()))
                .flatMap(
                    one -> Prospects.nextLook(one.about(), open.contains(counter.key()), now)));
    return write(decided, List.of(), now);
  }

  private static List<Decided> decided(List<Situation> situations, Instant now) {
    return situations.stream()
        .map(situation -> new Decided(situation, Evaluation.decide(situation, now)))
        .filter(one -> !one.decisions().isEmpty())
        .toList();
  }

  private Runnable write(List<Decided> decided, List<Situation> changed, Instant now) {
    List<Situation> about = decided.stream().map(Decided::situation).toList();
    List<Decided> explained = decided.stream().map(this::withRefunds).toList();
    AlertChanges changes = new AlertChanges(snapshots.facts(about, now), explained, now);
    List<AlertNotice> notices = write(changes);
    AlertOutbox.Staged staged = outbox.stage(notices, now);
    List<AlertRow> spokeUp =
        changes.uncovered().stream().filter(row -> staged.told().contains(row.id())).toList();
    if (!spokeUp.isEmpty()) {
      alerts.markTold(spokeUp, now);
    }
    List<AlertNotice> told =
        notices.stream()
            .filter(one -> one.spokenForBy().isEmpty() || staged.told().contains(one.alertId()))
            .toList();
    return () -> {
      told.forEach(AlertEvaluator::log);
      staged.sending().run();
      evaluated.publishEvent(CountersEvaluated.of(changed, told, now));
    };
  }

  /// Names the refund by which an alert is over.
  private Decided withRefunds(Decided decided) {
    return new Decided(
        decided.situation(),
        decided.decisions().stream()
            .map(
                decision ->
                    decision instanceof Resolve resolve
                        ? new Resolve(
                            resolve.alert(),
                            resolve.reason() + refund(resolve.alert(), decided.situation()))
                        : decision)
            .toList());
  }

  private String refund(LoggedAlert over, Situation about) {
    boolean hasFallen = about.counter().spend().compareTo(over.spend()) < 0;
    return hasFallen && over.type().followsSpend()
        ? refunds.latest(about.about(), over.raisedAt()).map(AlertEvaluator::words).orElse("")
        : "";
  }

  private static String words(Refund refund) {
    return "; refund %s took back %s%s"
        .formatted(
            refund.eventId(),
            refund.amount(),
            refund.corrects().map(event -> " of " + event).orElse(""));
  }

  private static void log(AlertNotice notice) {
    CounterKey counter = notice.counter();
    try (MDC.MDCCloseable _ = LogField.WORKSPACE.of(counter.workspaceId());
        MDC.MDCCloseable _ = LogField.BUDGET.of(counter.budgetId());
        MDC.MDCCloseable _ = LogField.ALERT.of(notice.alertId())) {
      LOG.info("Alert {}: {}", Labels.of(notice.purpose()), notice.snapshot().alert().type());
    }
  }

  private List<Situation> situations(List<Counter> counters, boolean ahead, Instant now) {
    Set<UUID> workspaces = ids(counters, CounterKey::workspaceId);
    Map<UUID, Budget> byId =
        budgets.findAll(workspaces, ids(counters, CounterKey::budgetId)).stream()
            .collect(Collectors.toMap(Budget::id, Function.identity()));
    Map<UUID, BlockedParent> blocked = parents.find(workspaces, now);
    Map<CounterKey, List<LoggedAlert>> byCounter =
        alerts.findByCounters(counters).stream()
            .collect(Collectors.groupingBy(LoggedAlert::counter));
    List<BudgetCounter> known =
        counters.stream()
            .filter(counter -> byId.containsKey(counter.key().budgetId()))
            .map(
                counter ->
                    new BudgetCounter(
                        Objects.requireNonNull(byId.get(counter.key().budgetId())), counter))
            .toList();
    Map<CounterKey, Prospect> foreseen = ahead ? prospects.of(known, now) : Map.of();
    return known.stream()
        .map(
            one ->
                new Situation(
                    one.budget(),
                    one.counter(),
                    byCounter.getOrDefault(one.counter().key(), List.of()),
                    Optional.ofNullable(blocked.get(one.budget().workspaceId())),
                    Optional.ofNullable(foreseen.get(one.counter().key()))))
        .toList();
  }

  private static Set<UUID> ids(List<Counter> counters, Function<CounterKey, UUID> part) {
    return counters.stream().map(Counter::key).map(part).collect(Collectors.toSet());
  }

  /// Writes everything, and answers the notices of alerts that this evaluation was the one to
  /// change.
  private List<AlertNotice> write(AlertChanges changes) {
    Instant now = changes.now();
    Set<UUID> closed = changes.closed().isEmpty() ? Set.of() : alerts.close(changes.closed(), now);
    List<LoggedAlert> remaining = changes.remaining();
    if (!remaining.isEmpty()) {
      // Whoever reminds of one of them now, and saw what is closed, is waited for: before anything
      // of deliveries is locked, as there.
      alerts.lock(remaining);
      outbox.wakeAlerts(remaining, now);
    }
    if (!changes.toWake().isEmpty()) {
      outbox.wake(changes.toWake(), now);
    }
    Set<UUID> raised = new HashSet<>();
    if (!changes.opened().isEmpty()) {
      raised.addAll(alerts.insert(changes.opened(), now));
    }
    if (!changes.uncovered().isEmpty()) {
      raised.addAll(alerts.uncover(changes.uncovered(), now));
    }
    return changes.notices().stream()
        .filter(
            notice ->
                (notice.purpose() == Purpose.RAISED ? raised : closed).contains(notice.alertId()))
        .toList();
  }
}
