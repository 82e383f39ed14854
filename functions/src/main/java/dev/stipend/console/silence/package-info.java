/// Silences: what nobody is told of for a time, and for admins new ones and their end.
///
/// Does not own: what a silence keeps from whom.
@NullMarked
package dev.stipend.console.silence;

import org.jspecify.annotations.NullMarked;
