/// Budgets: what they limit, which events they count, and what they are worth at a moment.
///
/// - A budget has a scope, a calendar period in a time zone, a limit and thresholds. A budget over
///   `*` has one counter for each id that it meets, its subjects.
/// - What decides which usage a budget counts is never edited. An archived budget counts nothing
///   more, ends its alerts, and stays as it is.
/// - An {@link Increase} ends by itself at its instant: limits are asked for by {@link
///   Budget#limitAt}.
/// - A budget that this release cannot read is an {@link UnreadableBudget}. Usage that it should
///   count is recorded all the same; a mark says that its counters miss some, its hard limit is not
///   relied on, and its counters are made again once it can be read.
/// - Every total is a cache of the ledger: delete it, make it again, and no answer changes.
///
/// Package `edit` creates and edits, `period` keeps the counters, `backfill` adds what was spent
/// before, `insight` explains a period's spend, `forecast` looks ahead. Does not own: the ledger,
/// alerts, HTTP.
@NullMarked
package dev.stipend.budget;

import org.jspecify.annotations.NullMarked;
