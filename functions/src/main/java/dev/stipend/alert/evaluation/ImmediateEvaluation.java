package dev.stipend.alert.evaluation;

import dev.stipend.budget.period.CounterKey;
import dev.stipend.budget.period.CounterListener;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/// Evaluates counters as soon as they have changed, so that people hear within seconds and the
/// sweep is only the safety net.
@Singleton
class ImmediateEvaluation implements CounterListener {
  private final CounterEvaluation evaluation;
  private final IsolatedWork isolated;

  ImmediateEvaluation(CounterEvaluation evaluation, IsolatedWork isolated) {
    this.evaluation = evaluation;
    this.isolated = isolated;
  }

  @Override
  public void changed(Collection<CounterKey> counters, Instant now) {
    if (!counters.isEmpty()) {
      Waiting waiting = new Waiting(List.copyOf(counters));
      isolated.batches(counters.size(), now, most -> evaluate(waiting, most, now)).all();
    }
  }

  /// Counters of which the first ones are evaluated.
  private static final class Waiting {
    private List<CounterKey> keys;

    Waiting(List<CounterKey> keys) {
      this.keys = keys;
    }
  }

  private CounterEvaluation.Done evaluate(Waiting waiting, int most, Instant now) {
    List<CounterKey> some = waiting.keys.subList(0, Math.min(most, waiting.keys.size()));
    if (some.isEmpty()) {
      return CounterEvaluation.Done.NOTHING;
    }
    Runnable afterCommit = evaluation.evaluate(some, now).afterCommit();
    waiting.keys = waiting.keys.subList(some.size(), waiting.keys.size());
    return new CounterEvaluation.Done(some.size(), afterCommit);
  }
}
