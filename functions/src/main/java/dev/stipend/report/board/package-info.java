/// How the budgets of a workspace stand, side by side.
///
/// - Every budget is in one state ({@link dev.stipend.report.board.BudgetState}), the worst of
///   those that hold. A budget that counts each id apart stands as the id that is closest to its
///   limit.
/// - Figures come from counters and open alerts, of all budgets in one statement. Holds that have
///   expired are counted until the sweep takes them off.
///
/// Does not own: budgets, counters, alerts; the figures of one budget.
@NullMarked
package dev.stipend.report.board;

import org.jspecify.annotations.NullMarked;
