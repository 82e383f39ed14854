/// Spend that is in a table of an application already: which table, which column is what, how far
/// it has been read.
///
/// - A source belongs to a workspace. It reads one relation, by pages in the order of time and id,
///   each page in a transaction of its own that reads only.
/// - A row is identified by its source and its own id: read twice, it counts once. A row whose cost
///   changes counts with its final cost.
/// - Rows that come late are found: those of the lookback with each pull, older ones when a day has
///   more rows than were read of it.
/// - Rows that cannot be recorded, or whose cost is not final, are kept by their id with the
///   reason, and are looked at again. They keep no other row waiting.
/// - Names of the host are quoted, values are bound. Nothing of the host is executed but its views.
///
/// Does not own: sessions ({@link dev.stipend.platform.host}), recording, when sources are pulled.
@NullMarked
package dev.stipend.ingest.source;

import org.jspecify.annotations.NullMarked;
