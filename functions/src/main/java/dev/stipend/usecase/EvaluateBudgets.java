package dev.stipend.usecase;

import dev.stipend.alert.evaluation.AlertEvaluator;
import dev.stipend.alert.evaluation.AlertEvaluator.Known;
import dev.stipend.alert.evaluation.AlertFigures;
import dev.stipend.alert.evaluation.EvaluationInput;
import dev.stipend.alert.evaluation.EvaluationSteps;
import dev.stipend.alert.evaluation.EvaluationSteps.Step;
import dev.stipend.alert.evaluation.FigureReader;
import dev.stipend.alert.evaluation.IsolatedWork;
import dev.stipend.alert.evaluation.PeriodForecast;
import dev.stipend.alert.evaluation.PeriodForecasts;
import dev.stipend.alert.evaluation.PeriodsEvaluated;
import dev.stipend.alert.evaluation.UneventfulPeriods;
import dev.stipend.budget.period.BudgetPeriod;
import dev.stipend.budget.period.PeriodClaims;
import dev.stipend.budget.period.PeriodKey;
import dev.stipend.budget.period.PeriodListener;
import dev.stipend.platform.isolation.RetriedWork;
import dev.stipend.platform.isolation.WorkItem;
import dev.stipend.platform.sql.AfterCommit;
import io.micronaut.context.event.ApplicationEventPublisher;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Evaluates the counters of budgets: as soon as they have changed, so that people are notified
/// within seconds, and in a sweep, which is the safety net.
///
/// It takes two steps. The first locks counters, decides, and writes what needs no message: nearly
/// all of them need none. For the others the figures of their messages are read while nothing is
/// locked; then the second step locks them, decides again, and writes.
@Singleton
public class EvaluateBudgets implements PeriodListener, RetriedWork {
  private final IsolatedWork isolated;
  private final PeriodClaims claims;
  private final UneventfulPeriods uneventful;
  private final EvaluationSteps steps;
  private final AlertEvaluator evaluator;
  private final FigureReader figures;
  private final PeriodForecasts forecasts;
  private final AfterCommit afterCommit;
  private final ApplicationEventPublisher<PeriodsEvaluated> evaluated;

  EvaluateBudgets(
      IsolatedWork isolated,
      PeriodClaims claims,
      UneventfulPeriods uneventful,
      EvaluationSteps steps,
      AlertEvaluator evaluator,
      FigureReader figures,
      PeriodForecasts forecasts,
      AfterCommit afterCommit,
      ApplicationEventPublisher<PeriodsEvaluated> evaluated) {
    this.isolated = isolated;
    this.claims = claims;
    this.uneventful = uneventful;
    this.steps = steps;
    this.evaluator = evaluator;
    this.figures = figures;
    this.forecasts = forecasts;
    this.afterCommit = afterCommit;
    this.evaluated = evaluated;
  }

  /// Evaluates counters that have changed, after the change has committed. One that cannot be
  /// evaluated stops no other.
  @Override
  public void changed(Collection<PeriodKey> counters, Instant now) {
    if (!counters.isEmpty()) {
      Deque<PeriodKey> waiting = new ArrayDeque<>(counters);
      isolated.batches(counters.size(), now, most -> evaluateFirst(waiting, most, now)).all();
    }
  }

  /// Evaluates the first of those that wait, which wait on if that fails.
  private int evaluateFirst(Deque<PeriodKey> waiting, int most, Instant now) {
    List<PeriodKey> first = waiting.stream().limit(most).toList();
    if (!first.isEmpty()) {
      finish(steps.changed(first, Known.NOTHING, now), now);
      first.forEach(each -> waiting.removeFirst());
    }
    return first.size();
  }

  /// Evaluates up to `most` counters that have changed, and answers how many.
  public int evaluateDirty(int most, Instant now) {
    return finish(steps.anyChanged(most, now), now);
  }

  private int finish(Step step, Instant now) {
    List<EvaluationInput> waiting = step.evaluated().waiting();
    if (!waiting.isEmpty()) {
      steps.changed(keys(waiting), complete(waiting, Map.of(), now), now);
    }
    return step.locked();
  }

  /// Looks at up to `most` counters for what is foreseen of them, and answers how many.
  public int look(int most, Instant now) {
    List<BudgetPeriod> due = claims.dueToLookAt(now, most);
    if (due.isEmpty()) {
      return 0;
    }
    Map<PeriodKey, PeriodForecast> foreseen = foreseen(due, now);
    List<PeriodKey> keys = due.stream().map(BudgetPeriod::key).toList();
    Step step = steps.foreseen(keys, new Known(foreseen, AlertFigures.NONE, false), now);
    List<EvaluationInput> waiting = step.evaluated().waiting();
    if (!waiting.isEmpty()) {
      steps.foreseen(keys(waiting), complete(waiting, foreseen, now), now);
    }
    return due.size();
  }

  private Map<PeriodKey, PeriodForecast> foreseen(List<BudgetPeriod> counters, Instant now) {
    return EvaluationSteps.work(counters, () -> forecasts.of(evaluator.known(counters), now));
  }

  /// Ends the alerts of up to `most` periods that are over, closes their counters, and opens the
  /// ones that follow. Answers how many.
  public int rollOver(int most, Instant now) {
    Step step = steps.anyEnded(most, now);
    List<EvaluationInput> waiting = step.evaluated().waiting();
    if (!waiting.isEmpty()) {
      steps.ended(keys(waiting), complete(waiting, Map.of(), now), now);
    }
    return step.locked();
  }

  private Known complete(
      List<EvaluationInput> waiting, Map<PeriodKey, PeriodForecast> foreseen, Instant now) {
    List<BudgetPeriod> counters = waiting.stream().map(EvaluationInput::counter).toList();
    return EvaluationSteps.work(
        counters, () -> new Known(foreseen, figures.read(waiting, now), true));
  }

  private static List<PeriodKey> keys(List<EvaluationInput> inputs) {
    return inputs.stream().map(one -> one.counter().key()).toList();
  }

  @Override
  public WorkItem.Kind kind() {
    return WorkItem.Kind.COUNTER;
  }

  /// Does whatever is due of a counter that was set aside.
  @Override
  public void again(WorkItem item, Instant now) {
    PeriodKey key =
        new PeriodKey(item.workspaceId(), item.id(), item.subject(), item.periodStart());
    List<EvaluationInput> inputs = steps.inputs(List.of(key));
    List<BudgetPeriod> counters = inputs.stream().map(EvaluationInput::counter).toList();
    Known known = new Known(foreseen(counters, now), figures.read(inputs, now), true);
    steps.again(item, key, known, now);
  }

  /// What a pass over changed counters did.
  ///
  /// @param counters how many were marked
  /// @param next from where to go on; empty if there are no more
  public record Passed(int counters, Optional<PeriodKey> next) {}

  /// Marks those of up to `most` changed counters of which an evaluation decides nothing.
  @Transactional
  public Passed passOver(PeriodKey after, int most, Instant now) {
    UneventfulPeriods.Locked locked = uneventful.lock(after, most);
    if (locked.rows().isEmpty()) {
      return new Passed(0, Optional.empty());
    }
    UneventfulPeriods.Marked marked = uneventful.mark(locked, now);
    afterCommit.run(
        () -> evaluated.publishEvent(PeriodsEvaluated.uneventful(marked.changedAt(), now)));
    return new Passed(
        marked.counters(), locked.rows().size() < most ? Optional.empty() : locked.last());
  }
}
