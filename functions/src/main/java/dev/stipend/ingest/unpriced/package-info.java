/// Usage that has no price yet.
///
/// - It waits by provider and model, and is counted at the ceiling where there is one.
/// - When its price arrives, each event is adjusted once, exactly.
/// - An event without a model may be given one by a correction, which is in the audit log.
///
/// Does not own: prices, the ledger.
@NullMarked
package dev.stipend.ingest.unpriced;

import org.jspecify.annotations.NullMarked;
