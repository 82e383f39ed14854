/// The counters of budgets: what each has spent and holds in one period.
///
/// - A counter is a {@link BudgetPeriod}, identified by (budget, subject, period start). Bounds are
// stored when it opens;
///   nothing is ever reset.
/// - Spend is added in the transaction that records an event, in key order. A counter that does not
///   exist stands for no spend.
/// - Of an event, a sender that is not trusted takes back at most what it cost, in the periods and
///   for the names that it counted for. Adjustments are in the audit log.
/// - A counter is marked dirty when an evaluation may decide something new.
/// - A period stays open for late events after its end; closing it freezes what was known at its
///   end.
///
/// Does not own: budgets and their editing, the ledger, alerts.
@NullMarked
package dev.stipend.budget.period;

import org.jspecify.annotations.NullMarked;
