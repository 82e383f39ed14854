/// The connection to PostgreSQL: its address, its credentials, its pool and its session settings.
///
/// - Credentials come from the environment, from Secrets Manager or from an IAM token, and are read
///   again when they are refused.
/// - A session bounds how long it waits for a lock and for a statement; no session stays idle in a
///   transaction.
/// - A schema that is older than this build needs is refused with a message that says so.
///
/// Does not own: SQL of any feature, migrations.
@NullMarked
package dev.stipend.platform.database;

import org.jspecify.annotations.NullMarked;
