package dev.stipend.wiring;

import dev.stipend.metric.Metric;
import dev.stipend.metric.Metrics;
import dev.stipend.spend.UsageRecorded;
import io.micronaut.runtime.event.annotation.EventListener;
import jakarta.inject.Singleton;
import java.util.Map;

/// Counts what became of usage, whichever door it came in by.
@Singleton
class UsageMetrics {
  private final Metrics metrics;

  UsageMetrics(Metrics metrics) {
    this.metrics = metrics;
  }

  @EventListener
  void recorded(UsageRecorded outcome) {
    metrics.count(
        Map.of(
            Metric.EVENTS_RECORDED, (long) outcome.recorded().size(),
            Metric.EVENTS_DUPLICATE, (long) outcome.duplicates().size(),
            Metric.EVENTS_REJECTED, (long) outcome.rejected().size(),
            Metric.EVENTS_UNPRICED, (long) outcome.unpriced()));
  }
}
