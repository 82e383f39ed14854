package dev.stipend.notify;

/// How a channel reaches people.
public enum ChannelKind {
  /// A Slack incoming webhook.
  SLACK_WEBHOOK,
  EMAIL
}
