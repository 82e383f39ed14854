package dev.stipend.usecase;

import dev.stipend.ingest.bulk.Chunk;
import dev.stipend.ingest.bulk.Chunk.RejectedRow;
import dev.stipend.ingest.bulk.ImportCounts;
import dev.stipend.ingest.bulk.ImportLog;
import dev.stipend.ingest.bulk.RejectedRows;
import dev.stipend.ingest.record.RecordOutcome;
import dev.stipend.ingest.record.RecordOutcome.Known;
import dev.stipend.ingest.record.UsageSender;
import dev.stipend.tenant.Workspace;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// The transaction of an import: a chunk's events, and how far the file has come with it.
@Singleton
class ImportStep {
  private final RecordHistory history;
  private final ImportLog log;

  ImportStep(RecordHistory history, ImportLog log) {
    this.history = history;
    this.log = log;
  }

  /// Answers where the file stands after it. Rejected rows are written before the commit: one that
  /// is written twice after a crash is dropped when the import goes on, and none is lost.
  @Transactional
  ImportCounts write(
      Workspace workspace,
      String source,
      Chunk chunk,
      ImportCounts before,
      RejectedRows rejections,
      Instant now) {
    List<RecordOutcome> outcomes =
        history.record(workspace, chunk.events(), UsageSender.COMMAND_LINE, now);
    Outcome outcome = outcome(chunk, before, outcomes);
    rejections.add(outcome.rejected());
    log.advance(workspace.id(), source, before, outcome.counts(), now);
    return outcome.counts();
  }

  /// Does what writing does, over no events.
  void rehearse(Instant now) {
    history.rehearse(now);
  }

  /// What became of a chunk.
  ///
  /// @param counts where the file stands after it
  /// @param rejected its rows that are not in the ledger
  record Outcome(ImportCounts counts, List<RejectedRow> rejected) {}

  static Outcome outcome(Chunk chunk, ImportCounts before, List<RecordOutcome> outcomes) {
    List<RejectedRow> rejected = new ArrayList<>(chunk.rejected());
    for (int i = 0; i < outcomes.size(); i++) {
      if (outcomes.get(i) instanceof RecordOutcome.Refused refused) {
        rejected.add(
            new RejectedRow(
                chunk.rows().get(i), Chunk.event(chunk.events().get(i), refused.reason())));
      }
    }
    int unpriced = Collections.frequency(outcomes, Known.UNPRICED);
    ImportCounts after =
        new ImportCounts(
            chunk.lastRow(),
            before.recorded() + Collections.frequency(outcomes, Known.RECORDED) + unpriced,
            before.unpriced() + unpriced,
            before.duplicates() + Collections.frequency(outcomes, Known.DUPLICATE),
            before.rejected() + rejected.size());
    return new Outcome(after, rejected);
  }
}
