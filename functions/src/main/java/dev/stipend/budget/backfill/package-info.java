/// What was spent before a budget counted, added afterwards.
///
/// - A new budget counts from the moment that it is made. Its past is added step by step under a
///   watermark, the current period first, while recording goes on.
/// - Until the current period is filled, a hard limit is not relied on: the budget's `onFailure`
///   decides.
/// - A step is one short transaction, so that a run may stop anywhere and go on later.
///
/// Does not own: the ledger, recording, evaluation.
@NullMarked
package dev.stipend.budget.backfill;

import org.jspecify.annotations.NullMarked;
