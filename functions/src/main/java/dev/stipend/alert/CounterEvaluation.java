package dev.stipend.alert;

import dev.stipend.budget.Counter;
import dev.stipend.budget.CounterKey;
import dev.stipend.budget.CounterRollover;
import dev.stipend.budget.Counters;
import io.micronaut.context.event.ApplicationEventPublisher;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// The transactions of evaluation: each locks counters, evaluates them, and marks them.
@Singleton
class CounterEvaluation {
  /// What a transaction did, and what is left to do after it.
  record Done(int counters, Runnable afterCommit) {}

  private final Counters counters;
  private final UneventfulCounters uneventful;
  private final CounterRollover rollover;
  private final AlertEvaluator evaluator;
  private final ApplicationEventPublisher<CountersEvaluated> evaluated;

  CounterEvaluation(
      Counters counters,
      UneventfulCounters uneventful,
      CounterRollover rollover,
      AlertEvaluator evaluator,
      ApplicationEventPublisher<CountersEvaluated> evaluated) {
    this.counters = counters;
    this.uneventful = uneventful;
    this.rollover = rollover;
    this.evaluator = evaluator;
    this.evaluated = evaluated;
  }

  @Transactional
  Done evaluate(Collection<CounterKey> keys, Instant now) {
    return evaluateLocked(counters.lockDirty(keys), now);
  }

  @Transactional
  Done evaluateDirty(int most, Instant now) {
    return evaluateLocked(counters.claimDirty(most), now);
  }

  /// What a pass over changed counters did.
  ///
  /// @param counters how many were marked
  /// @param next from where to go on; empty if there are no more
  record Passed(int counters, Optional<CounterKey> next, Runnable afterCommit) {}

  /// Marks those of up to `most` changed counters of which an evaluation decides nothing.
  @Transactional
  Passed passOver(CounterKey after, int most, Instant now) {
    UneventfulCounters.Locked locked = uneventful.lock(after, most);
    if (locked.rows().isEmpty()) {
      return new Passed(0, Optional.empty(), () -> {});
    }
    UneventfulCounters.Marked marked = uneventful.mark(locked, now);
    return new Passed(
        marked.counters(),
        locked.rows().size() < most ? Optional.empty() : locked.last(),
        () -> evaluated.publishEvent(CountersEvaluated.uneventful(marked.changedAt(), now)));
  }

  /// Looks at counters for what is foreseen of them.
  @Transactional
  Done look(int most, Instant now) {
    List<Counter> due = counters.claimToLookAt(now, most);
    return due.isEmpty() ? new Done(0, () -> {}) : new Done(due.size(), evaluator.look(due, now));
  }

  /// Ends the alerts of periods that are over and closes their counters; the next ones open after
  /// the commit.
  @Transactional
  Done rollOver(int most, Instant now) {
    List<Counter> ended = counters.claimEnded(now, most);
    Done done = evaluateLocked(ended, now);
    List<CounterRollover.Next> next = rollover.close(ended, now);
    return new Done(
        done.counters(),
        () -> {
          done.afterCommit().run();
          rollover.open(next, now);
        });
  }

  private Done evaluateLocked(List<Counter> locked, Instant now) {
    if (locked.isEmpty()) {
      return new Done(0, () -> {});
    }
    Runnable afterCommit = evaluator.evaluate(locked, now);
    counters.markEvaluated(locked, now);
    return new Done(locked.size(), afterCommit);
  }
}
