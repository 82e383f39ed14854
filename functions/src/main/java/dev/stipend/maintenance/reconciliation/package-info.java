/// Totals compared with the ledger, and repaired.
///
/// - The ledger is append-only and every total is a cache of it: rollup, usage without a price,
///   counters of budgets.
/// - A run reads only the days that changed since the run before, set by set, and may stop
///   anywhere.
/// - A difference is reported, corrected, and has the counter evaluated again.
/// - Counters that missed usage, because their budget could not be read, are made again once it can
///   be.
///
/// Does not own: how totals are kept while usage is recorded.
@NullMarked
package dev.stipend.maintenance.reconciliation;

import org.jspecify.annotations.NullMarked;
