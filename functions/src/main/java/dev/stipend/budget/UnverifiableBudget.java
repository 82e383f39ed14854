package dev.stipend.budget;

import java.util.UUID;

/// A hard limit that nobody can hold work to now: this release cannot read the budget, or events
/// were recorded that its counters miss.
///
/// @param open whether the budget says that work is admitted then
public record UnverifiableBudget(UUID id, String name, String reason, boolean open) {}
