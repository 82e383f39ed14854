package dev.stipend.ingest.bulk;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One row of a file, read as far as it can be without knowing what an event is.
///
/// @param number counted from 1, without a header
/// @param raw as it stands in the file: its cells, or its line
/// @param json the message that it holds
/// @param problem why there is no message; null when there is one
public record FileRow(
    long number, List<String> raw, @Nullable Object json, @Nullable String problem) {
  static FileRow of(long number, List<String> raw, Object json) {
    return new FileRow(number, raw, json, null);
  }

  static FileRow wrong(long number, List<String> raw, String problem) {
    return new FileRow(number, raw, null, problem);
  }

  /// What a rejection needs, once the message is read.
  FileRow withoutJson() {
    return new FileRow(number, raw, null, null);
  }
}
