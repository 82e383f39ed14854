package dev.stipend.budget.period;

import java.time.Instant;
import java.util.Collection;

/// Port: is told of counters that changed, after the change has committed.
public interface CounterListener {
  void changed(Collection<CounterKey> counters, Instant now);
}
