package dev.stipend.metric;

import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes figures where CloudWatch finds them.
@Singleton
public class Metrics {
  /// Its messages are the whole line.
  private static final Logger LINES = LoggerFactory.getLogger("metrics");

  private static final String NAMESPACE = "Stipend";

  private final String stack;
  private final InstantSource clock;

  /// @param stack whom figures belong to; empty for nobody, as on a machine of one's own
  Metrics(@Nullable @Value("${stipend.stack:}") String stack, InstantSource clock) {
    this.stack = stack == null ? "" : stack;
    this.clock = clock;
  }

  /// Counts something, once.
  public void count(Metric metric, long count) {
    count(Map.of(metric, count));
  }

  /// Counts several things in one line.
  public void count(Map<Metric, Long> counts) {
    if (!stack.isBlank()) {
      LINES.info(line(counts));
    }
  }

  private String line(Map<Metric, Long> counts) {
    String names =
        counts.keySet().stream()
            .sorted()
            .map(metric -> "{\"Name\":\"%s\",\"Unit\":\"Count\"}".formatted(metric.label()))
            .collect(Collectors.joining(","));
    String values =
        counts.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(each -> "\"%s\":%d".formatted(each.getKey().label(), each.getValue()))
            .collect(Collectors.joining(","));
    return """
    {"_aws":{"Timestamp":%d,"CloudWatchMetrics":[{"Namespace":"%s","Dimensions":[["Stack"]],"Metrics":[%s]}]},"Stack":"%s",%s}\
    """
        .formatted(clock.millis(), NAMESPACE, names, stack, values);
  }
}
