package dev.stipend.ingest.bulk;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The rows of a file, one after the other.
public interface FileRows extends AutoCloseable {
  /// Begins to read a file.
  ///
  /// @param assumed values by column name where a CSV file has none
  /// @param read is set to the bytes of the file that were taken
  /// @throws UnusableFileException if its header is wrong
  static FileRows of(ImportFile file, Map<String, String> assumed, AtomicLong read) {
    return switch (file.form()) {
      case CSV -> new CsvRows(file, assumed, read);
      case JSON_LINES -> new JsonLineRows(file, read);
    };
  }

  /// The titles of what {@link FileRow#raw} holds.
  List<String> titles();

  /// The next row; null after the last.
  ///
  /// @throws UnusableFileException if the file cannot be read on
  @Nullable FileRow next();

  @Override
  void close();
}
