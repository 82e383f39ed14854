/// What is deleted after a time, in any table.
///
/// - A {@link RetentionTask} says what: a table, since when its rows have served their time, and
///   which of them may go. {@link RetentionTasks} has all of them; how long some are kept is a
///   setting.
/// - Rows go a few in a transaction, oldest first, and those that somebody works on stay until the
///   next day. An index leads to them, so that the cost follows what is forgotten.
/// - A task that fails stops no other.
///
/// Does not own: the tables, which belong to the packages that write them; the ledger and its
/// totals (package `maintenance.archive`); the periods of budgets, which budgets must first have
/// ceased to count (package `maintenance.reconciliation`).
@NullMarked
package dev.stipend.maintenance.retention;

import org.jspecify.annotations.NullMarked;
