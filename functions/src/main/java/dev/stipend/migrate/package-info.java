/// The migration function's engine: the only code that changes the schema.
///
/// - Flyway underneath, configured through `micronaut-flyway` with `enabled: false`, so that
///   nothing runs when a function starts; the engine runs it when it is asked to.
/// - `transactional.lock=false`: one connection runs a migration and writes its history row in one
///   transaction, so a crash leaves both or neither.
/// - List prices are a repeatable migration whose checksum is that of their file.
/// - It needs a real session, so it uses the direct URL, on a connection of its own.
/// - Every run of `deploy` leaves a row in `migration_runs`.
/// - {@link SchemaVersion} is the version that this build of the functions needs; they check it and
///   never migrate.
///
/// Does not own: Lambda, CloudFormation, the command line (doors to it), the meaning of any table.
@NullMarked
package dev.stipend.migrate;

import org.jspecify.annotations.NullMarked;
