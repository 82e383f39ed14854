/// What a period's spend is made of: contributors, burn-down, refunds, recent spend.
///
/// - Figures come from the rollup, or from the ledger where the rollup knows too little.
/// - Months that left the database are said to be unknown, never shown as zero.
/// - Nothing here is read while a counter is locked.
///
/// Does not own: forecasts, reports over several budgets.
@NullMarked
package dev.stipend.budget.insight;

import org.jspecify.annotations.NullMarked;
