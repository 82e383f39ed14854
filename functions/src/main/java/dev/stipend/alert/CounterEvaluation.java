package dev.stipend.alert;

import dev.stipend.budget.Counter;
import dev.stipend.budget.CounterKey;
import dev.stipend.budget.CounterRollover;
import dev.stipend.budget.Counters;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/// The transactions of evaluation: each locks counters, evaluates them, and marks them.
@Singleton
class CounterEvaluation {
  /// What a transaction did, and what is left to do after it.
  record Done(int counters, Runnable afterCommit) {}

  private final Counters counters;
  private final CounterRollover rollover;
  private final AlertEvaluator evaluator;

  CounterEvaluation(Counters counters, CounterRollover rollover, AlertEvaluator evaluator) {
    this.counters = counters;
    this.rollover = rollover;
    this.evaluator = evaluator;
  }

  @Transactional
  Done evaluate(Collection<CounterKey> keys, Instant now) {
    return evaluateLocked(counters.lockDirty(keys), now);
  }

  @Transactional
  Done evaluateDirty(int most, Instant now) {
    return evaluateLocked(counters.claimDirty(most), now);
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
