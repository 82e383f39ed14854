/// Usage that has no price yet.
///
/// - It waits by provider and model, and is counted at the ceiling where there is one.
/// - When its price arrives, or somebody gives it a model, each event is adjusted once, exactly:
///   who locks it among the waiting writes its adjustments and takes it out.
///
/// Does not own: prices, the ledger, the transactions that adjust (`usecase.PriceLateUsage`,
/// `usecase.AssignModel`).
@NullMarked
package dev.stipend.ingest.unpriced;

import org.jspecify.annotations.NullMarked;
