package dev.stipend.maintenance.reconciliation;

import dev.stipend.budget.backfill.BackfillRepository;
import dev.stipend.budget.backfill.CounterAddition;
import dev.stipend.budget.backfill.CounterDrift;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// Adds what a comparison found. It is added once, because it is added under the run that found it,
/// and no more once another run has taken over.
@Singleton
class CounterRepair {
  private final ReconciliationRuns runs;
  private final CounterAddition addition;

  CounterRepair(ReconciliationRuns runs, CounterAddition addition) {
    this.runs = runs;
    this.addition = addition;
  }

  /// Repairs counters and has them evaluated, but for those whose budget was edited since they were
  /// compared, or is being filled: what is added then is counted anew. Answers whether the run is
  /// still its own master; if not, nothing was changed.
  @Transactional
  boolean repair(
      ReconciliationRuns.Run run, UUID workspace, List<CounterDrift> drifts, Instant now) {
    if (!runs.hold(run)) {
      return false;
    }
    addition.add(workspace, drifts, BackfillRepository.leavesOut("b"), now);
    return true;
  }
}
