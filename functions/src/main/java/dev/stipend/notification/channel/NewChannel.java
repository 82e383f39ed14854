package dev.stipend.notification.channel;

import dev.stipend.budget.Severity;
import java.util.Map;

/// A channel as it is asked for; see {@link Channel} for the meaning of its parts.
///
/// @param isDefault whether it is told of the alerts of budgets that name no channel
/// @param isFallback whether it is told what other channels could not be; one of a workspace is
public record NewChannel(
    ChannelKind kind,
    String name,
    Map<String, String> config,
    Severity minSeverity,
    boolean isDefault,
    boolean isFallback) {
  public NewChannel {
    config = Map.copyOf(config);
  }
}
