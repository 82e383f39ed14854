/// Keeps what cannot be worked on from stopping anybody else.
///
/// - A step of batch work that fails is split until the row to blame stands alone. That row is *set
///   aside*: left out by every claim, and tried again alone, after a minute first and an hour at
///   most. What was set aside is in its table with the error, and is counted in `/api/health` and
///   by a metric.
/// - Only a row is set aside, never a time: while the database does not answer, or others work on
///   the same rows, or a statement would fail for any row, the step ends and comes again ({@link
///   dev.stipend.platform.isolation.RowFault}).
/// - Where too much of one budget or tenant fails, all of it is set aside at once, so that it costs
///   the others nothing.
/// - Any edit of a budget has its set-aside rows retried at once: a trigger
///   sees to that.
/// - A budget that could not be read while usage was recorded is marked `uncounted`: its counters
///   are made again from the ledger before it is worked on.
///
/// Does not own: what is tried again, and how ({@link dev.stipend.platform.isolation.RetriedWork}).
@NullMarked
package dev.stipend.platform.isolation;

import org.jspecify.annotations.NullMarked;
