package dev.stipend.budget.period;

import java.time.Instant;
import java.util.UUID;

/// The identity of a counter.
///
/// @param workspaceId the tenant
/// @param budgetId the budget
/// @param subject the scope id it counts
/// @param periodStart the first instant of its period
public record PeriodKey(UUID workspaceId, UUID budgetId, String subject, Instant periodStart) {}
