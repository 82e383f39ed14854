package dev.stipend.budget;

import java.time.Instant;
import java.util.UUID;

/// A budget as the database has it, whether or not this release can read it.
public sealed interface StoredBudget permits Budget, UnreadableBudget {
  UUID workspaceId();

  UUID id();

  String name();

  int version();

  Instant createdAt();
}
