package dev.stipend.notification.channel;

import dev.stipend.budget.Severity;
import java.util.Map;
import java.util.UUID;

/// A place where people read messages.
///
/// @param workspaceId the tenant
/// @param id its identity within the tenant
/// @param kind how it reaches people
/// @param name its name for people
/// @param config what its kind needs, such as a recipient or the name of a secret; never a secret.
///     What is absent comes from the environment
/// @param minSeverity alerts below this severity are not sent to it
public record Channel(
    UUID workspaceId,
    UUID id,
    ChannelKind kind,
    String name,
    Map<String, String> config,
    Severity minSeverity) {
  public Channel {
    config = Map.copyOf(config);
  }
}
