package dev.stipend.bulk;

import dev.stipend.bulk.Chunk.RejectedRow;
import dev.stipend.spend.Fate;
import dev.stipend.spend.UsageHistory;
import dev.stipend.workspace.Workspace;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// The transaction of an import: a chunk's events, and how far the file has come with it.
@Singleton
class ImportStep {
  /// @param counts where the file stands after it
  /// @param recorded what is left to do after the commit
  record Done(ImportCounts counts, UsageHistory.Recorded recorded) {}

  private final UsageHistory history;
  private final ImportLog log;

  ImportStep(UsageHistory history, ImportLog log) {
    this.history = history;
    this.log = log;
  }

  /// Rejected rows are written before the commit: one that is written twice after a crash is
  /// dropped when the import goes on, and none is lost.
  @Transactional
  Done write(
      Workspace workspace,
      String source,
      Chunk chunk,
      ImportCounts before,
      RejectedRows rejections,
      Instant now) {
    UsageHistory.Recorded recorded = history.record(workspace, chunk.events(), now);
    List<Fate> fates = recorded.fates();
    List<RejectedRow> rejected = new ArrayList<>(chunk.rejected());
    for (int i = 0; i < fates.size(); i++) {
      if (fates.get(i) == Fate.CONFLICT) {
        rejected.add(
            new RejectedRow(
                chunk.rows().get(i),
                "event \"%s\" is already recorded with other content (conflict)"
                    .formatted(chunk.events().get(i).eventId())));
      }
    }
    rejections.add(rejected);
    int unpriced = Collections.frequency(fates, Fate.UNPRICED);
    ImportCounts after =
        new ImportCounts(
            chunk.lastRow(),
            before.recorded() + Collections.frequency(fates, Fate.RECORDED) + unpriced,
            before.unpriced() + unpriced,
            before.duplicates() + Collections.frequency(fates, Fate.DUPLICATE),
            before.rejected() + rejected.size());
    log.advance(workspace.id(), source, before, after, now);
    return new Done(after, recorded);
  }
}
