package dev.stipend.migration;

import static dev.stipend.support.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.migration.database.MigrationLock;
import dev.stipend.migration.database.Session;
import dev.stipend.migration.database.TimeBudget;
import dev.stipend.migration.files.MigrationSet;
import dev.stipend.migration.report.MigrationReport;
import dev.stipend.support.TestServers;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What deploy does while others migrate, or hold locks.
class EngineLocksTest {
  @TempDir Path directory;
  private TestMigrations migrations;

  @BeforeEach
  void emptyDatabase() {
    migrations = new TestMigrations(TestServers.newDatabase(), directory);
  }

  @Test
  void eightMigratorsAtOnceOnAnEmptyDatabaseMigrateOnce() throws Exception {
    migrations.tables(5);
    List<Future<MigrationReport>> runs = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < 8; i++) {
        runs.add(threads.submit(() -> migrations.run("deploy")));
      }
    }
    List<RunOutcome> outcomes = new ArrayList<>();
    for (Future<MigrationReport> run : runs) {
      outcomes.add(run.get().outcome());
    }
    assertThat(outcomes).containsOnlyOnce(RunOutcome.MIGRATED).hasSize(8);
    assertThat(outcomes.stream().filter(RunOutcome.UP_TO_DATE::equals)).hasSize(7);
  }

  @Test
  void aTableThatIsLockedForAWhileIsTriedAgain() throws Exception {
    migrations.tables(1);
    migrations.run("deploy");
    migrations.file("V002__add.sql", "ALTER TABLE app.t1 ADD COLUMN name text");
    try (Connection holder = migrations.database.connect()) {
      holder.setAutoCommit(false);
      holder.createStatement().execute("LOCK TABLE app.t1");
      CompletableFuture<MigrationReport> run =
          CompletableFuture.supplyAsync(() -> migrations.run("deploy"));
      await()
          .until(
              () ->
                  migrations
                          .database
                          .rows(
                              "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                                  + " AND query LIKE 'ALTER TABLE app.t1%'")
                          .size()
                      == 1);
      await()
          .until(
              () ->
                  migrations
                      .database
                      .rows(
                          "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                              + " AND query LIKE 'ALTER TABLE app.t1%'")
                      .isEmpty());
      holder.rollback();
      MigrationReport report = run.get(60, TimeUnit.SECONDS);
      assertThat(report.outcome()).isEqualTo(RunOutcome.MIGRATED);
      assertThat(report.warnings())
          .first()
          .asString()
          .startsWith("Attempt 1: V002__add.sql")
          .contains("55P03");
    }
  }

  @Test
  void anotherMigratorsLockIsWaitedForAndNamed() throws Exception {
    migrations.tables(1);
    try (Connection other = migrations.database.connect()) {
      other.createStatement().execute("SET application_name = 'stipend-migrate other'");
      Session session = Session.of(other, TimeBudget.unlimited(), "other", Optional.empty());
      MigrationLock lock =
          new MigrationLock(session, MigrationSet.find(directory.toString(), Optional.of("app")));
      lock.take(Duration.ZERO);
      MigrationReport refused = migrations.run("deploy", "lock-wait=0");
      assertThat(refused.exitCode()).isEqualTo(36);
      assertThat(refused.message())
          .contains("Another migrator is running: process", "stipend-migrate other");
      assertThat(migrations.run("unlock").message()).contains("which is running; wait for it");
      CompletableFuture<MigrationReport> waiting =
          CompletableFuture.supplyAsync(() -> migrations.run("deploy"));
      lock.release();
      assertThat(waiting.get(30, TimeUnit.SECONDS).outcome()).isEqualTo(RunOutcome.MIGRATED);
    }
    // The server notices a moment later that a session has ended.
    await()
        .untilAsserted(
            () ->
                assertThat(migrations.run("unlock").message()).isEqualTo("Nobody holds the lock."));
  }
}
