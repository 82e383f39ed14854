/// Recording usage, from a queue or from a request.
///
/// - A batch is recorded in one transaction. One that the database refuses is halved until the
///   event to blame stands alone, which is rejected; nobody else is harmed.
/// - What may succeed later, an outage or contention, is rethrown, so that the whole batch is
///   retried.
/// - What senders tell and nobody understands is noted after the commit, and harms no event.
/// - Each event has one outcome: recorded, duplicate, conflict or rejected, with the reason.
///
/// Does not own: the forms in which usage comes, the ledger's tables, counters, the transaction
/// (`usecase.RecordUsage`).
@NullMarked
package dev.stipend.ingest.record;

import org.jspecify.annotations.NullMarked;
