/// What a budget would have done, had it been there: the ledger replayed against it.
///
/// - Each period is replayed by itself, event by event in the order in which they occurred, and
///   starts from nothing.
/// - A threshold is reached by the first event after which the spend is at or above it. Thresholds
///   that one event reaches together would have been one alert, for the highest.
/// - A hard limit would have refused a request when the spend of the admitted ones and its cost are
///   above the limit; its cost stands for the estimate. What was refused adds nothing, so
///   thresholds are measured by what was admitted. Adjustments cannot be refused.
/// - What the ledger no longer holds is unknown, and is said to be so: periods that begin before
///   {@link dev.stipend.ingest.ledger.LedgerHorizon}, and those beyond the number of events that
///   one simulation reads.
/// - A replay holds the state of one subject and the greatest few, whatever the number of events.
///
/// Pure but for {@link Simulation}, which reads. Does not own: the ledger, the rules of alerts,
/// HTTP. Nothing is written.
@NullMarked
package dev.stipend.report.simulation;

import org.jspecify.annotations.NullMarked;
