package dev.stipend.ingest.format;

import java.util.List;

/// Where a native field comes from in another form.
///
/// @param field the native field
/// @param sources the sender's names for it; the first that holds something counts
record FieldRow(String field, List<String> sources) {
  static FieldRow row(String field, String... sources) {
    return new FieldRow(field, List.of(sources));
  }
}
