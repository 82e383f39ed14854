/// The audit log: who did what, to what, when; for admins.
///
/// Does not own: writing it.
@NullMarked
package dev.stipend.console.audit;

import org.jspecify.annotations.NullMarked;
