package dev.stipend.ingest.price;

import dev.stipend.tenant.Workspace;
import java.util.Set;

/// Told after a workspace's own prices have changed, when the change is committed: what had no
/// price may have one now.
///
/// @param workspace whose prices
/// @param models the models whose prices were set; {@link ModelName} of `*` and `*` is the ceiling
public record PricesChanged(Workspace workspace, Set<ModelName> models) {}
