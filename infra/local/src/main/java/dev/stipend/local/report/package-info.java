/// Reads the result of a run from the database: totals, budget periods, alerts, deliveries.
///
/// - Read-only, and for the workspace `default`.
/// - Times are shown in each budget's own zone; money to its last decimal.
///
/// Does not own any sum: every number is one that the functions wrote.
@NullMarked
package dev.stipend.local.report;

import org.jspecify.annotations.NullMarked;
