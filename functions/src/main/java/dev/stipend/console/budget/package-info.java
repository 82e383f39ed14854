/// The list of budgets: how each stands, filtered, in order, page by page, all of it in the
/// address.
///
/// - A budget that counts each id apart shows the one that is closest to its limit, and leads to
///   all of them.
///
/// Does not own: any figure, the editing of budgets.
@NullMarked
package dev.stipend.console.budget;

import org.jspecify.annotations.NullMarked;
