package dev.stipend.local.schedule;

import dev.stipend.local.template.ScheduleTrigger;
import io.micronaut.core.type.Argument;
import io.micronaut.json.JsonMapper;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/// What a schedule gives to its function.
public final class ScheduledEvent {

  private ScheduledEvent() {}

  /// The input of the template, or the event that EventBridge Scheduler sends without one.
  ///
  /// @throws IllegalArgumentException when the input is not a JSON object
  public static Map<String, Object> of(ScheduleTrigger trigger, JsonMapper json) {
    if (trigger.input().isPresent()) {
      try {
        return Objects.requireNonNull(
            json.readValue(trigger.input().get(), Argument.mapOf(String.class, Object.class)));
      } catch (IOException e) {
        throw new IllegalArgumentException(
            "the input of %s is not a JSON object".formatted(trigger.function()), e);
      }
    }
    Map<String, Object> event = new HashMap<>();
    event.put("version", "0");
    event.put("id", UUID.randomUUID().toString());
    event.put("detail-type", "Scheduled Event");
    event.put("source", "aws.scheduler");
    event.put("account", "000000000000");
    event.put("time", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    event.put("region", "us-east-1");
    event.put("resources", List.of());
    event.put("detail", "{}");
    return event;
  }
}
