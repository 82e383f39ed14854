package dev.stipend.ingest.source;

import java.time.LocalDate;
import java.util.Optional;

/// One way of reading a source, and how far it has come.
///
/// @param name see the constants
/// @param afterTime the time of the last row that was read, or the time to begin with, as the host
///     writes it
/// @param afterId the id of that row; empty at the beginning
/// @param until the time that ends it; empty for the present
/// @param rowsRead rows that it has read
public record SourceCursor(
    String name,
    String afterTime,
    Optional<String> afterId,
    Optional<String> until,
    long rowsRead) {
  /// Rows that are new since the source was connected.
  public static final String LIVE = "live";

  /// Rows that came late: those of the lookback, again and again.
  public static final String LATE = "late";

  /// Rows from before the source was connected.
  public static final String BACKFILL = "backfill";

  /// Before the date of a day of which rows are missing.
  static final String DAY = "day ";

  /// The day whose rows it reads again.
  Optional<LocalDate> day() {
    return name.startsWith(DAY)
        ? Optional.of(LocalDate.parse(name.substring(DAY.length())))
        : Optional.empty();
  }

  /// Whether nearly all of its rows are new.
  public boolean isOfNewRows() {
    return name.equals(LIVE) || name.equals(BACKFILL);
  }

  /// The same behind the last of some rows.
  public SourceCursor after(PulledRow last, int rows) {
    return new SourceCursor(name, last.time(), Optional.of(last.id()), until, rowsRead + rows);
  }
}
