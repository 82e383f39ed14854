package dev.stipend.api;

import dev.stipend.json.Labels;
import dev.stipend.notify.Channel;
import dev.stipend.notify.ChannelRecord;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/// A channel as the API shows it.
///
/// @param config recipients and names of secrets; what is absent comes from the environment
/// @param minSeverity alerts below this are not told here
/// @param isDefault whether it is told of the alerts of budgets that name no channel
@Serdeable
record ChannelResponse(
    UUID id,
    String kind,
    String name,
    Map<String, String> config,
    String minSeverity,
    boolean isDefault,
    Instant createdAt) {
  static ChannelResponse of(ChannelRecord found) {
    Channel channel = found.channel();
    return new ChannelResponse(
        channel.id(),
        Labels.of(channel.kind()),
        channel.name(),
        new TreeMap<>(channel.config()),
        Labels.of(channel.minSeverity()),
        found.isDefault(),
        found.createdAt());
  }
}
