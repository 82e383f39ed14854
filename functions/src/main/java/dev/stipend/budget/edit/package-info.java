/// Creating and editing budgets.
///
/// - `BudgetEditing` is the only one that edits. An edit makes a new version with its history and
///   audit entry, gives running counters the limit now in force, and has them evaluated after the
///   commit.
/// - Counters of periods that are over keep the limit that was in force just before their end.
/// - An increase ends by itself at its instant. The sweep clears ended ones, so that thresholds
///   between the two limits are noticed.
/// - What decides which usage a budget counts is never edited.
///
/// Does not own: counters, alerts, HTTP.
@NullMarked
package dev.stipend.budget.edit;

import org.jspecify.annotations.NullMarked;
