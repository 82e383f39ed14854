package dev.stipend.usecase.source;

import dev.stipend.ingest.record.UsageBatch;
import dev.stipend.ingest.source.SourceCursor;
import dev.stipend.ingest.source.SourcePage;
import dev.stipend.ingest.source.SpendSource;
import dev.stipend.tenant.Workspace;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Rows of a source that are recorded together.
final class SourceBatch implements UsageBatch {
  private final SourceSteps steps;
  private final Workspace workspace;
  private final SpendSource source;
  private final Optional<SourceCursor> cursor;
  private final SourcePage page;
  private final Instant now;
  private final Consumer<SourcePage> written;
  private boolean isTried;

  /// @param cursor behind which they are; empty for rows that are looked at again
  /// @param written is told what became of rows, once they are committed
  SourceBatch(
      SourceSteps steps,
      Workspace workspace,
      SpendSource source,
      Optional<SourceCursor> cursor,
      SourcePage page,
      Instant now,
      Consumer<SourcePage> written) {
    this.steps = steps;
    this.workspace = workspace;
    this.source = source;
    this.cursor = cursor;
    this.page = page;
    this.now = now;
    this.written = written;
  }

  @Override
  public void write() {
    record(Optional.empty());
  }

  @Override
  public List<SourceBatch> halves() {
    List<SourcePage> halves = page.halves();
    if (halves.isEmpty()) {
      return List.of();
    }
    SourcePage first = halves.getFirst();
    return List.of(
        part(cursor, first),
        part(cursor.map(at -> at.after(first.last(), first.size())), halves.getLast()));
  }

  private SourceBatch part(Optional<SourceCursor> from, SourcePage rows) {
    return new SourceBatch(steps, workspace, source, from, rows, now, written);
  }

  @Override
  public void rehearse() {
    steps.rehearse(now);
  }

  @Override
  public void refuse(String reason) {
    record(Optional.of(reason));
  }

  /// A page that was written in vain before says nothing of what is recorded now.
  private void record(Optional<String> refusal) {
    SourcePage fresh = isTried ? page.again() : page;
    isTried = true;
    steps.record(workspace, source, cursor, fresh, refusal, now);
    written.accept(fresh);
  }
}
