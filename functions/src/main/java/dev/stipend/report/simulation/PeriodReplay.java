package dev.stipend.report.simulation;

import dev.stipend.budget.Budget;
import dev.stipend.budget.period.CountedEvent;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// Replays the events of one period, subject by subject.
final class PeriodReplay {
  /// The number of subjects that are listed one by one.
  static final int TOP = 20;

  private static final Comparator<SubjectOutcome> GREATEST_LAST =
      Comparator.comparing(SubjectOutcome::spend)
          .thenComparing(SubjectOutcome::subject, Comparator.reverseOrder());

  private final Budget budget;
  private final PriorityQueue<SubjectOutcome> top = new PriorityQueue<>(GREATEST_LAST);
  private PeriodOutcome sums = PeriodOutcome.NOTHING;
  private @Nullable SubjectReplay current;

  PeriodReplay(Budget budget) {
    this.budget = budget;
  }

  /// Takes the next event. All events of a subject come together, in the order in which they
  /// occurred.
  void add(CountedEvent event) {
    SubjectReplay replay = current;
    if (replay == null || !replay.subject().equals(event.subject())) {
      finish();
      replay = new SubjectReplay(budget, event.subject());
      current = replay;
    }
    replay.add(event);
  }

  /// The outcome of all events.
  PeriodOutcome outcome() {
    finish();
    return sums.withTop(top.stream().sorted(GREATEST_LAST.reversed()).toList());
  }

  private void finish() {
    if (current != null) {
      SubjectOutcome outcome = current.outcome();
      sums = sums.plus(outcome);
      top.add(outcome);
      if (top.size() > TOP) {
        top.remove();
      }
      current = null;
    }
  }
}
