/// What the product does, one class for each thing that happens. Read these first.
///
/// - `RecordUsage` records events, `RecordQueuedUsage` those of a queue, `RecordObjects` those in
///   objects that a queue tells of, `ImportUsage` those of files. `PriceLateUsage` and
///   `AssignModel` adjust what waited for a price. Their transactions take the same
///   `RecordingSteps`: ids, prices, ledger, totals, counters of budgets.
/// - `source` reads what is in tables of applications already.
/// - `EvaluateBudgets` decides which thresholds are crossed, after each change and in a sweep.
/// - `DeliverAlerts` sends what is due to one channel.
/// - `Enforce` answers whether work may be done, also while the database does not answer; `Reserve`
///   holds headroom for it, `SettleReservation` ends what is held.
/// - `SweepBudgets` does what no event asks for, `MaintainLedger` what a day asks for. Their steps
///   fail alone: one that fails is named in the report, and the others are done.
/// - A row that cannot be worked on is set aside and tried again with growing pauses.
///
/// A use case reads forward: what stands in one transaction stands in one method, and what follows
/// the commit is said there, too ({@link dev.stipend.platform.sql.AfterCommit}).
///
/// A deployment migrates by `migration.Deploy`: session, lock and report are those of every verb,
/// which `migration.Migrator` dispatches. Does not own: any rule; it says in which order rules of
/// other packages are applied.
@NullMarked
package dev.stipend.usecase;

import org.jspecify.annotations.NullMarked;
