package dev.stipend.usecase.source;

import dev.stipend.ingest.ledger.LedgerHorizon;
import dev.stipend.ingest.record.BatchWriter;
import dev.stipend.ingest.record.UsageEventReader;
import dev.stipend.ingest.source.HostReader;
import dev.stipend.ingest.source.KeptRows;
import dev.stipend.ingest.source.LateRows;
import dev.stipend.ingest.source.PulledRow;
import dev.stipend.ingest.source.PulledState;
import dev.stipend.ingest.source.RowReader;
import dev.stipend.ingest.source.SourceCursor;
import dev.stipend.ingest.source.SourcePage;
import dev.stipend.ingest.source.SourcePulls;
import dev.stipend.ingest.source.SourceSettings;
import dev.stipend.ingest.source.SpendSource;
import dev.stipend.platform.host.HostDatabases;
import dev.stipend.platform.host.HostException;
import dev.stipend.tenant.Workspace;
import dev.stipend.tenant.WorkspaceRepository;
import dev.stipend.time.TimeLeft;
import dev.stipend.usecase.RecordHistory;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Records what is new in the table of an application: first rows that were to be looked at again,
/// then new ones, then those that came late, then those from before it was connected.
@Singleton
public class PullSource {
  private static final int LOOKED_AT_AGAIN = 500;
  private static final Duration SHORTEST_STATEMENT = Duration.ofSeconds(1);
  private static final Duration LONGEST_STATEMENT = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger(PullSource.class);

  private final HostDatabases hosts;
  private final SourcePulls pulls;
  private final KeptRows kept;
  private final LateRows late;
  private final SourceSteps steps;
  private final RecordHistory history;
  private final BatchWriter writer;
  private final WorkspaceRepository workspaces;
  private final LedgerHorizon horizon;

  PullSource(
      HostDatabases hosts,
      SourcePulls pulls,
      KeptRows kept,
      LateRows late,
      SourceSteps steps,
      RecordHistory history,
      BatchWriter writer,
      WorkspaceRepository workspaces,
      LedgerHorizon horizon) {
    this.hosts = hosts;
    this.pulls = pulls;
    this.kept = kept;
    this.late = late;
    this.steps = steps;
    this.history = history;
    this.writer = writer;
    this.workspaces = workspaces;
    this.horizon = horizon;
  }

  /// How much is read at once, and for how long.
  ///
  /// @param rows of a page
  /// @param left when it stops, and the next pull goes on
  /// @param progress is told how many rows each page recorded or found
  public record Extent(int rows, TimeLeft left, Consumer<Progress> progress) {}

  /// How far a pull has come.
  ///
  /// @param cursor see {@link SourceCursor}
  /// @param rows that the page had
  /// @param recorded of these
  /// @param until the time of its last row, as the host writes it
  public record Progress(String cursor, int rows, int recorded, String until) {}

  /// What a pull did.
  ///
  /// @param read rows
  /// @param recorded rows that are new in the ledger
  /// @param isDone whether nothing is left that could have been read
  /// @param error why it failed; empty if it did not
  public record Outcome(int read, int recorded, boolean isDone, Optional<String> error) {}

  /// Pulls a source that the caller has claimed. What fails is written down, and tried again later.
  public Outcome pull(SpendSource source, Extent extent, Instant now) {
    Run run = new Run(source, workspace(source), extent, now);
    try {
      return run.all();
    } catch (SourceSteps.OvertakenException overtaken) {
      return run.outcome(false, Optional.empty());
    } catch (RuntimeException failure) {
      String reason = String.valueOf(failure.getMessage());
      LOG.warn("Source {} could not be pulled: {}", source.settings().name(), reason);
      pulls.failed(source, reason, now, now.plus(source.retryPause()));
      return run.outcome(false, Optional.of(reason));
    }
  }

  private Workspace workspace(SpendSource source) {
    return workspaces.findById(source.workspaceId()).orElseThrow();
  }

  /// One pull.
  private final class Run {
    private final SpendSource source;
    private final Workspace workspace;
    private final Extent extent;
    private final Instant now;
    private final RowReader reader;
    private final Set<YearMonth> months = new HashSet<>();
    private int read;
    private int recorded;
    private Optional<String> rejection = Optional.empty();

    Run(SpendSource source, Workspace workspace, Extent extent, Instant now) {
      this.source = source;
      this.workspace = workspace;
      this.extent = extent;
      this.now = now;
      this.reader =
          new RowReader(
              source, UsageEventReader.ofAnyAge(workspace.currency(), now, horizon.read()));
    }

