package dev.stipend.usecase;

import dev.stipend.alert.AlertOutbox;
import dev.stipend.alert.evaluation.Batches;
import dev.stipend.alert.evaluation.IsolatedWork;
import dev.stipend.alert.evaluation.UneventfulPeriods;
import dev.stipend.alert.reminder.Reminders;
import dev.stipend.budget.backfill.Backfilling;
import dev.stipend.budget.edit.IncreaseEndings;
import dev.stipend.budget.period.BudgetPeriods;
import dev.stipend.budget.period.PeriodKey;
import dev.stipend.enforcement.HoldExpiry;
import dev.stipend.platform.SweepTime;
import dev.stipend.platform.isolation.SetAside;
import dev.stipend.report.summary.DueSummaries;
import dev.stipend.usecase.source.PullSources;
import io.micronaut.context.event.ApplicationEventPublisher;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;

/// The safety net: tries again what was set aside, evaluates what changed and was not evaluated,
/// looks at what is foreseen, rolls over what ended, ends holds that have expired, clears increases
/// of limits that have ended, tells what was suppressed for a time and still holds, writes
/// summaries, has sent what was lost, pulls sources, adds what new budgets do not count yet.
///
/// Its steps do not depend on each other: one that fails is tried again by the next sweep, and the
/// others are done. Within a step a row that cannot be worked on is set aside, and the others are
/// done.
///
/// Its cost follows what changed. Several sweeps at once share the work: each takes rows that no
/// other holds.
@Singleton
public class SweepBudgets {
  private static final int AT_ONCE = 1000;

  /// Counters that are passed over need less, and their locks keep recorders waiting no longer.
  private static final int PASSED_AT_ONCE = 5000;

  private final SweepTime time;
  private final DueWork work;
  private final BudgetPeriods counters;
  private final Retries retries;
  private final EvaluateBudgets evaluation;
  private final IsolatedWork isolated;
  private final IncreaseEndings increases;
  private final Backfilling backfilling;
  private final PullSources sources;
  private final HoldExpiry holds;
  private final Reminders reminders;
  private final DueSummaries summaries;
  private final AlertOutbox outbox;
  private final SetAside setAside;
  private final ApplicationEventPublisher<SweepReport> swept;

  SweepBudgets(
      SweepTime time,
      DueWork work,
      BudgetPeriods counters,
      Retries retries,
      EvaluateBudgets evaluation,
      IsolatedWork isolated,
      IncreaseEndings increases,
      Backfilling backfilling,
      PullSources sources,
      HoldExpiry holds,
      Reminders reminders,
      DueSummaries summaries,
      AlertOutbox outbox,
      SetAside setAside,
      ApplicationEventPublisher<SweepReport> swept) {
    this.time = time;
    this.work = work;
    this.counters = counters;
    this.retries = retries;
    this.evaluation = evaluation;
    this.isolated = isolated;
    this.increases = increases;
    this.backfilling = backfilling;
    this.sources = sources;
    this.holds = holds;
    this.reminders = reminders;
    this.summaries = summaries;
    this.outbox = outbox;
    this.setAside = setAside;
    this.swept = swept;
  }

  /// Sweeps everything that is due.
  ///
  /// @param asked read once by the caller, so that one sweep sees one time
  public SweepReport sweep(Instant asked) {
    DueWork.Due found = work.find(asked);
    Instant now = time.of(asked, found.databaseTime());
    return sweep(now.equals(asked) ? found : work.find(now), now);
  }

  private SweepReport sweep(DueWork.Due found, Instant now) {
    DueWork.Due due = found;
    SweepSteps steps = new SweepSteps();
    if (due.retries() && steps.run("retry", () -> retries.run(now)) > 0) {
      // What is taken up again has something due.
      due = work.find(now);
    }
    if (due.decreased()) {
      steps.run("end increases", () -> increases.clear(now));
    }
    // First, so that no message counts them.
    int expired = due.expired() ? steps.run("expire holds", () -> holds.expire(now)) : 0;
    int rolledOver = due.ended() ? steps.run("roll over", () -> rollOver(now)) : 0;
    if (due.unannounced()) {
      steps.run("find unannounced alerts", counters::markUnannounced);
    }
    int evaluated = due.dirty() || due.unannounced() ? evaluateDirty(steps, now) : 0;
    int looked = due.looks() ? steps.run("look", () -> look(now)) : 0;
    // What was closed just now may have kept others silent.
    int reminded =
        due.quiet() || rolledOver + evaluated + looked > 0
            ? steps.run("remind", () -> remind(now))
            : 0;
    int written = due.summaries() ? steps.run("write summaries", () -> writeSummaries(now)) : 0;
    int requeued = due.overdue() ? steps.run("requeue", () -> outbox.requeueDue(now)) : 0;
    // Waits for others, so it comes behind what nobody should wait for. What it records is
    // evaluated
    // with it.
    int pulled = due.sources() ? steps.run("pull sources", () -> sources.run(now).recorded()) : 0;
    if (due.backfills()) {
      // Last, for it may take long. What it adds is evaluated with it.
      steps.run("backfill", () -> backfilling.runInSweep(now));
    }
    int aside = due.aside() || due.anything() ? setAside.count() : 0;
    SweepReport report =
        new SweepReport(
            evaluated,
            rolledOver,
            looked,
            expired,
            reminded,
            written,
            requeued,
            pulled,
            aside,
            steps.failed());
    swept.publishEvent(report);
    return report;
  }

  private int rollOver(Instant now) {
    return isolated.batches(AT_ONCE, now, most -> evaluation.rollOver(most, now)).all();
  }

  /// Where more have changed than one transaction takes, most ask for no decision.
  private int evaluateDirty(SweepSteps steps, Instant now) {
    Batches batches = isolated.batches(AT_ONCE, now, most -> evaluation.evaluateDirty(most, now));
    int first = steps.run("evaluate", batches::one);
    int passed = first < AT_ONCE ? 0 : steps.run("skip uneventful counters", () -> passOver(now));
    return first + passed + steps.run("evaluate", batches::all);
  }

  private int passOver(Instant now) {
    int total = 0;
    Optional<PeriodKey> next = Optional.of(UneventfulPeriods.BEFORE_ALL);
    while (next.isPresent()) {
      EvaluateBudgets.Passed passed = evaluation.passOver(next.get(), PASSED_AT_ONCE, now);
      total += passed.counters();
      next = passed.next();
    }
    return total;
  }

  private int look(Instant now) {
    return isolated.batches(AT_ONCE, now, most -> evaluation.look(most, now)).all();
  }

  private int remind(Instant now) {
    return isolated.batches(AT_ONCE, now, most -> reminders.remind(most, now)).all();
  }

  private int writeSummaries(Instant now) {
    return isolated.batches(1, now, one -> summaries.writeNext(now) ? 1 : 0).all();
  }
}
