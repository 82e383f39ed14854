package dev.stipend.ingest.bulk;

/// What became of the rows of a file so far. A row of JSON lines may hold several events, or none.
///
/// @param rows rows that are done
/// @param recorded events that are new in the ledger
/// @param unpriced those of them that nobody can price
/// @param duplicates events that were there already
/// @param rejected rows or events that cannot be recorded
public record ImportCounts(
    long rows, long recorded, long unpriced, long duplicates, long rejected) {
  public static final ImportCounts NONE = new ImportCounts(0, 0, 0, 0, 0);

  /// What was done since.
  public ImportCounts minus(ImportCounts before) {
    return new ImportCounts(
        rows - before.rows,
        recorded - before.recorded,
        unpriced - before.unpriced,
        duplicates - before.duplicates,
        rejected - before.rejected);
  }
}
