package dev.stipend.enforcement.headroom;

import dev.stipend.ingest.ledger.Attribution;
import dev.stipend.tenant.Workspace;
import java.util.Map;

/// What decides which budgets count some work.
///
/// @param tags labels by name
public record CountedWork(Workspace workspace, Attribution who, Map<String, String> tags) {
  public CountedWork {
    tags = Map.copyOf(tags);
  }
}
