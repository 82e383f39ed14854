package dev.stipend.usecase;

import dev.stipend.alert.evaluation.PeriodsEvaluated;
import dev.stipend.notification.delivery.DeliveriesAttempted;
import dev.stipend.platform.metrics.Metric;
import dev.stipend.platform.metrics.Metrics;
import io.micronaut.runtime.event.annotation.EventListener;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Map;

/// Counts what evaluations came to, and what became of notices.
@Singleton
class AlertMetrics {
  private final Metrics metrics;

  AlertMetrics(Metrics metrics) {
    this.metrics = metrics;
  }

  @EventListener
  void evaluated(PeriodsEvaluated outcome) {
    Map<Metric, Number> figures = new EnumMap<>(Metric.class);
    if (outcome.raised() > 0) {
      figures.put(Metric.ALERTS_RAISED, outcome.raised());
    }
    outcome.lag().ifPresent(lag -> figures.put(Metric.EVALUATION_LAG, lag.toMillis()));
    outcome.overshoot().ifPresent(percent -> figures.put(Metric.OVERSHOOT, percent));
    metrics.write(figures);
  }

  @EventListener
  void swept(SweepReport report) {
    Map<Metric, Number> figures = new EnumMap<>(Metric.class);
    if (!report.failed().isEmpty()) {
      figures.put(Metric.SWEEP_STEPS_FAILED, report.failed().size());
    }
    if (report.setAside() > 0) {
      figures.put(Metric.SET_ASIDE, report.setAside());
    }
    metrics.write(figures);
  }

  @EventListener
  void attempted(DeliveriesAttempted outcome) {
    metrics.write(
        switch (outcome.outcome()) {
          case SENT -> Metric.DELIVERIES_SENT;
          case RETRIED -> Metric.DELIVERIES_RETRIED;
          case FAILED -> Metric.DELIVERIES_FAILED;
        },
        outcome.notices());
  }
}
