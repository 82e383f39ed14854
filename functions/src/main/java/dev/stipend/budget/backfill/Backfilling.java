package dev.stipend.budget.backfill;

import dev.stipend.budget.Budget;
import dev.stipend.budget.backfill.BackfillSteps.Waiting;
import dev.stipend.budget.period.PeriodKey;
import dev.stipend.budget.period.PeriodListener;
import dev.stipend.budget.period.RecordedPeriods.Reading;
import dev.stipend.maintenance.reconciliation.TotalsCheck;
import dev.stipend.time.Period;
import dev.stipend.time.TimeLeft;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes the counters of a budget from what was recorded before it counted: of a new one, of one
/// whose end was edited, of one that could not be read for a time.
///
/// It goes on after the transaction that asks for it, step by step, and never keeps anybody from
/// recording. The current period comes first; until it is done, nobody knows what a hard limit
/// leaves. What all counters of a workspace are compared with later is {@link TotalsCheck}'s.
@Singleton
public class Backfilling {
  /// The part that the request that created the budget waits for.
  private static final Duration AT_ONCE = Duration.ofSeconds(2);

  /// What one statement of a sweep may take; a longer one is for the daily maintenance.
  private static final Duration IN_A_SWEEP = Duration.ofSeconds(20);

  /// How long after the lease of its worker a backfill may be taken over.
  private static final Duration SPARE = Duration.ofMinutes(1);

  private static final int MOST_READ = 20_000;
  private static final int MOST_ADDED = 500;

  private static final Logger LOG = LoggerFactory.getLogger(Backfilling.class);

  private final BackfillRepository backfills;
  private final BackfillSteps steps;
  private final PeriodListener evaluation;

  Backfilling(BackfillRepository backfills, BackfillSteps steps, PeriodListener evaluation) {
    this.backfills = backfills;
    this.steps = steps;
    this.evaluation = evaluation;
  }

  /// Has all periods of a new budget filled. The caller holds the standstill.
  public void begin(Budget budget, Instant now) {
    backfills.begin(budget, steps.reading(budget, false, now).periods().size(), false, now);
  }

  /// Has those periods of a budget filled again that are not final. The caller holds the
  /// standstill.
  public void beginAgain(Budget budget, Instant now) {
    backfills.begin(budget, steps.reading(budget, true, now).periods().size(), true, now);
  }

  /// Fills what takes no time, and leaves the rest to the next sweep.
  public void fillAtOnce(Budget budget, Instant now) {
    TimeLeft left = TimeLeft.within(AT_ONCE);
    Optional<Backfill> next =
        backfills.claim(budget.workspaceId(), budget.id(), now, Duration.ZERO);
    // The current period, then all others.
    for (int i = 0; i < 2 && next.isPresent(); i++) {
      next = attempt(next.get(), Integer.MAX_VALUE, left, now);
    }
  }

  /// Goes on with what is left, as far as a sweep has time for it. Answers how many periods were
  /// filled.
  public int runInSweep(Instant now) {
    return run(now, TimeLeft.within(IN_A_SWEEP));
  }

  /// Goes on with what is left, a period at a time. Answers how many periods were filled.
  public int run(Instant now, TimeLeft left) {
    int filled = 0;
    while (!left.isUsedUp()) {
      Optional<Backfill> next = backfills.claimDue(now, left.get().plus(SPARE));
      if (next.isEmpty()) {
        break;
      }
      while (next.isPresent() && !left.isUsedUp()) {
        next = attempt(next.get(), 1, left, now);
        filled++;
      }
      next.ifPresent(unfinished -> backfills.release(unfinished, now));
    }
    return filled;
  }

  /// Those of the budgets of a workspace that are not filled yet, by the budget's id.
  public Map<UUID, Backfill> of(UUID workspace, Collection<UUID> ids) {
    return backfills.of(workspace, ids);
  }

  /// Fills periods, and answers what is left to go on with: nothing where it failed, either, until
  /// its time has come again.
  private Optional<Backfill> attempt(Backfill backfill, int most, TimeLeft left, Instant now) {
    try {
      return step(backfill, most, left, now);
    } catch (RuntimeException failure) {
      LOG.warn(
          "The backfill of budget {} failed and will be retried", backfill.budgetId(), failure);
      return Optional.empty();
    }
  }

  private Optional<Backfill> step(Backfill backfill, int most, TimeLeft left, Instant now) {
    Optional<Waiting> found = steps.waiting(backfill, now);
    if (found.isEmpty()) {
      backfills.finish(backfill);
      return Optional.empty();
    }
    Reading waiting = found.get().reading();
    Reading chosen =
        waiting.only(
            backfill.knowsCurrent() ? newest(waiting, most) : period -> !period.hasEnded(now));
    if (!chosen.periods().isEmpty() && !fill(found.get().budget(), backfill, chosen, left, now)) {
      return Optional.empty();
    }
    if (chosen.periods().size() == waiting.periods().size()) {
      backfills.finish(backfill);
      return Optional.empty();
    }
    Instant until = chosen.periods().isEmpty() ? now : chosen.periods().getFirst().start();
    return backfills.advance(backfill, chosen.periods().size(), until);
  }

  /// Answers whether all is filled: there was time, and nobody else works on it.
  private boolean fill(
      Budget budget, Backfill backfill, Reading reading, TimeLeft left, Instant now) {
    List<CounterDrift> drifts;
    do {
      drifts = steps.lacking(budget, reading, MOST_READ, left.get());
      for (int from = 0; from < drifts.size(); from += MOST_ADDED) {
        int until = Math.min(from + MOST_ADDED, drifts.size());
        if ((from > 0 && left.isUsedUp())
            || !add(backfill, budget, drifts.subList(from, until), now)) {
          return false;
        }
      }
    } while (drifts.size() == MOST_READ);
    return true;
  }

  /// Adds what counters lack and has them evaluated.
  private boolean add(Backfill backfill, Budget budget, List<CounterDrift> drifts, Instant now) {
    Optional<List<PeriodKey>> changed = steps.add(backfill, budget, drifts, now);
    changed.ifPresent(keys -> evaluation.changed(keys, now));
    return changed.isPresent();
  }

  private static Predicate<Period> newest(Reading waiting, int most) {
    List<Period> periods = waiting.periods();
    return Set.copyOf(periods.subList(Math.max(0, periods.size() - most), periods.size()))
        ::contains;
  }
}
