package dev.stipend.budget.period;

import dev.stipend.time.Period;
import java.time.Instant;

/// A period as a budget counts it.
///
/// @param countedFrom the first instant that counts: the period's start, or a later one where the
///     budget begins to count in the middle of it
public record CountedPeriod(Period period, Instant countedFrom) {}
