/// The database that a migration works on: its address, its session, its lock, its time.
///
/// - One direct session does it all; a pooled address is refused.
/// - A session of migrations waits for locks for a short time only, so that it stops nobody else.
///
/// Does not own: what is migrated.
@NullMarked
package dev.stipend.migration.database;

import org.jspecify.annotations.NullMarked;
