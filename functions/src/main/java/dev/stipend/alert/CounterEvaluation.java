package dev.stipend.alert;

import dev.stipend.alert.AlertEvaluator.Known;
import dev.stipend.alert.EvaluationSteps.Closed;
import dev.stipend.alert.EvaluationSteps.Step;
import dev.stipend.budget.Counter;
import dev.stipend.budget.CounterKey;
import dev.stipend.budget.CounterRollover;
import dev.stipend.budget.Counters;
import io.micronaut.context.event.ApplicationEventPublisher;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Evaluates counters in two steps. The first locks them, decides, and writes what needs no
/// message: nearly all of them need none. For the others the figures of their messages are read
/// while nothing is locked; then the second step locks them, decides again, and writes.
@Singleton
class CounterEvaluation {
  private final Counters counters;
  private final UneventfulCounters uneventful;
  private final CounterRollover rollover;
  private final EvaluationSteps steps;
  private final AlertEvaluator evaluator;
  private final FigureReader figures;
  private final Prospects prospects;
  private final ApplicationEventPublisher<CountersEvaluated> evaluated;

  CounterEvaluation(
      Counters counters,
      UneventfulCounters uneventful,
      CounterRollover rollover,
      EvaluationSteps steps,
      AlertEvaluator evaluator,
      FigureReader figures,
      Prospects prospects,
      ApplicationEventPublisher<CountersEvaluated> evaluated) {
    this.counters = counters;
    this.uneventful = uneventful;
    this.rollover = rollover;
    this.steps = steps;
    this.evaluator = evaluator;
    this.figures = figures;
    this.prospects = prospects;
    this.evaluated = evaluated;
  }

  /// Evaluates those of the counters that have changed.
  void evaluate(Collection<CounterKey> keys, Instant now) {
    finish(steps.changed(keys, Known.NOTHING, now), now);
  }

  /// Evaluates up to `most` counters that have changed. Answers how many there were.
  int evaluateDirty(int most, Instant now) {
    Step step = steps.anyChanged(most, now);
    finish(step, now);
    return step.locked();
  }

  private void finish(Step step, Instant now) {
    step.evaluated().afterCommit().run();
    List<Situation> waiting = step.evaluated().waiting();
    if (!waiting.isEmpty()) {
      steps
          .changed(keys(waiting), complete(waiting, Map.of(), now), now)
          .evaluated()
          .afterCommit()
          .run();
    }
  }

  /// Looks at up to `most` counters for what is foreseen of them. Answers how many there were.
  int look(int most, Instant now) {
    List<Counter> due = counters.dueToLookAt(now, most);
    if (due.isEmpty()) {
      return 0;
    }
    List<CounterKey> keys = due.stream().map(Counter::key).toList();
    Map<CounterKey, Prospect> foreseen = prospects.of(evaluator.known(due), now);
    Step step = steps.foreseen(keys, new Known(foreseen, AlertFigures.NONE, false), now);
    step.evaluated().afterCommit().run();
    List<Situation> waiting = step.evaluated().waiting();
    if (!waiting.isEmpty()) {
      steps
          .foreseen(keys(waiting), complete(waiting, foreseen, now), now)
          .evaluated()
          .afterCommit()
          .run();
    }
    return due.size();
  }

  /// Ends the alerts of up to `most` periods that are over, closes their counters, and opens the
  /// ones that follow. Answers how many there were.
  int rollOver(int most, Instant now) {
    Closed closed = steps.anyEnded(most, now);
    finish(closed, now);
    List<Situation> waiting = closed.step().evaluated().waiting();
    if (!waiting.isEmpty()) {
      finish(steps.ended(keys(waiting), complete(waiting, Map.of(), now), now), now);
    }
    return closed.step().locked();
  }

  private void finish(Closed closed, Instant now) {
    closed.step().evaluated().afterCommit().run();
    rollover.open(closed.next(), now);
  }

  private Known complete(List<Situation> waiting, Map<CounterKey, Prospect> foreseen, Instant now) {
    return new Known(foreseen, figures.read(waiting, now), true);
  }

  private static List<CounterKey> keys(List<Situation> situations) {
    return situations.stream().map(one -> one.counter().key()).toList();
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
}
