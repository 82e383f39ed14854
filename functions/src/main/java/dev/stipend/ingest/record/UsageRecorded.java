package dev.stipend.ingest.record;

import java.util.List;

/// What became of a list of events. Every event is in exactly one of the first three lists.
/// Published as an application event after the commit.
///
/// @param recorded ids of the events that are new in the ledger
/// @param duplicates ids of the events that were there already, with the same content
/// @param rejected events that were refused
/// @param unpriced how many of the recorded ones nobody can price
public record UsageRecorded(
    List<String> recorded, List<String> duplicates, List<Rejection> rejected, int unpriced) {
  /// Whether there was something, and all of it was refused.
  public boolean isRejected() {
    return recorded.isEmpty() && duplicates.isEmpty() && !rejected.isEmpty();
  }
}
