/// What the person at the keyboard sees, and the failures that are worded for them.
///
/// - Blocks of lines are printed whole.
/// - Colours and moving bars appear only on a real terminal.
/// - A failure is one sentence that names what to change.
///
/// Does not own logging.
@NullMarked
package dev.stipend.local.terminal;

import org.jspecify.annotations.NullMarked;
