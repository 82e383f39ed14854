/// A PostgreSQL server of our own and the directory that keeps its data.
///
/// - The server listens on a free port of the loopback interface.
/// - A data directory belongs to one run at a time; the operating system ends the claim with the
///   process.
/// - A run that was killed leaves no harm: its server is stopped, its data kept.
/// - In memory means a temporary directory, binaries included, that is gone at the end.
/// - The admin key is readable by its owner only.
///
/// Does not own the schema: that is the migration function's.
@NullMarked
package dev.stipend.local.database;

import org.jspecify.annotations.NullMarked;
