/// Bulk import: files of usage of any age, read in large chunks, and how far each has come.
///
/// - A file is CSV (see {@link UsageColumns}) or JSON lines in any form that {@link
///   dev.stipend.ingest.format.Intake} knows, one a line; either may be gzip-compressed.
/// - Restartable: a file is known by its content. The transaction that records a chunk notes how
///   far the file has come, so that an import that was killed goes on where it stopped, and one
///   that is repeated does nothing.
/// - A row that cannot be recorded, be it that only the database refuses it, goes to a
///   `.rejected.csv` beside the file, with its number, the reason and the row as it was; the rest
///   is recorded.
/// - Memory does not grow with the file: at most two chunks are held, one being read while the
///   other is written.
///
/// Does not own: what a valid event is (package `ingest.record`), how chunks are recorded
/// (`usecase.ImportUsage`), the command line (package `cli`).
@NullMarked
package dev.stipend.ingest.bulk;

import org.jspecify.annotations.NullMarked;
