package dev.stipend.alert.evaluation;

import dev.stipend.alert.evaluation.AlertEvaluator.Evaluated;
import dev.stipend.alert.evaluation.AlertEvaluator.Known;
import dev.stipend.budget.period.BudgetPeriod;
import dev.stipend.budget.period.BudgetPeriods;
import dev.stipend.budget.period.PeriodClaims;
import dev.stipend.budget.period.PeriodKey;
import dev.stipend.budget.period.PeriodRollover;
import dev.stipend.platform.isolation.SetAside;
import dev.stipend.platform.isolation.WorkFailedException;
import dev.stipend.platform.isolation.WorkItem;
import dev.stipend.platform.sql.AfterCommit;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The transactions of evaluation: each locks counters, evaluates them, and marks those that are
/// done. What is waiting stays as it was. One that fails says which counters it had.
@Singleton
public class EvaluationSteps {
  private final PeriodClaims claims;
  private final BudgetPeriods counters;
  private final PeriodRollover rollover;
  private final AlertEvaluator evaluator;
  private final SetAside setAside;
  private final AfterCommit afterCommit;

  EvaluationSteps(
      PeriodClaims claims,
      BudgetPeriods counters,
      PeriodRollover rollover,
      AlertEvaluator evaluator,
      SetAside setAside,
      AfterCommit afterCommit) {
    this.claims = claims;
    this.counters = counters;
    this.rollover = rollover;
    this.evaluator = evaluator;
    this.setAside = setAside;
    this.afterCommit = afterCommit;
  }

  /// What a transaction did.
  ///
  /// @param locked how many counters it took
  public record Step(int locked, Evaluated evaluated) {}

  /// Evaluates those of the counters that have changed.
  @Transactional
  public Step changed(Collection<PeriodKey> keys, Known known, Instant now) {
    return changed(claims.lockDirty(keys), known, now);
  }

  /// Evaluates up to `most` counters that have changed.
  @Transactional
  public Step anyChanged(int most, Instant now) {
    return changed(claims.claimDirty(most), Known.NOTHING, now);
  }

  private Step changed(List<BudgetPeriod> locked, Known known, Instant now) {
    Evaluated evaluated = evaluate(locked, known, now);
    List<BudgetPeriod> watched =
        evaluated.done().stream()
            .filter(one -> PeriodForecasts.isWatched(one.about(), now))
            .map(EvaluationInput::counter)
            .toList();
    if (!watched.isEmpty()) {
      counters.lookAgain(watched, counter -> Optional.of(now));
    }
    markEvaluated(locked, evaluated, now);
    return new Step(locked.size(), evaluated);
  }

  /// Evaluates what is foreseen of counters, and notes when to look at them again.
  @Transactional
  public Step foreseen(Collection<PeriodKey> keys, Known known, Instant now) {
    return foreseen(claims.claimToLookAt(keys, now), known, now);
  }

  private Step foreseen(List<BudgetPeriod> locked, Known known, Instant now) {
    Evaluated evaluated = evaluate(locked, known, now);
    Set<PeriodKey> open =
        Stream.concat(
                evaluated.done().stream()
                    .filter(EvaluationInput::isForeseenOpen)
                    .map(one -> one.counter().key()),
                evaluated.raised().stream())
            .collect(Collectors.toSet());
    Map<PeriodKey, EvaluationInput> byKey =
        evaluated.done().stream().collect(Collectors.toMap(one -> one.counter().key(), one -> one));
    List<BudgetPeriod> done = notWaiting(locked, evaluated);
    if (!done.isEmpty()) {
      counters.lookAgain(
          done,
          counter ->
              Optional.ofNullable(byKey.get(counter.key()))
                  .flatMap(
                      one ->
                          PeriodForecasts.nextLook(
                              one.about(), open.contains(counter.key()), now)));
    }
    return new Step(locked.size(), evaluated);
  }

  /// Ends the alerts of up to `most` periods that are over and closes their counters; after the
  /// commit, the ones that follow are opened.
  @Transactional
  public Step anyEnded(int most, Instant now) {
    return ended(claims.claimEnded(now, most), Known.NOTHING, now);
  }

  /// Does so for those of the counters that are not closed yet.
  @Transactional
  public Step ended(Collection<PeriodKey> keys, Known known, Instant now) {
    return ended(claims.lockEnded(keys, now), known, now);
  }

  private Step ended(List<BudgetPeriod> locked, Known known, Instant now) {
    Evaluated evaluated = evaluate(locked, known, now);
    markEvaluated(locked, evaluated, now);
    List<PeriodRollover.Next> next =
        work(locked, () -> rollover.close(notWaiting(locked, evaluated), now));
    afterCommit.run(() -> rollover.open(next, now));
    return new Step(locked.size(), evaluated);
  }

  /// Does whatever is due of a counter that was set aside, and has it no longer set aside.
  @Transactional
  public void again(WorkItem item, PeriodKey key, Known known, Instant now) {
    List<BudgetPeriod> locked = claims.lock(key).stream().toList();
    List<BudgetPeriod> toLookAt = claims.lockToLookAt(key, now).stream().toList();
    if (locked.stream().anyMatch(one -> one.closedAt().isEmpty() && one.period().hasEnded(now))) {
      ended(locked, known, now);
    } else if (!toLookAt.isEmpty()) {
      foreseen(toLookAt, known, now);
    } else {
      List<BudgetPeriod> dirty = locked.stream().filter(BudgetPeriod::dirty).toList();
      changed(dirty, known, now);
    }
    setAside.clear(item);
  }

  /// How counters stand, for who reads the figures of their messages.
  @Transactional
  public List<EvaluationInput> inputs(Collection<PeriodKey> keys) {
    return evaluator.inputs(counters.findAll(List.copyOf(keys)), Map.of());
  }

  private Evaluated evaluate(List<BudgetPeriod> locked, Known known, Instant now) {
    return work(locked, () -> evaluator.evaluate(locked, known, now));
  }

  /// Does work on counters that the transaction has locked.
  ///
  /// @throws WorkFailedException if it fails
  public static <T> T work(List<BudgetPeriod> locked, Supplier<T> work) {
    try {
      return work.get();
    } catch (WorkFailedException told) {
      throw told;
    } catch (RuntimeException failure) {
      throw new WorkFailedException(
          locked.stream().map(counter -> item(counter.key())).toList(), failure);
    }
  }

  private static WorkItem item(PeriodKey key) {
    return WorkItem.counter(key.workspaceId(), key.budgetId(), key.subject(), key.periodStart());
  }

  private void markEvaluated(List<BudgetPeriod> locked, Evaluated evaluated, Instant now) {
    List<BudgetPeriod> done = notWaiting(locked, evaluated);
    if (!done.isEmpty()) {
      counters.markEvaluated(done, now);
    }
    List<BudgetPeriod> fallen =
        evaluated.done().stream()
            .filter(one -> Evaluation.fellUnseen(one, now))
            .map(EvaluationInput::counter)
            .toList();
    if (!fallen.isEmpty()) {
      counters.markKnown(fallen);
    }
  }

  private static List<BudgetPeriod> notWaiting(List<BudgetPeriod> locked, Evaluated evaluated) {
    Set<PeriodKey> waiting = new HashSet<>();
    evaluated.waiting().forEach(one -> waiting.add(one.counter().key()));
    return locked.stream().filter(counter -> !waiting.contains(counter.key())).toList();
  }
}
