package dev.stipend.api;

import dev.stipend.budget.Threshold;
import dev.stipend.json.InvalidJsonException;
import dev.stipend.notify.Channels;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// Refuses budgets that name channels which their workspace does not have.
@Singleton
final class KnownChannels {
  private final Channels channels;

  KnownChannels(Channels channels) {
    this.channels = channels;
  }

  /// @throws InvalidJsonException naming the first channel that is unknown
  void require(UUID workspace, List<UUID> ofBudget, List<Threshold> thresholds) {
    List<UUID> named = new ArrayList<>(ofBudget);
    thresholds.forEach(threshold -> named.addAll(threshold.channels()));
    List<UUID> known = named.isEmpty() ? List.of() : channels.known(workspace, named);
    named.stream()
        .filter(id -> !known.contains(id))
        .findFirst()
        .ifPresent(
            id -> {
              throw new InvalidJsonException("channels", id + " is no channel of this workspace");
            });
  }
}
