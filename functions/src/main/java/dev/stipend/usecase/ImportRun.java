package dev.stipend.usecase;

import dev.stipend.ingest.bulk.Chunk;
import dev.stipend.ingest.bulk.ImportCounts;
import dev.stipend.ingest.bulk.RejectedRows;
import dev.stipend.ingest.record.UsageBatch;
import dev.stipend.tenant.Workspace;
import java.time.Instant;
import java.util.List;

/// One run of an import over its file.
final class ImportRun {
  private final ImportStep step;
  private final Workspace workspace;
  private final String source;
  private final RejectedRows rejections;
  private final Instant now;
  private ImportCounts counts;

  /// @param counts where the file stands before it
  ImportRun(
      ImportStep step,
      Workspace workspace,
      String source,
      RejectedRows rejections,
      Instant now,
      ImportCounts counts) {
    this.step = step;
    this.workspace = workspace;
    this.source = source;
    this.rejections = rejections;
    this.now = now;
    this.counts = counts;
  }

  /// Where the file stands.
  ImportCounts counts() {
    return counts;
  }

  /// The next chunk, to be written.
  UsageBatch batch(Chunk chunk) {
    return new Batch(chunk);
  }

  private void write(Chunk chunk) {
    counts = step.write(workspace, source, chunk, counts, rejections, now);
  }

  private final class Batch implements UsageBatch {
    private final Chunk chunk;

    Batch(Chunk chunk) {
      this.chunk = chunk;
    }

    @Override
    public void write() {
      ImportRun.this.write(chunk);
    }

    @Override
    public List<Batch> halves() {
      return chunk.halves().stream().map(Batch::new).toList();
    }

    @Override
    public void rehearse() {
      step.rehearse(now);
    }

    @Override
    public void refuse(String reason) {
      ImportRun.this.write(chunk.reject(reason));
    }
  }
}
