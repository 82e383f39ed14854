package dev.stipend.ingest.price;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Port: usage that was recorded without a price, and waits for one.
public interface WaitingUsage {
  /// A model whose usage waits.
  ///
  /// @param name as its senders named it; either part may be empty
  /// @param firstAt when the earliest event happened that waits
  /// @param lastAt when the latest did
  record Waiting(ModelName name, Instant firstAt, Instant lastAt) {}

  /// The models whose usage waits.
  List<Waiting> models(UUID workspace);

  /// How many events wait.
  ///
  /// @param since which models are asked about, each from an instant on
  long count(UUID workspace, Map<ModelName, Instant> since);
}
