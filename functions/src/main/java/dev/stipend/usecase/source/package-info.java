/// Reads what applications have spent from their own tables. Read these first.
///
/// - `ConnectSource` tries a table and keeps it as a source; `SourceForm` is what somebody asks
///   for.
/// - `PullSources` pulls those that are due, for a sweep, and one for whoever asks; `PullSource`
///   reads one: rows that are to be looked at again, new rows, late ones, the past.
/// - `SourceSteps` is the transaction of a page: its events are recorded as an import's are, by
///   `RecordHistory`, with what is kept of its other rows, and how far the cursor has come.
///
/// Does not own: how a host is read ({@link dev.stipend.ingest.source}), recording, the sweep.
@NullMarked
package dev.stipend.usecase.source;

import org.jspecify.annotations.NullMarked;
