package dev.stipend.maintenance.pack;

import static dev.stipend.maintenance.pack.Watched.item;
import static dev.stipend.maintenance.pack.Watched.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.Patience;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Indexes of what is updated often are built anew, while everybody works.
class ReindexTest {
  private static final String INSERT =
      "INSERT INTO agents.ai_requests (user_id, provider, model) VALUES (1, 'openai', 'gpt-4o')";
  private static final String REINDEXING =
      "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'REINDEX"
          + " INDEX CONCURRENTLY agents.ai_requests%' AND wait_event_type = 'Lock'";
  private static final String LEFT =
      "SELECT x.relname FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid WHERE NOT"
          + " i.indisvalid AND x.relnamespace = CAST('agents' AS regnamespace) ORDER BY 1";

  @TempDir Path directory;
  private Watched watched;

  @BeforeEach
  void updatedRequests() {
    watched = new Watched(directory);
    watched.database.execute(
        """
        INSERT INTO agents.ai_requests (user_id, provider, model, created_at)
        SELECT 1, 'openai', 'gpt-4o', now() - n * interval '1 minute' FROM generate_series(1, 5000) n
        """);
    update();
  }

  private void update() {
    watched.database.execute(
        "UPDATE agents.ai_requests SET created_at = created_at + interval '1 s'");
  }

  @Test
  void whatWasUpdatedOftenIsBuiltAnewWithItsSizes() {
    PackReport report = watched.maintain();
    assertThat(report.outcome()).as(report.toMap().toString()).isEqualTo(PackOutcome.DONE);
    assertThat(item(task(report, "reindex"), "index", "ai_requests_created_at_idx"))
        .containsEntry("table", "ai_requests")
        .satisfies(
            fields ->
                assertThat((Long) fields.get("bytesAfter"))
                    .isPositive()
                    .isLessThan((Long) fields.get("bytesBefore")));
    assertThat(task(report, "reindex").items())
        .noneMatch(one -> one.fields().containsValue("audit_logs"));
    assertThat(task(watched.maintain(), "reindex").done()).as("nothing has changed since").isZero();
  }

  @Test
  void onlyAFifthOfChangesIsWorthAnotherTime() {
    watched.maintain();
    watched.database.execute(
        "UPDATE agents.ai_requests SET status = 'completed' WHERE id % 10 = 0");
    assertThat(task(watched.maintain(), "reindex").done()).isZero();
    update();
    PackReport report = watched.maintain();
    assertThat(task(report, "reindex").items())
        .isNotEmpty()
        .allMatch(one -> one.fields().containsValue("ai_requests"));
  }

  @Test
  void whoeverWritesDoesNotWait() throws Exception {
    try (Connection busy = watched.database.connect();
        ExecutorService thread = Executors.newSingleThreadExecutor()) {
      begin(busy);
      Future<PackReport> run = thread.submit(() -> watched.maintain());
      awaitReindex();
      try (Connection writer = watched.database.connect();
          Statement statement = writer.createStatement()) {
        statement.execute("SET lock_timeout = '1s'");
        assertThat(statement.executeUpdate(INSERT)).isEqualTo(1);
        assertThat(
                statement.executeUpdate(
                    "UPDATE agents.ai_requests SET status = 'failed' WHERE id = 1"))
            .isEqualTo(1);
      }
      assertThat(run.isDone()).isFalse();
      busy.commit();
      assertThat(run.get().outcome()).isEqualTo(PackOutcome.DONE);
    }
    assertThat(watched.database.rows(LEFT)).isEmpty();
  }

  @Test
  void whatAKilledRunLeavesIsDroppedByTheNext() throws Exception {
    try (Connection busy = watched.database.connect();
        ExecutorService thread = Executors.newSingleThreadExecutor()) {
      begin(busy);
      Future<PackReport> run = thread.submit(() -> watched.maintain());
      watched.database.execute(
          "SELECT pg_terminate_backend(%s)".formatted(awaitReindex().getFirst()));
      PackReport killed = run.get();
      assertThat(killed.outcome()).isEqualTo(PackOutcome.FAILED);
      busy.commit();
    }
    List<String> left = watched.database.rows(LEFT);
    assertThat(left).singleElement().asString().endsWith("_ccnew");
    PackReport dry = watched.run(PackVerb.MAINTAIN, true);
    PackReport next = watched.maintain();
    assertThat(next.outcome()).as(next.toMap().toString()).isEqualTo(PackOutcome.DONE);
    assertThat(item(task(next, "reindex"), "index", left.getFirst()))
        .containsEntry("dropped", true);
    assertThat(task(next, "reindex").done()).isEqualTo(task(dry, "reindex").done());
    assertThat(watched.database.rows(LEFT)).isEmpty();
  }

  private static void begin(Connection busy) throws SQLException {
    busy.setAutoCommit(false);
    try (Statement statement = busy.createStatement()) {
      statement.execute(INSERT);
    }
  }

  /// Waits until an index of requests is being built, and answers by which process.
  private List<String> awaitReindex() {
    return Patience.await().until(() -> watched.database.rows(REINDEXING), pids -> !pids.isEmpty());
  }
}
