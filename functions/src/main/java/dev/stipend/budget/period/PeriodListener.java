package dev.stipend.budget.period;

import java.time.Instant;
import java.util.Collection;

/// Port: evaluates counters that changed, after the change has committed.
///
/// Recording needs no port: its use cases call the evaluation by name. But edits of budgets and
/// their back-filling have counters evaluated between their own steps, and may not know alerts.
public interface PeriodListener {
  void changed(Collection<PeriodKey> counters, Instant now);
}
