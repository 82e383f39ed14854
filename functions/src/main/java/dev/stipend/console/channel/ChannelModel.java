package dev.stipend.console.channel;

import dev.stipend.console.page.ConsoleText;
import dev.stipend.notification.channel.Channel;
import dev.stipend.notification.channel.ChannelRecord;
import dev.stipend.platform.json.Labels;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// A channel, in words.
///
/// @param config recipients and names of secrets, as the channel has them
/// @param severity the least that is told here
/// @param problem why it fails, and since when; empty where it works
public record ChannelModel(
    String id,
    String name,
    String kind,
    String config,
    String severity,
    boolean isDefault,
    boolean isFallback,
    boolean isFailing,
    String health,
    Optional<String> problem) {
  static ChannelModel of(ChannelRecord found, ZoneId zone, ConsoleText text) {
    Channel channel = found.channel();
    boolean isFailing = found.failingSince().isPresent();
    return new ChannelModel(
        channel.id().toString(),
        channel.name(),
        Labels.of(channel.kind()).replace('_', ' '),
        config(channel.config()),
        text.name("severity", Labels.of(channel.minSeverity())),
        found.isDefault(),
        found.isFallback(),
        isFailing,
        text.say(isFailing ? "channels.failing" : "channels.works"),
        found
            .failingSince()
            .map(
                since ->
                    text.say(
                        "channels.since",
                        text.time(since, zone).text(),
                        found.healthReason().orElse(""))));
  }

  private static String config(Map<String, String> config) {
    return new TreeMap<>(config)
        .entrySet().stream()
            .map(entry -> entry.getKey() + ": " + entry.getValue())
            .collect(Collectors.joining(", "));
  }
}
