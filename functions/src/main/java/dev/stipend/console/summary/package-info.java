/// Schedules of summaries: who gets one when, and for admins new ones and their end.
///
/// Does not own: what a summary says, when it is due.
@NullMarked
package dev.stipend.console.summary;

import org.jspecify.annotations.NullMarked;
