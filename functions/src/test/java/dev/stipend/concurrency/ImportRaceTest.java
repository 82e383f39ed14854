package dev.stipend.concurrency;

import static dev.stipend.support.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.ingest.bulk.ImportCounts;
import dev.stipend.ingest.bulk.ImportReport;
import dev.stipend.support.SettableClock;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.Usage;
import dev.stipend.tenant.Workspace;
import dev.stipend.tenant.WorkspaceRepository;
import dev.stipend.usecase.ImportUsage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(StipendExtension.class)
class ImportRaceTest {
  private static final Instant JUNE = SettableClock.START;
  private static final Instant LATE_MAY = Instant.parse("2026-05-20T12:00:00Z");

  /// Before the window of the live path, but in a month that the live path writes to.
  private static final Instant EARLY_MAY = Instant.parse("2026-05-05T12:00:00Z");

  @TempDir Path folder;

  @BeforeEach
  void forgetImports(Stipend stipend) {
    stipend.database.execute("TRUNCATE stipend.usage_imports");
  }

  /// Who locks counters in another order than everyone else, or while it still waits for the
  /// rollup, ends in a deadlock: here the recorder takes May before June.
  @Test
  void anImportOfOldAndRecentEventsHoldsNoCounterWhileItWaits(Stipend stipend)
      throws IOException, SQLException, InterruptedException, ExecutionException, TimeoutException {
    stipend.api("POST", "/api/budgets", Usage.monthlyBudget("100"));
    run(stipend, "first", Usage.costing("old-1", EARLY_MAY, "1"));
    try (Connection other = stipend.database.connect();
        Statement statement = other.createStatement();
        ExecutorService threads = Executors.newFixedThreadPool(2)) {
      other.setAutoCommit(false);
      statement.execute("SELECT 1 FROM stipend.cost_tracking FOR UPDATE");
      Future<ImportReport> importing =
          threads.submit(
              () ->
                  run(
                      stipend,
                      "second",
                      Usage.costing("recent", JUNE, "2"),
                      Usage.costing("old-2", EARLY_MAY, "4")));
      await().until(() -> somebodyWaits(stipend));
      Future<List<Integer>> recording =
          threads.submit(
              () ->
                  stipend.record(
                      Usage.costing("late", LATE_MAY, "8"), Usage.costing("now", JUNE, "16")));
      try {
        assertThat(recording.get(20, TimeUnit.SECONDS)).isEmpty();
      } finally {
        other.rollback();
      }
      assertThat(importing.get(20, TimeUnit.SECONDS).counts())
          .isEqualTo(new ImportCounts(2, 2, 0, 0, 0));
    }
    assertThat(
            stipend.database.rows("SELECT spend FROM stipend.budget_periods ORDER BY period_start"))
        .containsExactly("13.000000000000", "18.000000000000");
  }

  private static boolean somebodyWaits(Stipend stipend) {
    return !stipend
        .database
        .rows(
            "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type"
                + " = 'Lock'")
        .isEmpty();
  }

  private ImportReport run(Stipend stipend, String name, String... lines) throws IOException {
    Path file = Files.write(folder.resolve(name + ".jsonl"), List.of(lines));
    Workspace workspace =
        stipend.context.getBean(WorkspaceRepository.class).findBySlug("default").orElseThrow();
    return stipend
        .context
        .getBean(ImportUsage.class)
        .run(workspace, file, Map.of(), (counts, read, bytes) -> {});
  }
}
