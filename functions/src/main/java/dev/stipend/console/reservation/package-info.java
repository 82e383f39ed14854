/// What work holds of budgets: how old it is, when it ends, and giving it up by hand.
///
/// Does not own: how headroom is held and freed.
@NullMarked
package dev.stipend.console.reservation;

import org.jspecify.annotations.NullMarked;
