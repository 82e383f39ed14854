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
/// - Counters are a cache: {@link BudgetPeriodRebuild} makes them again from the ledger, and
///   nothing changes.
///
/// Does not own: the ledger, alerts (they follow counters through the port {@link
/// CounterListener}), HTTP.
@NullMarked
package dev.stipend.budget;

import org.jspecify.annotations.NullMarked;
