package dev.stipend.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.migration.database.TimeBudget;
import dev.stipend.migration.drift.Difference;
import dev.stipend.migration.report.MigrationReport;
import dev.stipend.support.TestServers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What deploy and its relatives promise, on small sets of migrations.
class EngineTest {
  @TempDir Path directory;
  private TestMigrations migrations;

  @BeforeEach
  void emptyDatabase() {
    migrations = new TestMigrations(TestServers.newDatabase(), directory);
  }

  @Test
  void eachStandingHasItsOutcomeAndExitCode() {
    migrations.tables(2);
    assertThat(migrations.run("status").exitCode()).isEqualTo(10);
    MigrationReport deployed = migrations.run("deploy");
    assertThat(deployed.outcome()).isEqualTo(RunOutcome.MIGRATED);
    assertThat(deployed.applied()).containsExactly("001 create t1", "002 create t2");
    assertThat(deployed.version()).contains("002");
    assertThat(migrations.run("deploy").outcome()).isEqualTo(RunOutcome.UP_TO_DATE);
    assertThat(migrations.run("status").exitCode()).isZero();
    migrations.database.execute("CREATE INDEX hotfix ON app.t1 (id)");
    assertThat(migrations.run("status").exitCode()).isEqualTo(13);
    migrations.file("V001__create_t1.sql", "CREATE TABLE app.t1 (id int); -- edited");
    assertThat(migrations.run("status").exitCode()).isEqualTo(12);
    migrations.database.execute("UPDATE app.flyway_schema_history SET success = FALSE");
    assertThat(migrations.run("status").exitCode()).isEqualTo(11);
    migrations.database.execute(
        "ALTER DATABASE " + name() + " SET default_transaction_read_only = on");
    assertThat(migrations.run("status").exitCode()).as("it only reads").isEqualTo(11);
    assertThat(migrations.run("deploy").exitCode()).isEqualTo(29);
  }

  @Test
  void aFailedMigrationLeavesNothingAndThoseBeforeItStay() {
    migrations.tables(1).file("V002__bad.sql", "CREATE TABLE app.half (id int);\nSELECT 1/0;");
    MigrationReport report = migrations.run("deploy");
    assertThat(report.outcome()).isEqualTo(RunOutcome.MIGRATION_FAILED);
    assertThat(report.exitCode()).isEqualTo(11);
    assertThat(report.message())
        .isEqualTo(
            "V002__bad.sql line 2 failed: ERROR: division by zero (22012). It was rolled back;"
                + " what ran before it stays. Statement: SELECT 1/0.");
    assertThat(report.applied()).containsExactly("001 create t1");
    assertThat(tables()).containsExactly("t1");
    migrations.file("V002__bad.sql", "CREATE TABLE app.half (id int);");
    assertThat(migrations.run("deploy").outcome()).isEqualTo(RunOutcome.MIGRATED);
  }

  @Test
  void upgradeGoesAsFarAsItIsTold() {
    migrations
        .tables(4)
        .file("R__view.sql", "CREATE OR REPLACE VIEW app.v AS SELECT * FROM app.t4");
    assertThat(migrations.run("upgrade", "target=+1").version()).contains("001");
    assertThat(migrations.run("up", "target=003").applied()).hasSize(2);
    assertThat(migrations.run("current").message()).isEqualTo("003");
    assertThat(migrations.run("upgrade", "target=9").outcome()).isEqualTo(RunOutcome.USAGE);
    assertThat(migrations.run("upgrade", "target=head").applied())
        .containsExactly("004 create t4", "view");
    assertThat(migrations.run("history").history())
        .extracting(MigrationReport.HistoryLine::state)
        .containsOnly("success");
  }

  @Test
  void aLateVersionIsRefusedUnlessItIsLetIn() {
    migrations.tables(2);
    migrations.run("deploy");
    migrations.file("V0015__late.sql", "CREATE TABLE app.late (id int)");
    migrations.file("V1.5__late.sql", "CREATE TABLE app.later (id int)");
    MigrationReport report = migrations.run("deploy");
    assertThat(report.exitCode()).isEqualTo(12);
    assertThat(report.message())
        .contains("V1.5__late.sql is older than the newest applied", "--out-of-order");
    assertThat(migrations.run("deploy", "outOfOrder").outcome()).isEqualTo(RunOutcome.MIGRATED);
    assertThat(tables()).contains("late", "later");
  }

  @Test
  void whatIsMissingIsSaidAlthoughThereIsNoHistory() {
    migrations.database.execute("CREATE SCHEMA app; CREATE TABLE app.slots (id int)");
    migrations.file(
        "V1__report.sql",
        "-- requires: table prompt_snapshots from 20250213_prompt_snapshots\nSELECT 1");
    MigrationReport report = migrations.run("deploy");
    assertThat(report.exitCode()).isEqualTo(38);
    assertThat(report.message())
        .contains("prompt_snapshots", "Run 20250213_prompt_snapshots there first.")
        .contains("no history of migrations");
    assertThat(migrations.run("doctor").problems()).hasSize(2);
  }

