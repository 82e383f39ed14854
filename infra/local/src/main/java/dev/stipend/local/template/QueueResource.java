package dev.stipend.local.template;

import java.time.Duration;
import java.util.Optional;

/// An SQS queue as the template declares it.
///
/// @param logicalId the name in the template
/// @param visibilityTimeout how long a received message stays hidden
/// @param retention after which a message is dropped, counted from when it was first sent
/// @param redrive where messages go that were received too often; empty for a dead-letter queue
public record QueueResource(
    String logicalId, Duration visibilityTimeout, Duration retention, Optional<Redrive> redrive) {
  /// When a message is given up.
  ///
  /// @param deadLetterQueue logical id of the queue that takes it
  /// @param maximumReceives how often it is handed out before
  public record Redrive(String deadLetterQueue, int maximumReceives) {}

  static QueueResource of(Resource resource) {
    Block properties = resource.properties();
    return new QueueResource(
        resource.logicalId(),
        Duration.ofSeconds(properties.number("VisibilityTimeout").orElse(30)),
        Duration.ofSeconds(properties.number("MessageRetentionPeriod").orElse(345_600)),
        redrive(properties.block("RedrivePolicy")));
  }

  private static Optional<Redrive> redrive(Block policy) {
    return policy
        .number("maxReceiveCount")
        .map(receives -> new Redrive(policy.reference("deadLetterTargetArn"), receives));
  }
}
