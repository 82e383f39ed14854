package dev.stipend.maintenance.archive;

import java.time.YearMonth;
import java.util.Optional;

/// A month on its way out of the database.
///
/// @param part 1, or more where rows came after the month had left
/// @param contents what it holds
/// @param location the URI of its file, or `none`
/// @param format of its file; empty if it has none
/// @param sha256 of its file, in hexadecimal digits; empty if it has none
record ArchivedMonth(
    YearMonth month,
    int part,
    MonthContents contents,
    String location,
    Optional<ArchiveFormat> format,
    Optional<String> sha256) {
  /// The month whose rows are dropped without a file.
  static ArchivedMonth nowhere(YearMonth month, int part, MonthContents contents) {
    return new ArchivedMonth(month, part, contents, "none", Optional.empty(), Optional.empty());
  }
}
