/// How repositories speak to PostgreSQL where Micronaut Data has no word for it: whole batches as
/// arrays, and instants.
///
/// - A batch is one statement, `INSERT … SELECT FROM unnest(arrays)`: one round trip and one plan,
///   whatever its size.
/// - Instants travel as `timestamptz` in UTC, whatever the session's or the machine's zone.
///
/// Does not own: SQL, transactions, any table.
@NullMarked
package dev.stipend.platform.sql;

import org.jspecify.annotations.NullMarked;
