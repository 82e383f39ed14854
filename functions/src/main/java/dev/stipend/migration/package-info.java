/// The migration function's engine: the only code that changes the schema.
///
/// - {@link Migrator} does what a {@link MigrationRequest} asks and answers with a {@link
///   MigrationReport}; three doors use it, and it knows none of them: CloudFormation and direct
///   invocation (`lambda`), the command line (`cli`).
/// - Flyway underneath, configured through `micronaut-flyway` with `enabled: false`, so that
///   nothing runs when a function starts. Files are read once, and split as psql splits them;
///   Flyway is given the result, so that the plan shows exactly what runs.
/// - One session does it all: the lock, a migration and its row in the history
///   (`transactional.lock=false`), so a crash leaves both or neither, and kills the lock. It needs
///   the direct URL; a pooled one is refused.
/// - Order: preflight, lock, boundary, lint, requirements, drift, migrate, verify. Nothing runs
///   unless all before it was well; each `MigrationProblem` has its cause and its fix.
/// - A pack is a set that Stipend brings along, with phases, variants, sample data and checks; its
///   history lies apart from the host's tables. Directories may have the layout of Prisma, whose
///   history is shared with its own engine, or numbered files.
/// - A set keeps to its own schema: {@link Boundary} reads its files, the session's {@link
///   SearchPath} has that schema and those of extensions that the files use, and {@link
///   OutsideObjects} has a migration rolled back that has reached further all the same.
/// - `MadeObjects` knows what a set has made; {@link Reset} drops that and nothing else, and only
///   if a `Rehearsal` has made it again. `StampCheck` compares with a rehearsal.
/// - Verbs that only look need the privilege to read, and no other.
/// - A migration begins only if there is time for it; what was done stays, and the next run goes
///   on.
/// - A schema newer than the build is left alone: that is what a rollback looks like.
/// - Every run that may change something has a row in `migration_runs`, from its start on.
/// - Versions are timestamps. A version older than the newest applied one is refused, unless
///   `--out-of-order` lets it in.
/// - `SchemaVersion` is the version that this build of the functions needs; they check it and never
///   migrate.
///
/// Does not own: Lambda, CloudFormation, the command line (doors to it), the meaning of any table.
@NullMarked
package dev.stipend.migration;

import org.jspecify.annotations.NullMarked;
