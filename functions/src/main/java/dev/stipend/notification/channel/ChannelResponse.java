package dev.stipend.notification.channel;

import dev.stipend.platform.json.Labels;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/// A channel as the API shows it.
///
/// @param config recipients and names of secrets; what is absent comes from the environment
/// @param minSeverity alerts below this are not told here
/// @param isDefault whether it is told of the alerts of budgets that name no channel
/// @param isFallback whether it is told what other channels could not be
/// @param health `ok`, or `failing` if the last message to it failed for good
/// @param healthReason why it is failing
/// @param failingSince since when; it heals with the next message that comes through
/// @param warnings why it could not send; only in the answer to whoever makes it
@Serdeable
public record ChannelResponse(
    UUID id,
    String kind,
    String name,
    Map<String, String> config,
    String minSeverity,
    boolean isDefault,
    boolean isFallback,
    String health,
    Optional<String> healthReason,
    Optional<Instant> failingSince,
    Instant createdAt,
    List<String> warnings) {
  public static ChannelResponse of(ChannelRecord found) {
    Channel channel = found.channel();
    return new ChannelResponse(
        channel.id(),
        Labels.of(channel.kind()),
        channel.name(),
        new TreeMap<>(channel.config()),
        Labels.of(channel.minSeverity()),
        found.isDefault(),
        found.isFallback(),
        found.health(),
        found.healthReason(),
        found.failingSince(),
        found.createdAt(),
        List.of());
  }

  /// The same with warnings for whoever has made it.
  public ChannelResponse warning(List<String> warned) {
    return new ChannelResponse(
        id,
        kind,
        name,
        config,
        minSeverity,
        isDefault,
        isFallback,
        health,
        healthReason,
        failingSince,
        createdAt,
        warned);
  }
}
