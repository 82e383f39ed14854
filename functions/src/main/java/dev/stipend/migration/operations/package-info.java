/// What an operator wants to know of a database: sizes, vacuum, indexes, slow queries, locks,
/// connections.
///
/// - It only looks, with the privilege to read. What a role may not see is left out, and the
///   section says how to see it.
/// - A section that fails does not take the others with it: its note says why.
/// - It waits for nobody: lock and statement timeouts are short, and sizes of locked tables come
///   from the catalog.
/// - Each section has at most twenty rows and says how many there are. JSON columns are sampled.
/// - Neither texts nor numbers of a query are in a report, and running queries are not shown.
/// - Right on PostgreSQL 14 to 18. Times are in UTC; bytes, seconds and milliseconds are numbers in
///   JSON and readable in text.
///
/// Does not own: whether the schema is sound (`check`), whether migrations can run (`Doctor`).
@NullMarked
package dev.stipend.migration.operations;

import org.jspecify.annotations.NullMarked;
