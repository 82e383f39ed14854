package dev.stipend.notification.slack;

import com.slack.api.methods.request.chat.ChatUpdateRequest;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A message that is in Slack: the id of its channel, its `ts`, and that of the message whose
/// thread it is in. As text, `C0123:1700000000.000100@1700000000.000001`.
record PostedMessage(String channel, String ts, Optional<String> thread) {
  private static final Pattern FORM =
      Pattern.compile("([A-Z][A-Z0-9]+):(\\d+\\.\\d+)(?:@(\\d+\\.\\d+))?");

  /// Reads it; empty if it is none, such as the name of a digest of an incoming webhook.
  static Optional<PostedMessage> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    return matcher.matches()
        ? Optional.of(
            new PostedMessage(
                matcher.group(1), matcher.group(2), Optional.ofNullable(matcher.group(3))))
        : Optional.empty();
  }

  /// The message that starts the thread: threads have no threads.
  String root() {
    return thread.orElse(ts);
  }

  /// What has Slack show another message in its place.
  ChatUpdateRequest showing(SlackMessage message) {
    return ChatUpdateRequest.builder()
        .channel(channel)
        .ts(ts)
        .text(message.text())
        .blocks(message.blocks())
        .build();
  }

  @Override
  public String toString() {
    return channel + ":" + ts + thread.map(root -> "@" + root).orElse("");
  }
}
