package dev.stipend.local.usage;

import java.nio.file.Path;
import java.util.Map;

/// A usage file and what to assume where it is silent.
///
/// @param file absolute
/// @param assumed values by column name (`model`, `user_id`, `agent_id`, `provider`) for columns
///     that the file lacks
/// @param shiftToNow move the file in time so that its last event is now
public record UsageFileOptions(Path file, Map<String, String> assumed, boolean shiftToNow) {

  public UsageFileOptions {
    assumed = Map.copyOf(assumed);
  }
}
