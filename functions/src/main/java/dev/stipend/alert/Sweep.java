package dev.stipend.alert;

import dev.stipend.budget.CounterKey;
import dev.stipend.budget.Counters;
import dev.stipend.budget.IncreaseEndings;
import dev.stipend.reservation.ExpiredHolds;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import java.util.function.IntSupplier;

/// The safety net: evaluates what changed and was not evaluated, looks at what is foreseen, rolls
/// over what ended, ends holds that have expired, clears increases of limits that have ended, tells
/// what was kept silent for a time and still holds, writes summaries, has sent what was lost.
///
/// Its cost follows what changed. Several sweeps at once share the work: each takes rows that no
/// other holds.
@Singleton
public class Sweep {
  private static final int AT_ONCE = 1000;

  /// Counters that are passed over need less, and their locks keep recorders waiting no longer.
  private static final int PASSED_AT_ONCE = 5000;

  private final DueWork work;
  private final Counters counters;
  private final CounterEvaluation evaluation;
  private final IncreaseEndings increases;
  private final ExpiredHolds holds;
  private final Reminders reminders;
  private final ScheduledSummaries summaries;
  private final AlertOutbox outbox;

  Sweep(
      DueWork work,
      Counters counters,
      CounterEvaluation evaluation,
      IncreaseEndings increases,
      ExpiredHolds holds,
      Reminders reminders,
      ScheduledSummaries summaries,
      AlertOutbox outbox) {
    this.work = work;
    this.counters = counters;
    this.evaluation = evaluation;
    this.increases = increases;
    this.holds = holds;
    this.reminders = reminders;
    this.summaries = summaries;
    this.outbox = outbox;
  }

  /// Sweeps everything that is due.
  ///
  /// @param now read once by the caller, so that one sweep sees one time
  public SweepReport sweep(Instant now) {
    DueWork.Due due = work.find(now);
    if (due.decreased()) {
      increases.clear(now);
    }
    // First, so that no message counts them.
    int expired = due.expired() ? holds.expire(now) : 0;
    int rolledOver = due.ended() ? repeat(() -> evaluation.rollOver(AT_ONCE, now)) : 0;
    if (due.unannounced()) {
      counters.markUnannounced();
    }
    int evaluated = due.dirty() || due.unannounced() ? evaluateDirty(now) : 0;
    int looked = due.looks() ? repeat(() -> evaluation.look(AT_ONCE, now)) : 0;
    // What was closed just now may have kept others silent.
    int reminded =
        due.quiet() || rolledOver + evaluated + looked > 0
            ? repeat(() -> reminders.remind(AT_ONCE, now))
            : 0;
    int written = due.summaries() ? writeSummaries(now) : 0;
    int requeued = due.overdue() ? outbox.requeueDue(now) : 0;
    return new SweepReport(evaluated, rolledOver, looked, expired, reminded, written, requeued);
  }

  /// Where more have changed than one transaction takes, most ask for no decision.
  private int evaluateDirty(Instant now) {
    int first = evaluation.evaluateDirty(AT_ONCE, now);
    if (first < AT_ONCE) {
      return first;
    }
    int passed = passOver(now);
    return first + passed + repeat(() -> evaluation.evaluateDirty(AT_ONCE, now));
  }

  private int passOver(Instant now) {
    int total = 0;
    Optional<CounterKey> next = Optional.of(UneventfulCounters.BEFORE_ALL);
    while (next.isPresent()) {
      CounterEvaluation.Passed passed = evaluation.passOver(next.get(), PASSED_AT_ONCE, now);
      passed.afterCommit().run();
      total += passed.counters();
      next = passed.next();
    }
    return total;
  }

  private int writeSummaries(Instant now) {
    int written = 0;
    for (Optional<Runnable> next = summaries.writeNext(now);
        next.isPresent();
        next = summaries.writeNext(now)) {
      next.get().run();
      written++;
    }
    return written;
  }

  /// Repeats a transaction until it finds less than it could take.
  private static int repeat(IntSupplier transaction) {
    int total = 0;
    int done;
    do {
      done = transaction.getAsInt();
      total += done;
    } while (done == AT_ONCE);
    return total;
  }
}
