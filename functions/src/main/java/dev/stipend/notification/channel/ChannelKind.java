package dev.stipend.notification.channel;

import dev.stipend.notification.send.Notifier;

/// How a channel reaches people. A kind that no {@link Notifier} sends to fails its deliveries,
/// which say so; it does not affect others.
public enum ChannelKind {
  /// A Slack incoming webhook.
  SLACK_WEBHOOK,
  /// A Slack app with a bot token.
  SLACK_BOT,
  EMAIL,
  /// A signed HTTPS request.
  WEBHOOK,
  /// A table of the watched application.
  TABLE;

  /// Whether people read what it is sent, in a language.
  public boolean isForPeople() {
    return this != WEBHOOK && this != TABLE;
  }
}
