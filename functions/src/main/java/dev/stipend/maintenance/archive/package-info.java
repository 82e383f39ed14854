/// Months of the ledger that leave the database, after they have been written to an archive.
///
/// - Nothing is dropped unless a setting says how long months are kept, and where they go before:
///   {@link Retention}.
/// - An archive is one gzip file for each month, a line for each row, and a manifest beside it:
///   rows, the sum of costs of each workspace, and the file's SHA-256.
/// - A month is dropped only after its file has been read back and holds what its record and the
///   database say: as many rows, the same sums. The check, the drop and its record are one
///   transaction.
/// - Every step may be cut off and begun again: until a month is dropped, its file is written or
///   verified anew.
/// - Months leave oldest first, so that one instant, {@link
///   dev.stipend.ingest.ledger.LedgerHorizon}, says which time the ledger still covers. Totals
///   before it are final and stay.
/// - A month that gets rows after it has left gets a further part.
///
/// Owns the port {@link ArchiveStore} and its implementation on disk. Does not own: totals,
/// partitions ahead, bringing an archive back, which is an import.
@NullMarked
package dev.stipend.maintenance.archive;

import org.jspecify.annotations.NullMarked;
