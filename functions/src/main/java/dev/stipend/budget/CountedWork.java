package dev.stipend.budget;

import dev.stipend.spend.Attribution;
import dev.stipend.workspace.Workspace;
import java.util.Map;

/// What decides which budgets count some work.
///
/// @param tags labels by name
public record CountedWork(Workspace workspace, Attribution who, Map<String, String> tags) {
  public CountedWork {
    tags = Map.copyOf(tags);
  }
}
