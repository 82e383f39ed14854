/// The editor of budgets: a form for a new one and for one that is there, with what it would have
/// done, and the archive.
///
/// - What the form sends is read, refused, written down and warned of as the API does it: by {@link
///   dev.stipend.budget.edit.BudgetRequest} and {@link dev.stipend.budget.edit.BudgetPatch}.
/// - Whatever is wrong is said beside its field, and the form keeps what people typed.
/// - A budget is saved only over the version that its form was made from. Where somebody else was
///   faster, their changes are shown, and nothing is lost on either side.
/// - A preview changes nothing.
///
/// Does not own: any rule of budgets, the replay of the ledger.
@NullMarked
package dev.stipend.console.editor;

import org.jspecify.annotations.NullMarked;
