package dev.stipend.local.template;

import java.time.Duration;
import java.util.OptionalInt;

/// A queue whose messages Lambda hands to a function in batches.
///
/// @param function logical id of the function
/// @param queue logical id of the queue
/// @param batchSize most messages in one invocation
/// @param batchingWindow longest wait for a batch to fill
/// @param reportsItemFailures whether the function answers with the messages that failed; if not,
///     one failure returns the whole batch to the queue
/// @param maximumConcurrency most invocations at the same time; empty means no limit
public record SqsTrigger(
    String function,
    String queue,
    int batchSize,
    Duration batchingWindow,
    boolean reportsItemFailures,
    OptionalInt maximumConcurrency) {
  static SqsTrigger of(String function, Block event) {
    return new SqsTrigger(
        function,
        event.reference("Queue"),
        event.number("BatchSize").orElse(10),
        Duration.ofSeconds(event.number("MaximumBatchingWindowInSeconds").orElse(0)),
        event.oneOrMore("FunctionResponseTypes").contains("ReportBatchItemFailures"),
        event
            .block("ScalingConfig")
            .number("MaximumConcurrency")
            .map(OptionalInt::of)
            .orElse(OptionalInt.empty()));
  }
}
