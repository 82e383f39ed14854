/// How repositories use PostgreSQL where Micronaut Data has no support: whole batches as
/// arrays, and instants.
///
/// - A batch is one statement, `INSERT … SELECT FROM unnest(arrays)`: one round trip and one plan,
///   whatever its size.
/// - What follows a commit waits for it, and for its connection ({@link AfterCommit}).
/// - Instants travel as `timestamptz` in UTC, whatever the session's or the machine's zone.
///
/// Does not own: SQL, where transactions begin and end, any table.
@NullMarked
package dev.stipend.platform.sql;

import org.jspecify.annotations.NullMarked;
