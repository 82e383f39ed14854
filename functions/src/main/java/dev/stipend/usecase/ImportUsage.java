package dev.stipend.usecase;

import dev.stipend.ingest.bulk.Chunk;
import dev.stipend.ingest.bulk.ChunkReader;
import dev.stipend.ingest.bulk.ChunkSize;
import dev.stipend.ingest.bulk.FileRows;
import dev.stipend.ingest.bulk.ImportCounts;
import dev.stipend.ingest.bulk.ImportFile;
import dev.stipend.ingest.bulk.ImportLog;
import dev.stipend.ingest.bulk.ImportProgress;
import dev.stipend.ingest.bulk.ImportReport;
import dev.stipend.ingest.bulk.RejectedRows;
import dev.stipend.ingest.bulk.UnusableFileException;
import dev.stipend.ingest.bulk.UsageColumns;
import dev.stipend.ingest.ledger.LedgerHorizon;
import dev.stipend.ingest.record.BatchWriter;
import dev.stipend.ingest.record.UsageEventReader;
import dev.stipend.tenant.Workspace;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ObjLongConsumer;

/// Imports files of usage.
@Singleton
public class ImportUsage {
  private final RecordHistory history;
  private final BatchWriter writer;
  private final ImportStep step;
  private final ImportLog log;
  private final LedgerHorizon horizon;
  private final InstantSource clock;

  ImportUsage(
      RecordHistory history,
      BatchWriter writer,
      ImportStep step,
      ImportLog log,
      LedgerHorizon horizon,
      InstantSource clock) {
    this.history = history;
    this.writer = writer;
    this.step = step;
    this.log = log;
    this.horizon = horizon;
    this.clock = clock;
  }

  /// Imports a file, going on where an earlier run stopped.
  ///
  /// @param assumed values by column name where a CSV file has none
  /// @throws UnusableFileException if the file cannot be read to its end; what was recorded stays
  public ImportReport run(
      Workspace workspace, Path path, Map<String, String> assumed, ImportProgress progress) {
    requireColumns(assumed.keySet());
    ImportFile file = ImportFile.open(path);
    Instant now = clock.instant();
    String source = source(file, assumed);
    AtomicLong read = new AtomicLong();
    // A file that cannot be used is known by its first row, before anything is written.
    try (FileRows rows = FileRows.of(file, assumed, read)) {
      ImportLog.Standing standing = log.begin(workspace.id(), source, path.toString(), now);
      ImportCounts before = standing.counts();
      progress.begins(before);
      if (standing.finishedAt().isPresent()) {
        return new ImportReport(
            before, before, standing.finishedAt(), RejectedRows.writtenBeside(path));
      }
      try (RejectedRows rejections = new RejectedRows(path, rows.titles(), before.rows());
          ExecutorService reading = Executors.newSingleThreadExecutor()) {
        ChunkReader reader = new ChunkReader(rows, events(workspace, now));
        reader.skip(before.rows());
        ImportRun run = new ImportRun(step, workspace, source, rejections, now, before);
        Set<YearMonth> months = new HashSet<>();
        ChunkSize size = new ChunkSize();
        Future<Optional<Chunk>> next = read(reading, reader, size);
        for (Optional<Chunk> found = get(next); found.isPresent(); found = get(next)) {
          Chunk chunk = found.get();
          // The next chunk is read while this one is written.
          next = read(reading, reader, size);
          history.openMonths(chunk.events(), months);
          long start = System.nanoTime();
          long done = run.counts().rows();
          writer.write(run.batch(chunk));
          size.took(
              (int) (run.counts().rows() - done), Duration.ofNanos(System.nanoTime() - start));
          progress.at(run.counts(), read.get(), file.bytes());
        }
        log.finish(workspace.id(), source, clock.instant());
        return new ImportReport(run.counts(), before, Optional.empty(), rejections.written());
      }
    }
  }

  /// What would become of the rows of a file that are not done yet. Nothing is written. Events that
  /// the file holds twice are known for such only within one chunk.
  ///
  /// @param assumed values by column name where a CSV file has none
  /// @param rejected receives each row that would be rejected: its number, and why
  /// @throws UnusableFileException if the file cannot be read to its end
  public ImportReport tryOut(
      Workspace workspace,
      Path path,
      Map<String, String> assumed,
      ObjLongConsumer<String> rejected) {
    requireColumns(assumed.keySet());
    ImportFile file = ImportFile.open(path);
    Instant now = clock.instant();
    try (FileRows rows = FileRows.of(file, assumed, new AtomicLong())) {
      ImportLog.Standing standing = log.find(workspace.id(), source(file, assumed));
      ImportCounts counts = standing.counts();
      if (standing.finishedAt().isEmpty()) {
        ChunkReader reader = new ChunkReader(rows, events(workspace, now));
        reader.skip(counts.rows());
        for (Optional<Chunk> found = reader.next(ChunkSize.MOST);
            found.isPresent();
            found = reader.next(ChunkSize.MOST)) {
          Chunk chunk = found.get();
          ImportStep.Outcome outcome =
              ImportStep.outcome(chunk, counts, history.foresee(workspace, chunk.events(), now));
          outcome.rejected().forEach(one -> rejected.accept(one.reason(), one.row().number()));
          counts = outcome.counts();
        }
      }
      return new ImportReport(counts, standing.counts(), standing.finishedAt(), Optional.empty());
    }
  }

  private static String source(ImportFile file, Map<String, String> assumed) {
    return file.digest() + (assumed.isEmpty() ? "" : " " + new TreeMap<>(assumed));
  }

  private UsageEventReader events(Workspace workspace, Instant now) {
    return UsageEventReader.ofAnyAge(workspace.currency(), now, horizon.read());
  }

  private static Future<Optional<Chunk>> read(
      ExecutorService reading, ChunkReader reader, ChunkSize size) {
    int rows = size.rows();
    return reading.submit(() -> reader.next(rows));
  }

  private static void requireColumns(Set<String> assumed) {
    for (String column : assumed) {
      if (!UsageColumns.TEXTS.containsKey(column)) {
        throw new UnusableFileException(
            "No value can be assumed for column %s, only for %s."
                .formatted(column, String.join(", ", new TreeSet<>(UsageColumns.TEXTS.keySet()))));
      }
    }
  }

  private static Optional<Chunk> get(Future<Optional<Chunk>> next) {
    try {
      return next.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnusableFileException(
          "The import was interrupted; run it again to continue where it stopped.", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof UnusableFileException unusable
          ? unusable
          : new IllegalStateException(e.getCause());
    }
  }
}
