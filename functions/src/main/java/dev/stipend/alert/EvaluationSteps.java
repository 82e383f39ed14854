package dev.stipend.alert;

import dev.stipend.alert.AlertEvaluator.Evaluated;
import dev.stipend.alert.AlertEvaluator.Known;
import dev.stipend.budget.Counter;
import dev.stipend.budget.CounterKey;
import dev.stipend.budget.CounterRollover;
import dev.stipend.budget.Counters;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The transactions of evaluation: each locks counters, evaluates them, and marks those that are
/// done. What is waiting stays as it was.
@Singleton
class EvaluationSteps {
  private final Counters counters;
  private final CounterRollover rollover;
  private final AlertEvaluator evaluator;

  EvaluationSteps(Counters counters, CounterRollover rollover, AlertEvaluator evaluator) {
    this.counters = counters;
    this.rollover = rollover;
    this.evaluator = evaluator;
  }

  /// What a transaction did.
  ///
  /// @param locked how many counters it took
  record Step(int locked, Evaluated evaluated) {}

  /// Evaluates those of the counters that have changed.
  @Transactional
  Step changed(Collection<CounterKey> keys, Known known, Instant now) {
    return changed(counters.lockDirty(keys), known, now);
  }

  /// Evaluates up to `most` counters that have changed.
  @Transactional
  Step anyChanged(int most, Instant now) {
    return changed(counters.claimDirty(most), Known.NOTHING, now);
  }

  private Step changed(List<Counter> locked, Known known, Instant now) {
    Evaluated evaluated = evaluator.evaluate(locked, known, now);
    List<Counter> watched =
        evaluated.done().stream()
            .filter(one -> Prospects.isWatched(one.about(), now))
            .map(Situation::counter)
            .toList();
    if (!watched.isEmpty()) {
      counters.lookAgain(watched, counter -> Optional.of(now));
    }
    markEvaluated(locked, evaluated, now);
    return new Step(locked.size(), evaluated);
  }

  /// Evaluates what is foreseen of counters, and notes when to look at them again.
  @Transactional
  Step foreseen(Collection<CounterKey> keys, Known known, Instant now) {
    List<Counter> locked = counters.claimToLookAt(keys, now);
    Evaluated evaluated = evaluator.evaluate(locked, known, now);
    Set<CounterKey> open =
        Stream.concat(
                evaluated.done().stream()
                    .filter(Situation::isForeseenOpen)
                    .map(one -> one.counter().key()),
                evaluated.raised().stream())
            .collect(Collectors.toSet());
    Map<CounterKey, Situation> byKey =
        evaluated.done().stream().collect(Collectors.toMap(one -> one.counter().key(), one -> one));
    List<Counter> done = notWaiting(locked, evaluated);
    if (!done.isEmpty()) {
      counters.lookAgain(
          done,
          counter ->
              Optional.ofNullable(byKey.get(counter.key()))
                  .flatMap(
                      one -> Prospects.nextLook(one.about(), open.contains(counter.key()), now)));
    }
    return new Step(locked.size(), evaluated);
  }

  /// What was closed, and what is to be opened after it.
  record Closed(Step step, List<CounterRollover.Next> next) {}

  /// Ends the alerts of up to `most` periods that are over and closes their counters.
  @Transactional
  Closed anyEnded(int most, Instant now) {
    return ended(counters.claimEnded(now, most), Known.NOTHING, now);
  }

  /// Does so for those of the counters that are not closed yet.
  @Transactional
  Closed ended(Collection<CounterKey> keys, Known known, Instant now) {
    return ended(counters.lockEnded(keys, now), known, now);
  }

  private Closed ended(List<Counter> locked, Known known, Instant now) {
    Evaluated evaluated = evaluator.evaluate(locked, known, now);
    markEvaluated(locked, evaluated, now);
    List<CounterRollover.Next> next = rollover.close(notWaiting(locked, evaluated), now);
    return new Closed(new Step(locked.size(), evaluated), next);
  }

  private void markEvaluated(List<Counter> locked, Evaluated evaluated, Instant now) {
    List<Counter> done = notWaiting(locked, evaluated);
    if (!done.isEmpty()) {
      counters.markEvaluated(done, now);
    }
  }

  private static List<Counter> notWaiting(List<Counter> locked, Evaluated evaluated) {
    Set<CounterKey> waiting = new HashSet<>();
    evaluated.waiting().forEach(one -> waiting.add(one.counter().key()));
    return locked.stream().filter(counter -> !waiting.contains(counter.key())).toList();
  }
}