  @Test
  void anOlderMigrationThatWasRolledBackRunsAgain() {
    migrations.tables(3);
    migrations.run("deploy");
    migrations.database.execute("DROP TABLE app.t1");
    assertThat(migrations.run("resolve", "rolledBack=001").message())
        .endsWith("The next deploy runs it.");
    migrations.file("V0015__late.sql", "CREATE TABLE app.late (id int)");
    migrations.file("V1.5__late.sql", "CREATE TABLE app.later (id int)");
    MigrationReport late = migrations.run("deploy");
    assertThat(late.exitCode()).as("another late one is not let in").isEqualTo(12);
    remove("V1.5__late.sql");
    remove("V0015__late.sql");
    assertThat(migrations.run("deploy").applied()).containsExactly("001 create t1");
    migrations.file("V1.5__late.sql", "CREATE TABLE app.later (id int)");
    assertThat(migrations.run("deploy").exitCode()).isEqualTo(12);
  }

  private void remove(String file) {
    try {
      Files.delete(directory.resolve(file));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Test
  void anEditedFileIsNamedWithBothChecksumsAndRepairTakesItOver() {
    migrations.tables(1);
    migrations.run("deploy");
    migrations.file("V001__create_t1.sql", "CREATE TABLE app.t1 (id int); -- edited");
    MigrationReport report = migrations.run("deploy");
    assertThat(report.exitCode()).isEqualTo(12);
    assertThat(report.message())
        .matches(".*edited after it had run \\(checksum -?\\d+ then, -?\\d+ now.*");
    assertThat(migrations.run("repair", "checksum=001").message())
        .matches("001 create t1 had checksum -?\\d+ and has -?\\d+ now, as its file has\\.");
    assertThat(migrations.run("deploy").outcome()).isEqualTo(RunOutcome.UP_TO_DATE);
  }

  @Test
  void anEmptyPlaceAndAMissingOneSayThatThereIsNoMigration() {
    assertThat(migrations.run("deploy").exitCode()).isEqualTo(35);
    assertThat(migrations.core("deploy", "set=/nowhere").message())
        .startsWith("There is no migration in /nowhere.");
  }

  @Test
  void aSearchPathOfTheDatabaseChangesNothing() {
    migrations.database.execute("CREATE SCHEMA other");
    migrations.database.execute("ALTER DATABASE " + name() + " SET search_path = other");
    migrations.file("V1__unqualified.sql", "CREATE TABLE plain (id int)");
    assertThat(migrations.run("deploy").outcome()).isEqualTo(RunOutcome.MIGRATED);
    assertThat(tables()).containsExactly("plain");
    assertThat(migrations.run("diff").outcome()).isEqualTo(RunOutcome.UP_TO_DATE);
  }

  @Test
  void aSchemaThatIsNewerThanTheBuildIsLeftAlone() throws Exception {
    migrations.tables(3).file("R__seed.sql", "CREATE OR REPLACE VIEW app.v AS SELECT 1 AS one");
    migrations.run("deploy");
    Files.delete(directory.resolve("V003__create_t3.sql"));
    migrations.file("R__seed.sql", "CREATE OR REPLACE VIEW app.v AS SELECT 2 AS one");
    MigrationReport report = migrations.run("deploy");
    assertThat(report.outcome()).isEqualTo(RunOutcome.NEWER);
    assertThat(report.isOk()).isTrue();
    assertThat(report.message()).contains("at version 003, newer than this build's 002");
    assertThat(migrations.database.value("SELECT one FROM app.v")).isEqualTo("1");
  }

  @Test
  void timeThatEndsBetweenMigrationsIsACleanPartialSuccess() {
    migrations.tables(20);
    AtomicInteger asked = new AtomicInteger();
    // Each look at the clock costs two seconds of the hundred; a quarter is kept for the end.
    TimeBudget budget =
        TimeBudget.of(() -> Duration.ofSeconds(Math.max(0, 100 - 2L * asked.incrementAndGet())));
    MigrationReport report = migrations.run(new RunContext(budget, Optional.empty()), "deploy");
    assertThat(report.outcome()).isEqualTo(RunOutcome.STOPPED_IN_TIME);
    assertThat(report.exitCode()).isEqualTo(15);
    assertThat(report.applied()).isNotEmpty().hasSizeLessThan(20);
    assertThat(report.message()).contains("run deploy again to continue");
    assertThat(migrations.run("deploy").outcome()).isEqualTo(RunOutcome.MIGRATED);
  }

  @Test
  void aStatementThatNeedsMoreThanTheTimeLeftIsCancelledByTheServer() {
    migrations.file("V1__slow.sql", "CREATE TABLE app.t (id int); SELECT pg_sleep(20);");
    TimeBudget budget = TimeBudget.of(() -> Duration.ofMillis(1600));
    MigrationReport report = migrations.run(new RunContext(budget, Optional.empty()), "deploy");
    assertThat(report.outcome()).isEqualTo(RunOutcome.MIGRATION_FAILED);
    assertThat(report.message()).startsWith("V1__slow.sql line 1 ran out of time");
    assertThat(tables()).isEmpty();
  }

  @Test
  void driftIsNamedObjectByObjectAndStopsADeploy() {
    migrations.file(
        "V1__make.sql",
        """
        CREATE TABLE app.t (id int PRIMARY KEY, name text);
        CREATE FUNCTION app.f() RETURNS int LANGUAGE sql AS 'SELECT 1';
        CREATE VIEW app.v AS SELECT id FROM app.t;
        """);
    migrations.run("deploy");
    assertThat(migrations.run("diff").differences()).isEmpty();
    migrations.database.execute("ALTER TABLE app.t ALTER COLUMN name SET DEFAULT 'x'");
    migrations.database.execute("CREATE INDEX t_name ON app.t (name)");
    migrations.database.execute(
        "CREATE OR REPLACE FUNCTION app.f() RETURNS int LANGUAGE sql AS 'SELECT 2'");
    migrations.database.execute("CREATE TABLE app.extra (id int)");
    migrations.database.execute("DROP VIEW app.v");
    MigrationReport diff = migrations.run("drift");
    assertThat(diff.exitCode()).isEqualTo(13);
    assertThat(diff.differences())
        .extracting(Difference::sentence)
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .isEqualTo("column t.name was changed; was: text; is: text DEFAULT 'x'::text"),
            line -> assertThat(line).startsWith("function f() was changed"),
            line -> assertThat(line).startsWith("index t_name was added; is: CREATE INDEX"),
            line -> assertThat(line).startsWith("table extra was added"),
            line -> assertThat(line).startsWith("view v was removed"));
    migrations.file("V2__more.sql", "CREATE TABLE app.more (id int)");
    assertThat(migrations.run("deploy").outcome()).isEqualTo(RunOutcome.DRIFTED);
    assertThat(tables()).doesNotContain("more");
    assertThat(migrations.run("deploy", "allow-drift").outcome()).isEqualTo(RunOutcome.MIGRATED);
    assertThat(migrations.run("diff").outcome()).isEqualTo(RunOutcome.UP_TO_DATE);
    migrations.database.execute("DROP TABLE app.extra");
    migrations.run("diff", "accept");
    assertThat(migrations.run("diff").outcome()).isEqualTo(RunOutcome.UP_TO_DATE);
  }

  @Test
  void whatAMigrationRequiresIsCheckedBeforeAnythingRuns() {
    migrations.tables(1).file("V002__needs.sql", "-- requires: table turns\nSELECT 1");
    migrations.database.execute("CREATE TABLE public.turns (id int)");
    MigrationReport report = migrations.run("deploy");
    assertThat(report.exitCode()).isEqualTo(38);
    assertThat(report.message())
        .startsWith("V002__needs.sql requires table turns, which does not exist in schema app.");
    assertThat(tables()).isEmpty();
    migrations.file(
        "V002__needs.sql",
        """
        -- requires: migration 001
        -- requires: table app.t1
        -- requires: extension plpgsql
        SELECT 1
        """);
    assertThat(migrations.run("deploy").outcome()).isEqualTo(RunOutcome.MIGRATED);
    migrations.file("V003__x.sql", "-- requires: extension vector\nSELECT 1");
    assertThat(migrations.run("deploy").message())
        .contains("requires extension vector", "CREATE EXTENSION");
  }

  @Test
  void aBrokenConcurrentIndexIsMadeAnew() {
    migrations
        .file("V1__t.sql", "CREATE TABLE app.t (id int); INSERT INTO app.t VALUES (1), (1)")
        .file("V2__index.sql", "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS t_id ON app.t (id)");
    MigrationReport failed = migrations.run("deploy");
    assertThat(failed.outcome()).as(failed.message()).isEqualTo(RunOutcome.MIGRATION_FAILED);
    assertThat(failed.message()).contains("outside of a transaction");
    assertThat(valid()).isEqualTo("f");
    migrations.database.execute("DELETE FROM app.t WHERE ctid = '(0,1)'");
    MigrationReport report = migrations.run("deploy");
    assertThat(report.outcome()).isEqualTo(RunOutcome.MIGRATED);
    assertThat(report.warnings()).anyMatch(note -> note.contains("app.t_id was left invalid"));
    assertThat(valid()).isEqualTo("t");
  }

  private List<String> tables() {
    return migrations.database.rows(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'app' AND tablename NOT IN"
            + " ('flyway_schema_history', 'migration_fingerprint') ORDER BY 1");
  }

  private String valid() {
    return migrations.database.value(
        "SELECT indisvalid FROM pg_index WHERE indexrelid = CAST('app.t_id' AS regclass)");
  }

  private String name() {
    return migrations.database.value("SELECT current_database()");
  }
}
