/// The maintenance of a system that Stipend watches and whose schema is a pack: what the system's
/// own document asks for, in the schema that the pack was deployed to.
///
/// - {@link PackMaintenance} does what a {@link PackRequest} asks and answers with a {@link
///   PackReport}. Two doors use it: `MaintainLedgerFunction` and the command `maintain`.
/// - What is to be done stands in the pack's `pack.yaml` under `maintenance`, and nowhere else;
///   {@link MaintenanceRules} reads it, and an error names the field.
/// - It works in the function's own database, as the owner of the schema, on one session that no
///   pooler shares. Nothing is done unless the pack's history says that the pack is there. Only
///   tables that the pack has made are touched, in that schema alone.
/// - The lock is the one of the pack's migrations: neither two maintenances nor a maintenance and a
///   migration work on a schema at once. Whoever comes second says who works there and does
///   nothing.
/// - Rows leave for the archive in pieces of bounded size: a file is written, read back and
///   compared, and then exactly its rows are deleted, by key and version, in one transaction with
///   the record of it ({@link MaintenanceJournal}). Rows that others refer to stay, and are
///   reported.
/// - No transaction is open while a file is written. Whatever a run is cut off in, the next one
///   writes the unfinished piece again, under the same name.
/// - Tasks fail alone. A run ends in time, says what is left, and the next goes on. A second run
///   right after the first finds nothing to do.
/// - A dry run counts what a real one would do, and changes nothing.
///
/// Does not own: the schema (package `migration`, which it reads packs from), Stipend's own ledger
/// (the other packages of `maintenance`), where archives are kept (`maintenance.archive`).
@NullMarked
package dev.stipend.maintenance.pack;

import org.jspecify.annotations.NullMarked;
