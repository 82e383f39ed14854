package dev.stipend.migration.pack;

import static dev.stipend.support.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.migration.TestMigrations;
import dev.stipend.migration.report.MigrationReport;
import dev.stipend.support.Race;
import dev.stipend.support.TestServers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A pack whose migrators meet, or die in the middle.
class PackRaceTest {
  private static final String WAITING =
      """
      FROM pg_stat_activity
      WHERE datname = current_database()
        AND application_name LIKE 'stipend%'
        AND wait_event_type = 'Lock'
      """;

  @TempDir Path directory;
  private TestMigrations migrations;

  @BeforeEach
  void aDatabase() {
    migrations = new TestMigrations(TestServers.newDatabase(), directory);
  }

  @Test
  void ofManyMigratorsOneDoesTheWork() {
    ConcurrentLinkedQueue<MigrationReport> reports = new ConcurrentLinkedQueue<>();
    Callable<Boolean> migrator =
        () -> reports.add(migrations.pack("agents-platform", "own", "deploy"));
    Race.run(Collections.nCopies(4, migrator));
    assertThat(reports).allMatch(MigrationReport::isOk);
    assertThat(reports.stream().map(report -> report.applied().size()))
        .containsExactlyInAnyOrder(4, 0, 0, 0);
  }

  /// Somebody else is about to make a table that the phase makes, too: the migrator waits for that
  /// in the middle of the phase, and there it dies.
  @ParameterizedTest
  @CsvSource({"1,audit_logs", "2,file_shares", "3,recurring_payments", "4,mcp_sync_logs"})
  void aPhaseThatDiesInTheMiddleLeavesNothingAndTheNextRunGoesOn(int phase, String table)
      throws Exception {
    migrations.database.execute("CREATE SCHEMA own");
    if (phase > 1) {
      upgrade("target=phase-" + (phase - 1));
    }
    List<String> before = tables();
    try (Connection other = migrations.database.connect();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("CREATE TABLE own.%s (id int)".formatted(table));
      CompletableFuture<MigrationReport> run =
          CompletableFuture.supplyAsync(() -> migrations.pack("agents-platform", "own", "deploy"));
      await()
          .until(
              () ->
                  migrations
                      .database
                      .value("SELECT count(pg_terminate_backend(pid)) " + WAITING)
                      .equals("1"));
      assertThat(run.get(1, TimeUnit.MINUTES).isOk()).isFalse();
      other.rollback();
    }
    assertThat(tables()).isEqualTo(before);
    upgrade("target=head");
    assertThat(migrations.pack("agents-platform", "own", "verify").exitCode()).isZero();
  }

  private void upgrade(String target) {
    MigrationReport report = migrations.pack("agents-platform", "own", "upgrade", target);
    assertThat(report.exitCode()).as(report.message()).isZero();
  }

  private List<String> tables() {
    return migrations.database.rows(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'own' ORDER BY 1");
  }
}
