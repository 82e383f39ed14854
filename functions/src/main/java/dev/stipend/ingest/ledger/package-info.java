/// The ledger of usage events, and the totals that follow from it.
///
/// - The ledger is append-only. An event's identity is (workspace, event id): the same id with the
///   same content again is a duplicate and changes nothing; with other content it is a conflict and
///   is rejected.
/// - Ids are remembered for 35 days, and the live path refuses events older than that; it also
///   refuses events more than five minutes ahead of the clock.
/// - An event without a cost is priced from its tokens; one that nobody can price is recorded as
///   unpriced, never as zero.
/// - What adjustments take back of an event is noted beside its id, whose row settles the race of
///   two.
/// - Names of an event are bounded together, so that they fit the key of the rollup.
/// - One transaction writes the ids, the ledger, the quarter-hour rollup, and the counters of
///   budgets, in this order.
/// - Months may leave the database. Totals from before {@link LedgerHorizon} are final.
///
/// Does not own: the forms in which usage comes (package `ingest.format` makes native events of
/// them), batches (package `ingest.record`), budgets and their periods, that transaction
/// (`usecase`), HTTP, queues.
@NullMarked
package dev.stipend.ingest.ledger;

import org.jspecify.annotations.NullMarked;
