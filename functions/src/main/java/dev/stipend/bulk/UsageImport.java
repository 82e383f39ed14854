package dev.stipend.bulk;

import dev.stipend.spend.LedgerHorizon;
import dev.stipend.spend.UsageEvent;
import dev.stipend.spend.UsageEventReader;
import dev.stipend.spend.UsageHistory;
import dev.stipend.workspace.Workspace;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneOffset;
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

/// Imports files of usage.
@Singleton
public class UsageImport {
  /// Rows in a transaction: enough that a row's share of it is next to nothing, few enough that
  /// recorders do not wait long for the counters that it locks.
  static final int CHUNK = 10_000;

  private final UsageHistory history;
  private final ImportStep step;
  private final ImportLog log;
  private final LedgerHorizon horizon;
  private final InstantSource clock;

  UsageImport(
      UsageHistory history,
      ImportStep step,
      ImportLog log,
      LedgerHorizon horizon,
      InstantSource clock) {
    this.history = history;
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
    String source = file.digest() + (assumed.isEmpty() ? "" : " " + new TreeMap<>(assumed));
    ImportCounts before = log.begin(workspace.id(), source, path.toString(), now);
    AtomicLong read = new AtomicLong();
    try (Rows rows = Rows.of(file, assumed, read);
        RejectedRows rejections = new RejectedRows(path, rows.titles(), before.rows());
        ExecutorService reading = Executors.newSingleThreadExecutor()) {
      UsageEventReader events =
          UsageEventReader.ofAnyAge(workspace.currency(), now, horizon.read());
      ChunkReader reader = new ChunkReader(rows, events, CHUNK);
      reader.skip(before.rows());
      ImportCounts counts = before;
      Set<YearMonth> months = new HashSet<>();
      Future<Optional<Chunk>> next = reading.submit(reader::next);
      for (Optional<Chunk> found = get(next); found.isPresent(); found = get(next)) {
        Chunk chunk = found.get();
        // The next chunk is read while this one is written.
        next = reading.submit(reader::next);
        openMonths(chunk, months);
        ImportStep.Done done = step.write(workspace, source, chunk, counts, rejections, now);
        done.recorded().finish();
        counts = done.counts();
        progress.at(counts, read.get(), file.bytes());
      }
      log.finish(workspace.id(), source, clock.instant());
      return new ImportReport(counts, before.rows(), rejections.written());
    }
  }

  private static void requireColumns(Set<String> assumed) {
    for (String column : assumed) {
      if (!UsageColumns.TEXTS.containsKey(column)) {
        throw new UnusableFileException(
            "There is no column %s to assume a value for; there are %s."
                .formatted(column, String.join(", ", new TreeSet<>(UsageColumns.TEXTS.keySet()))));
      }
    }
  }

  private void openMonths(Chunk chunk, Set<YearMonth> open) {
    for (UsageEvent event : chunk.events()) {
      YearMonth month = YearMonth.from(event.occurredAt().atOffset(ZoneOffset.UTC));
      if (open.add(month)) {
        Instant start = month.atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
        history.openMonths(start, start.plusSeconds(1));
      }
    }
  }

  private static Optional<Chunk> get(Future<Optional<Chunk>> next) {
    try {
      return next.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnusableFileException(
          "The import was interrupted; run it again, it goes on where it stopped.", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof UnusableFileException unusable
          ? unusable
          : new IllegalStateException(e.getCause());
    }
  }
}
