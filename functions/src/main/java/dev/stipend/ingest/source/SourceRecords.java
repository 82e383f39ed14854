package dev.stipend.ingest.source;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Set;

/// Writes down what became of rows, in the transaction that records them.
@Singleton
public class SourceRecords {
  private final KeptRows kept;
  private final SourceDays days;
  private final SourcePulls pulls;

  SourceRecords(KeptRows kept, SourceDays days, SourcePulls pulls) {
    this.kept = kept;
    this.days = days;
    this.pulls = pulls;
  }

  /// Keeps rows that are to be looked at again, forgets those that are done, and counts.
  public void write(SpendSource source, SourcePage page, Instant now) {
    Set<String> before = kept.among(source, page.ids());
    days.add(source, page.newRows(before));
    kept.keep(source, page.kept(now), now);
    kept.forget(source, page.done(before));
    if (page.recordedRows() + page.changedRows() > 0) {
      pulls.count(source, page.recordedRows(), page.changedRows(), page.newest());
    }
  }
}
