package dev.stipend.migration.operations;

import static dev.stipend.support.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.stipend.migration.TestMigrations;
import dev.stipend.migration.report.MigrationReport;
import dev.stipend.migration.report.Redaction;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What an operator reads of sessions and queries, on the oldest, the usual and the newest server.
class SessionsTest {
  @TempDir Path directory;

  @AfterAll
  static void stopServers() throws IOException {
    Shop.stopServers();
  }

  @ParameterizedTest
  @ValueSource(ints = {14, 17, 18})
  void whoBlocksWhomIsSeenWhileATableIsLockedAlsoByARoleThatOnlyReads(int version)
      throws Exception {
    TestMigrations migrations = Shop.deployed(version, directory);
    migrations.database.execute("INSERT INTO app.items (id) VALUES (1)");
    TestMigrations reader = Shop.reader(migrations, directory);
    try (Connection holder = Shop.session(migrations, "the holder");
        Connection waiter = Shop.session(migrations, "the waiter")) {
      holder.setAutoCommit(false);
      holder.createStatement().execute("LOCK TABLE app.items IN ACCESS EXCLUSIVE MODE");
      CompletableFuture<Boolean> waiting = Shop.execute(waiter, "SELECT 'hunter2' FROM app.items");
      for (TestMigrations each : List.of(migrations, reader)) {
        await()
            .untilAsserted(
                () -> {
                  MigrationReport report = each.run("report");
                  OperationsReport found = Shop.operations(report);
                  assertThat(found.blockedSessions().rows())
                      .singleElement()
                      .satisfies(
                          line -> {
                            assertThat(line.application()).isEqualTo("the waiter");
                            assertThat(line.blockingApplication()).contains("the holder");
                            assertThat(line.lock()).isEqualTo("AccessShareLock");
                            assertThat(line.target()).isEqualTo("app.items");
                            assertThat(line.waitingSeconds()).isBetween(0L, 60L);
                          });
                  assertThat(Shop.items(found).sizeIsEstimated()).isTrue();
                  assertThat(report.warnings())
                      .singleElement()
                      .asString()
                      .startsWith("Drift was not");
                  assertThat(report.toMap().toString()).doesNotContain("hunter2");
                  assertThat(report.message()).contains("1 lock wait");
                });
      }
      assertThat(Shop.operations(migrations.run("report")).blockedSessions().rows().getFirst())
          .satisfies(line -> assertThat(line.blockingState()).contains("idle in transaction"));
      holder.rollback();
      assertThat(waiting.get()).isTrue();
    }
    assertThat(Shop.operations(migrations.run("report")).blockedSessions().rows()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {14, 17, 18})
  void aRowThatTwoWantIsNamedByItsTable(int version) throws Exception {
    TestMigrations migrations = Shop.deployed(version, directory);
    migrations.database.execute("INSERT INTO app.items (id) VALUES (1)");
    try (Connection holder = Shop.session(migrations, "the holder");
        Connection waiter = Shop.session(migrations, "the waiter")) {
      holder.setAutoCommit(false);
      holder.createStatement().execute("UPDATE app.items SET kind = 1");
      CompletableFuture<Boolean> waiting = Shop.execute(waiter, "UPDATE app.items SET kind = 2");
      await()
          .untilAsserted(
              () ->
                  assertThat(Shop.operations(migrations.run("report")).blockedSessions().rows())
                      .extracting(LockWaits.Line::target)
                      .containsExactly("a row of app.items"));
      holder.rollback();
      waiting.get();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {14, 17, 18})
  void transactionsAndIdleConnectionsAreCountedByApplication(int version) throws Exception {
    TestMigrations migrations = Shop.deployed(version, directory);
    try (Connection open = Shop.session(migrations, "forgets to commit");
        Connection idle = Shop.session(migrations, "idles");
        Connection looking = migrations.database.connect()) {
      open.setAutoCommit(false);
      open.createStatement().execute("SELECT 'hunter2'");
      assertThat(idle.isValid(1)).isTrue();
      MigrationReport report = migrations.run("report");
      Section<Applications.Line> applications = Shop.operations(report).applications();
      assertThat(applications.rows())
          .extracting(
              Applications.Line::application,
              Applications.Line::idle,
              Applications.Line::idleInTransaction)
          .contains(tuple("forgets to commit", 0L, 1L), tuple("idles", 1L, 0L));
      assertThat(Shop.operations(report).longTransactions().rows()).as("it is young").isEmpty();
      assertThat(LongTransactions.of(looking, Duration.ZERO, Redaction.none()).rows())
          .singleElement()
          .satisfies(
              line -> {
                assertThat(line.application()).isEqualTo("forgets to commit");
                assertThat(line.state()).isEqualTo("idle in transaction");
                assertThat(line.since()).isBefore(Instant.now().plusSeconds(60));
              });
      assertThat(report.toMap().toString()).doesNotContain("hunter2");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {14, 17, 18})
  void slowQueriesAreShownWithoutTheirValues(int version) {
    TestMigrations migrations = Shop.deployed(version, directory);
    assertThat(Shop.operations(migrations.run("report")).slowQueries().note())
        .contains(
            "pg_stat_statements is not installed; run CREATE EXTENSION pg_stat_statements in this"
                + " database.");
    migrations.database.execute("CREATE EXTENSION pg_stat_statements VERSION '1.7'");
    assertThat(Shop.operations(migrations.run("report")).slowQueries().note())
        .hasValueSatisfying(
            note -> assertThat(note).contains("ALTER EXTENSION pg_stat_statements UPDATE"));
    migrations.database.execute("DROP EXTENSION pg_stat_statements");
    migrations.database.execute("CREATE EXTENSION pg_stat_statements SCHEMA app");
    migrations.database.execute("SELECT pg_sleep(0.15), 'hunter2' AS \"the value\", 4711");
    migrations.database.execute("DO $$ BEGIN PERFORM pg_sleep(0.15), 'hunter2'; END $$");
    MigrationReport report = migrations.run("report");
    assertThat(Shop.operations(report).slowQueries().rows())
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.query()).isEqualTo("SELECT pg_sleep($1), $2 AS \"the value\", $3");
              assertThat(line.calls()).isEqualTo(1);
              assertThat(line.meanMilliseconds()).isBetween(150.0, 60_000.0);
            });
    assertThat(report.toMap().toString()).doesNotContain("hunter2", "4711");
    Section<SlowQueries.Line> closed =
        Shop.operations(Shop.reader(migrations, directory).run("report")).slowQueries();
    assertThat(closed.rows()).isEmpty();
    assertThat(closed.note())
        .hasValueSatisfying(note -> assertThat(note).contains("GRANT pg_read_all_stats"));
  }
}
