/// Budgets that an application keeps in tables of its own, as budgets of Stipend.
///
/// - A row of the application is one budget, or says why it can be none. Nothing is guessed: a row
///   that limits something that no scope of Stipend means is no budget.
/// - The budget belongs to the source that mirrors it: nobody else edits it. It follows its row; a
///   row that is gone archives it.
/// - What a budget has spent is told to the application as a whole number of the current period,
///   never as a difference: told twice, it is the same.
///
/// Does not own: sessions with hosts ({@link dev.stipend.platform.host}), editing ({@link
/// dev.stipend.budget.edit}), when sources are followed.
@NullMarked
package dev.stipend.budget.mirror;

import org.jspecify.annotations.NullMarked;
