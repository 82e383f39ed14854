package dev.stipend.ingest.bulk;

/// Port: receives the progress of an import, after each chunk.
public interface ImportProgress {
  /// The import begins.
  ///
  /// @param before what earlier runs have done of the file
  default void begins(ImportCounts before) {}

  /// Another chunk is done.
  ///
  /// @param counts of the whole file so far
  /// @param bytesRead how much of the file was read
  /// @param bytes its size
  void at(ImportCounts counts, long bytesRead, long bytes);
}
