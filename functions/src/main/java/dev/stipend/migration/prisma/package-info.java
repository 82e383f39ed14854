/// Runs the migrations of a project that uses Prisma, without Prisma.
///
/// - A set is one of Prisma's if its files are `NAME/migration.sql`. Its history is the table
///   `_prisma_migrations` in the set's own schema, and no other; the rows are those that Prisma's
///   own engine writes and expects, so that either goes on where the other stopped.
/// - The order is that of the names; a migration is known by its whole name.
/// - A migration is applied if it has a row with `finished_at`, failed if it has one with neither
///   that nor `rolled_back_at`, and pending if all its rows are rolled back. One failed migration
///   keeps all others from running, until `resolve` says what became of it.
/// - A file runs in one transaction with its row, unless its statements do not allow that. So a
///   failure leaves nothing but its row, and a process that is killed leaves nothing at all. What
///   only others were in the way of, or time, has not failed and leaves no row.
/// - The lock is Prisma's own: neither runs while the other does.
/// - Edited and missing files are reported and keep nothing from running, as Prisma has it. Lint
///   only advises, since nobody may edit a file that has run elsewhere.
///
/// Does not own: making migrations from a Prisma schema, and undoing them; Prisma has no files for
/// that.
@NullMarked
package dev.stipend.migration.prisma;

import org.jspecify.annotations.NullMarked;
