package dev.stipend.alert;

import dev.stipend.budget.CounterKey;
import dev.stipend.budget.CounterListener;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Collection;

/// Evaluates counters as soon as they have changed, so that people hear within seconds and the
/// sweep is only the safety net.
@Singleton
class ImmediateEvaluation implements CounterListener {
  private final CounterEvaluation evaluation;

  ImmediateEvaluation(CounterEvaluation evaluation) {
    this.evaluation = evaluation;
  }

  @Override
  public void changed(Collection<CounterKey> counters, Instant now) {
    if (!counters.isEmpty()) {
      evaluation.evaluate(counters, now);
    }
  }
}
