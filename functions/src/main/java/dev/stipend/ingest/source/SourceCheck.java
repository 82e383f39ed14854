package dev.stipend.ingest.source;

import dev.stipend.ingest.ledger.UsageEvent;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/// What was found when a source was tried.
///
/// @param relation its full name
/// @param rows how many rows it has, estimated; -1 where nobody knows
/// @param identifiedBy the column that identifies a row
/// @param orderedBy the column of the time, by which rows are read
/// @param sample its newest rows as usage events
/// @param unreadable why newest rows cannot be recorded
/// @param dayRows rows of the last 24 hours; at most {@link #MOST_OF_A_DAY} are looked at
/// @param dayCost what they cost, in the workspace's currency; those that the price list prices are
///     not in it
/// @param dayFrom when these 24 hours began
/// @param warnings what may go wrong, with what to do
public record SourceCheck(
    String relation,
    long rows,
    String identifiedBy,
    String orderedBy,
    List<UsageEvent> sample,
    List<String> unreadable,
    int dayRows,
    BigDecimal dayCost,
    Instant dayFrom,
    List<String> warnings) {
  public static final int MOST_OF_A_DAY = 5_000;

  /// The same with more that may go wrong.
  public SourceCheck with(List<String> more) {
    return new SourceCheck(
        relation,
        rows,
        identifiedBy,
        orderedBy,
        sample,
        unreadable,
        dayRows,
        dayCost,
        dayFrom,
        Stream.concat(warnings.stream(), more.stream()).toList());
  }

  /// Whoever keeps it must be able to record something.
  ///
  /// @throws SourceProblem if none of its newest rows can be recorded
  public void requireReadable() {
    if (sample.isEmpty() && !unreadable.isEmpty()) {
      throw new SourceProblem(
          "columns",
          "None of the rows of the last 24 hours can be recorded, such as %s."
              .formatted(unreadable.getFirst()));
    }
  }
}
