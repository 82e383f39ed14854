package dev.stipend.notification.channel;

import java.time.Instant;
import java.util.Optional;

/// A channel as a list shows it.
///
/// @param isDefault whether it is notified of alerts of budgets that name no channel
/// @param isFallback whether it gets what other channels could not deliver
/// @param health `ok`, or `failing` if the last message to it failed for good
/// @param healthReason why it is failing
/// @param failingSince when it failed first since it last worked
public record ChannelRecord(
    Channel channel,
    boolean isDefault,
    boolean isFallback,
    String health,
    Optional<String> healthReason,
    Optional<Instant> failingSince,
    Instant createdAt) {
  /// What was asked for to make it so.
  public NewChannel asWanted() {
    return new NewChannel(
        channel.kind(),
        channel.name(),
        channel.config(),
        channel.minSeverity(),
        isDefault,
        isFallback);
  }
}
