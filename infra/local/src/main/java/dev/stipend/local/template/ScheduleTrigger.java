package dev.stipend.local.template;

import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;

/// A schedule on which EventBridge Scheduler invokes a function.
///
/// @param function logical id of the function
/// @param expression `rate(…)` or `cron(…)` in the notation of AWS, parameter defaults filled in
/// @param timeZone in which a `cron(…)` is read; empty means that the template does not say
/// @param input JSON text given to the function; empty means AWS's own scheduled event
/// @param maximumRetries how often the scheduler repeats a call that was not accepted
/// @param maximumEventAge after which it no longer tries
public record ScheduleTrigger(
    String function,
    String expression,
    Optional<ZoneId> timeZone,
    Optional<String> input,
    int maximumRetries,
    Duration maximumEventAge) {
  static ScheduleTrigger of(String function, Block event) {
    Block retry = event.block("RetryPolicy");
    return new ScheduleTrigger(
        function,
        event.requiredText("ScheduleExpression"),
        event.text("ScheduleExpressionTimezone").map(ZoneId::of),
        event.text("Input"),
        retry.number("MaximumRetryAttempts").orElse(185),
        Duration.ofSeconds(retry.number("MaximumEventAgeInSeconds").orElse(86_400)));
  }
}
