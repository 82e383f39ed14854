package dev.stipend.console.channel;

import dev.stipend.console.page.ConsoleText;
import dev.stipend.notification.channel.ProbeResponse;
import java.util.List;

/// What came of a test message, in words.
///
/// @param channel the id of the channel
/// @param arrived whether the provider took it
public record TestResult(String channel, boolean arrived, String sentence) {
  static final TestResult NONE = new TestResult("", false, "");

  static TestResult of(String channel, ProbeResponse came, ConsoleText text) {
    return came.error()
        .map(error -> new TestResult(channel, false, text.say("channels.not-sent", error)))
        .orElseGet(() -> new TestResult(channel, true, text.say("channels.sent")));
  }

  /// Why a channel that was made could not send.
  static TestResult warning(String channel, List<String> warnings) {
    return new TestResult(channel, false, String.join("; ", warnings));
  }

  /// Whether it is of a channel.
  public boolean isOf(String id) {
    return channel.equals(id);
  }
}
