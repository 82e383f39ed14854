package dev.stipend.notification.message;

import dev.stipend.alert.AlertSnapshot;
import dev.stipend.notification.channel.Channel;
import dev.stipend.platform.wording.MessageCatalog;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Many notices in one message: what a channel gets when it would get too many.
///
/// @param id identity of the message, the same at every attempt to send it
/// @param snapshots what it lists, in this order
public record AlertDigest(String id, List<AlertSnapshot> snapshots) {
  private static final List<String> LEVELS =
      List.of("critical", "warning", "info", "recovered", "test");

  public AlertDigest {
    snapshots = List.copyOf(snapshots);
  }

  /// What to say of each to the readers of a channel.
  public List<AlertMessage> texts(Channel channel) {
    return snapshots.stream().map(snapshot -> AlertMessage.of(channel, snapshot)).toList();
  }

  /// As in `12 alerts: 3 critical, 8 warnings, 1 recovered`.
  public String headline(Channel channel) {
    MessageCatalog words = new MessageCatalog(Languages.of(channel, snapshots.getFirst()));
    Map<String, Long> counts =
        texts(channel).stream()
            .collect(Collectors.groupingBy(AlertMessage::level, Collectors.counting()));
    return words.say(
        "digest",
        words.count(snapshots.size()),
        LEVELS.stream()
            .filter(counts::containsKey)
            .map(level -> words.counted("alerts." + level, counts.getOrDefault(level, 0L)))
            .collect(Collectors.joining(", ")));
  }
}
