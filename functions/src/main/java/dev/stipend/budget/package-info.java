/// Budgets: what they limit, which events they count, and the counter of each of their periods.
///
/// - A counter is identified by (budget, subject, period start); `subject` is the scope id, so a
///   budget over `*` has one counter for each id it meets. Period bounds are persisted when the
///   counter opens; nothing is ever reset.
/// - `spend` is maintained in the transaction that records an event, and equals the ledger's sum at
///   every commit. A counter that does not exist stands for no spend.
/// - A new budget counts what its current period already holds, and fills a few past periods for
///   history. Creating it and recording usage exclude each other by an advisory lock, so that no
///   event falls between.
/// - A counter is marked dirty when an evaluation may decide something new: when its spend crosses
///   a line of its budget, or was made again from the ledger. Whoever edits a budget's limit or
///   lines must hold the standstill of {@link dev.stipend.spend.LedgerLock} and mark its counters.
/// - {@link BudgetEditing} is the only one that does so. An edit makes a new version with its
///   history and audit entry, gives running counters the limit now in force, and has them evaluated
///   after the commit. Counters of periods that are over keep the limit in force just before their
///   end.
/// - What decides which usage a budget counts is never edited. An archived budget counts nothing
///   more, ends its alerts, and stays as it is.
/// - An {@link Increase} ends by itself at its instant: limits are asked for by {@link
///   Budget#limitAt}. The sweep clears ended ones, so that lines which spend stands above between
///   the two limits are noticed.
/// - Enforcement remembers, for work that comes again, which budgets count it ({@link Headrooms}).
///   What is remembered holds only while the stamp of the workspace's budgets does, which the
///   database renews with every change of them; whoever relies on it checks the stamp in the same
///   statement as the figures, so that nothing is ever decided by an old limit.
/// - A budget that this release cannot read is an {@link UnreadableBudget}. Usage that it should
///   count is recorded all the same; a mark says that its counters miss some, its hard limit is not
///   relied on, and {@link BudgetRecovery} makes them again once it can be read.
/// - A new budget counts from the moment that it is made. What was spent before is added by {@link
///   Backfilling}, step by step, the current period first, while recording goes on.
/// - Counters are a cache: {@link Backfilling} makes them from the rollup, or from
///   the ledger where the rollup knows too little (labels, bounds between quarters of an hour), and
///   {@link TotalsCheck} compares them with it. Only counters of the latter kind that begin to
///   count before {@link dev.stipend.spend.LedgerHorizon} are exact by themselves alone; they are
///   left as they are.
///
/// Does not own: the ledger, alerts (they follow counters through the port {@link
/// CounterListener}), what is forgotten after a time (package
/// `retention`), HTTP.
@NullMarked
package dev.stipend.budget;

import org.jspecify.annotations.NullMarked;
