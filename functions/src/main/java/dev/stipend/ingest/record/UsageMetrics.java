package dev.stipend.ingest.record;

import dev.stipend.platform.metrics.Metric;
import dev.stipend.platform.metrics.Metrics;
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
    metrics.write(
        Map.of(
            Metric.EVENTS_RECORDED, outcome.recorded().size(),
            Metric.EVENTS_DUPLICATE, outcome.duplicates().size(),
            Metric.EVENTS_REJECTED, outcome.rejected().size(),
            Metric.EVENTS_UNPRICED, outcome.unpriced()));
  }
}
