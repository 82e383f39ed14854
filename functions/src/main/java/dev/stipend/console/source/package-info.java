/// Sources: how each stands, which of its rows do not count, and which rows of its application are
/// no budgets. Whoever may change sources has them read at once, pauses them, and has them go on.
///
/// Does not own: reading hosts, connecting (the API and the command line do).
@NullMarked
package dev.stipend.console.source;

import org.jspecify.annotations.NullMarked;
