/// Plays a usage file through the usage queue.
///
/// - Columns and aliases are those of the documentation; an unknown column stops the load before it
///   starts.
/// - Event ids that the file lacks follow from its content and the row number: the same file twice
///   is recorded once.
/// - A row that cannot be an event is written to `.rejected.csv` beside the file, with its reason,
///   and so is a row that the functions reject.
/// - The number of events in flight is bounded; each row counts by the first outcome of its event
///   id.
///
/// Does not own validation of events or prices: it sends what it can read, and the functions
/// decide.
@NullMarked
package dev.stipend.local.usage;

import org.jspecify.annotations.NullMarked;
