package dev.stipend.platform.metrics;

import dev.stipend.platform.json.JsonText;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes figures where CloudWatch finds them.
@Singleton
public class Metrics {
  /// Its messages are the whole line.
  private static final Logger LINES = LoggerFactory.getLogger("metrics");

  private static final String NAMESPACE = "Stipend";
  private static final String STACK = "Stack";

  private final String stack;
  private final JsonText json;
  private final InstantSource clock;

  /// @param stack whom figures belong to; empty for nobody, as on a machine of one's own
  Metrics(@Nullable @Value("${stipend.stack:}") String stack, JsonText json, InstantSource clock) {
    this.stack = stack == null ? "" : stack;
    this.json = json;
    this.clock = clock;
  }

  /// Writes one figure.
  public void write(Metric metric, Number value) {
    write(Map.of(metric, value));
  }

  /// Writes several figures in one line; none at all if there are none.
  public void write(Map<Metric, ? extends Number> values) {
    if (!stack.isBlank() && !values.isEmpty()) {
      LINES.info(json.write(line(new TreeMap<>(values))));
    }
  }

  private Map<String, Object> line(Map<Metric, Number> values) {
    Map<String, Object> declared =
        Map.of(
            "Namespace",
            NAMESPACE,
            "Dimensions",
            List.of(List.of(STACK)),
            "Metrics",
            values.keySet().stream()
                .map(metric -> Map.of("Name", metric.label(), "Unit", metric.unit()))
                .toList());
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("_aws", Map.of("Timestamp", clock.millis(), "CloudWatchMetrics", List.of(declared)));
    line.put(STACK, stack);
    values.forEach((metric, value) -> line.put(metric.label(), value));
    return line;
  }
}