    Outcome all() {
      try (HostReader host =
              HostReader.of(
                  hosts.read(source.settings().urlSecret()), source.settings(), statement());
          ExecutorService reading = Executors.newSingleThreadExecutor()) {
        lookAgain(host);
        String end = host.time(now.plus(UsageEventReader.FARTHEST_AHEAD));
        boolean isDone = true;
        for (SourceCursor cursor : late.due(source, host, now)) {
          isDone &= read(host, reading, cursor, end);
        }
        Instant compared = source.comparedAt();
        if (isDone && late.isComparisonDue(source, now)) {
          LateRows.Comparison comparison = late.compare(source, host, extent.left(), now);
          isDone = comparison.lacking() == 0 && comparison.isDone();
          compared = comparison.isDone() ? now : compared;
          late.forgetOld(source, now);
        }
        Duration pause = isDone ? source.settings().pause() : SourceSettings.SHORTEST_PAUSE;
        PulledState state =
            new PulledState(host.countAhead(end), compared, recorded > 0, trouble());
        pulls.succeeded(source, state, now, now.plus(pause));
        return outcome(isDone, Optional.empty());
      }
    }

    /// What is wrong where nothing that is new can be recorded.
    private Optional<String> trouble() {
      return recorded > 0
          ? Optional.empty()
          : rejection.map("No new row can be recorded, such as %s."::formatted);
    }

    private Duration statement() {
      Duration most = extent.left().atMost(LONGEST_STATEMENT);
      return most.compareTo(SHORTEST_STATEMENT) < 0 ? SHORTEST_STATEMENT : most;
    }

    Outcome outcome(boolean isDone, Optional<String> error) {
      return new Outcome(read, recorded, isDone, error);
    }

    /// Rows that are gone from the host need no other look.
    private void lookAgain(HostReader host) {
      List<String> due = kept.due(source, now, LOOKED_AT_AGAIN);
      if (due.isEmpty()) {
        return;
      }
      List<PulledRow> rows;
      try {
        rows = host.rows(due, reader);
      } catch (HostException unreadable) {
        // Their ids may be no ids any more; that keeps no new row waiting.
        LOG.warn(
            "Rows of source {} could not be read again: {}",
            source.settings().name(),
            unreadable.getMessage());
        return;
      }
      late.forgetMissing(source, due, rows);
      if (!rows.isEmpty()) {
        write(Optional.empty(), new SourcePage(rows));
      }
    }

    /// Reads what is behind a cursor, the next page while this one is recorded. Answers whether it
    /// is at its end.
    private boolean read(HostReader host, ExecutorService reading, SourceCursor begun, String end) {
      SourceCursor cursor = begun;
      SourcePage page = page(host, cursor, end);
      while (!page.isEmpty()) {
        SourceCursor after = cursor.after(page.last(), page.size());
        requireProgress(cursor, after);
        boolean isLast = page.size() < extent.rows();
        Optional<Future<SourcePage>> next =
            isLast ? Optional.empty() : Optional.of(reading.submit(() -> page(host, after, end)));
        int before = recorded;
        write(Optional.of(cursor), page);
        extent
            .progress()
            .accept(new Progress(cursor.name(), page.size(), recorded - before, after.afterTime()));
        cursor = after;
        if (next.isEmpty()) {
          break;
        }
        page = get(next.get());
        if (extent.left().isUsedUp() && !page.isEmpty()) {
          return false;
        }
      }
      late.finish(source, cursor);
      return true;
    }

    private SourcePage page(HostReader host, SourceCursor cursor, String end) {
      return new SourcePage(host.page(cursor, end, extent.rows(), reader));
    }

    /// A host may compare ids otherwise than it orders them.
    private void requireProgress(SourceCursor cursor, SourceCursor after) {
      if (cursor.afterId().equals(after.afterId())
          && cursor.afterTime().equals(after.afterTime())) {
        throw new HostException(
            "Reading does not get on behind row %s: its ids cannot be put into an order. Use another column as event_id."
                .formatted(after.afterId().orElse("")));
      }
    }

    private void write(Optional<SourceCursor> cursor, SourcePage page) {
      history.openMonths(page.events(), months);
      boolean isNew = cursor.filter(one -> !one.name().equals(SourceCursor.LATE)).isPresent();
      writer.write(
          new SourceBatch(
              steps, workspace, source, cursor, page, now, done -> written(done, isNew)));
    }

    private void written(SourcePage page, boolean isNew) {
      read += page.size();
      recorded += page.recordedRows();
      if (isNew && rejection.isEmpty()) {
        rejection = page.firstRejection();
      }
    }
  }

  private static <T> T get(Future<T> next) {
    try {
      return next.get();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The pull was interrupted; the next one goes on.", stopped);
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof RuntimeException known
          ? known
          : new IllegalStateException(failed.getCause());
    }
  }
}
