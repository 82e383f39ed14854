package dev.stipend.notify;

import java.time.Instant;

/// A channel as a list shows it.
///
/// @param isDefault whether it is told of the alerts of budgets that name no channel
public record ChannelRecord(Channel channel, boolean isDefault, Instant createdAt) {
  /// What was asked for to make it so.
  public NewChannel asWanted() {
    return new NewChannel(
        channel.kind(), channel.name(), channel.config(), channel.minSeverity(), isDefault);
  }
}
