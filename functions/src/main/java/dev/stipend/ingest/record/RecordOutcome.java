package dev.stipend.ingest.record;

/// What became of one event.
public sealed interface RecordOutcome {
  /// Refused because its id belongs to an event of other content.
  RecordOutcome CONFLICT =
      new Refused("eventId is already recorded with different content (conflict)");

  /// What is in the ledger.
  enum Known implements RecordOutcome {
    RECORDED,
    /// Recorded, at no cost that anybody knows.
    UNPRICED,
    /// Recorded before, with the same content.
    DUPLICATE
  }

  /// What is not.
  ///
  /// @param reason what is wrong, naming the field
  record Refused(String reason) implements RecordOutcome {}
}
