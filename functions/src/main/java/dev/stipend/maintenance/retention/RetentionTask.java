package dev.stipend.maintenance.retention;

import java.time.Period;
import java.util.function.Supplier;

/// Rows that are kept for a time.
///
/// @param counted what their number is called in the report of the maintenance, such as
///     `reservationsPruned`
/// @param kept for how long; fails where a setting of that makes no sense
/// @param rows which ones
public record RetentionTask(String counted, Supplier<Period> kept, OldRows rows) {}
