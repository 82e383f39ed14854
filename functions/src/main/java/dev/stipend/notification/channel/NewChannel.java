package dev.stipend.notification.channel;

import dev.stipend.budget.Severity;
import java.util.Map;

/// A channel as it is asked for; see {@link Channel} for the meaning of its parts.
///
/// @param isDefault whether it is notified of alerts of budgets that name no channel
/// @param isFallback whether it gets what other channels could not deliver; one of a workspace is
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
