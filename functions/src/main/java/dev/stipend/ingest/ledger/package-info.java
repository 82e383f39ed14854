/// The ledger of usage events, and the totals that follow from it.
///
/// - The ledger is append-only. An event's identity is (workspace, event id): the same id with the
///   same content again is a duplicate and changes nothing; with other content it is a conflict and
///   is rejected.
/// - Ids are remembered for 35 days, and the live path refuses events older than that; it also
///   refuses events more than five minutes ahead of the clock.
/// - An event without a cost is priced from its tokens; one that nobody can price is recorded as
///   unpriced, never as zero.
/// - Adjustments are in the audit log. Of an event, a sender that is not trusted takes back at most
///   what it cost, in the periods and for the names that it counted for.
/// - Names of an event are bounded together, so that they fit the key of the rollup.
/// - One transaction writes the ids, the ledger, the quarter-hour rollup, and whatever the {@link
///   SpendCounter} counts.
/// - Months may leave the database. Totals from before {@link LedgerHorizon} are final.
///
/// Does not own: the forms in which usage comes (package `ingest.format` makes native events of
/// them), batches (package `ingest.record`), budgets and their periods (they count through the port
/// {@link SpendCounter}), HTTP, queues.
@NullMarked
package dev.stipend.ingest.ledger;

import org.jspecify.annotations.NullMarked;
