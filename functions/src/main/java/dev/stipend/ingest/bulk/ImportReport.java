package dev.stipend.ingest.bulk;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/// How an import ended.
///
/// @param counts of the whole file, earlier runs included
/// @param before of earlier runs
/// @param finishedBefore when an earlier run had done all of it; then there was nothing to do
/// @param rejections the file with what was rejected, and why; empty when nothing was
public record ImportReport(
    ImportCounts counts,
    ImportCounts before,
    Optional<Instant> finishedBefore,
    Optional<Path> rejections) {
  /// Rows that an earlier run had done.
  public long rowsBefore() {
    return before.rows();
  }
}
