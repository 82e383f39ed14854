package dev.stipend.console.channel;

import dev.stipend.console.page.ConsoleText;
import dev.stipend.notification.send.SendOutcome;

/// What came of a test message, in words.
///
/// @param channel the id of the channel
/// @param arrived whether the provider took it
public record TestResult(String channel, boolean arrived, String sentence) {
  static final TestResult NONE = new TestResult("", false, "");

  static TestResult of(String channel, SendOutcome outcome, ConsoleText text) {
    return switch (outcome) {
      case SendOutcome.Sent sent -> new TestResult(channel, true, text.say("channels.sent"));
      case SendOutcome.Failed failed -> failed(channel, failed.reason(), text);
      case SendOutcome.Retry retry -> failed(channel, retry.reason(), text);
      case SendOutcome.Declined declined -> failed(channel, declined.reason(), text);
    };
  }

  private static TestResult failed(String channel, String reason, ConsoleText text) {
    return new TestResult(channel, false, text.say("channels.not-sent", reason));
  }

  /// Whether it is of a channel.
  public boolean isOf(String id) {
    return channel.equals(id);
  }
}
