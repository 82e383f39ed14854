package dev.stipend.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.migration.report.MigrationReport;
import dev.stipend.support.TestServers;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a run has made before it failed is still new to the next run; nothing else is.
class UnfinishedRunTest {
  private static final String ALTER =
      """
      ALTER TABLE app.orders ADD COLUMN owner text NOT NULL;
      CREATE INDEX orders_owner ON app.orders (owner);
      """;

  @TempDir Path directory;
  private TestMigrations migrations;

  @BeforeEach
  void aRunThatFailsBecauseOfData() {
    migrations =
        new TestMigrations(TestServers.newDatabase(), directory)
            .file("V1__orders.sql", "CREATE TABLE app.orders (id int)")
            .file("U1__orders.sql", "DROP TABLE app.orders")
            .file("V2__data.sql", "INSERT INTO app.orders VALUES (CAST('x' AS int))")
            .file("V3__owner.sql", ALTER);
  }

  private void corrected() {
    migrations.file("V2__data.sql", "SELECT 1");
  }

  private MigrationReport deployed() {
    MigrationReport report = migrations.run("deploy");
    assertThat(report.exitCode()).as(report.message()).isZero();
    return report;
  }

  private void isRefusedByLint() {
    MigrationReport report = migrations.run("deploy");
    assertThat(report.exitCode()).as(report.message()).isEqualTo(16);
  }

  @Test
  void whatFailedIsCorrectedAndGoesOn() {
    assertThat(migrations.run("deploy").exitCode()).isEqualTo(11);
    corrected();
    assertThat(migrations.run("lint").exitCode()).isZero();
    assertThat(deployed().applied()).containsExactly("2 data", "3 owner");
  }

  @Test
  void aThirdTryGoesOnAsWell() {
    migrations.run("deploy");
    assertThat(migrations.run("deploy").exitCode()).isEqualTo(11);
    corrected();
    deployed();
  }

  @Test
  void afterARunThatEndedWellItsTablesAreOld() {
    corrected();
    assertThat(migrations.run("deploy", "target=2").exitCode()).isZero();
    isRefusedByLint();
    migrations.file("V3__owner.sql", "CREATE TABLE app.more (id int)");
    migrations.file("V4__bad.sql", "SELECT 1/0");
    assertThat(migrations.run("deploy").exitCode()).isEqualTo(11);
    migrations.file("V4__bad.sql", "CREATE INDEX more_id ON app.more (id)");
    migrations.file("V5__owner.sql", ALTER);
    isRefusedByLint();
    migrations.file("V5__owner.sql", "SELECT 1");
    deployed();
  }

  @Test
  void whatAFailedRunMadeIsNoDrift() {
    corrected();
    assertThat(migrations.run("deploy", "target=1").exitCode()).isZero();
    migrations
        .file("V3__owner.sql", "ALTER TABLE app.orders ADD COLUMN owner text")
        .file("V4__bad.sql", "SELECT 1/0");
    assertThat(migrations.run("deploy").exitCode()).isEqualTo(11);
    assertThat(migrations.run("diff").exitCode()).isZero();
    migrations.database.execute("ALTER TABLE app.orders ADD COLUMN byhand text");
    migrations.file("V4__bad.sql", "SELECT 1");
    MigrationReport drifted = migrations.run("deploy");
    assertThat(drifted.exitCode()).isEqualTo(13);
    assertThat(drifted.message()).contains("byhand").doesNotContain("owner");
    migrations.database.execute("ALTER TABLE app.orders DROP COLUMN byhand");
    deployed();
  }

  @Test
  void whatARunMadeThatWasKilledIsNoDrift() {
    corrected();
    assertThat(migrations.run("deploy", "target=1").exitCode()).isZero();
    migrations
        .file("V2__data.sql", "CREATE TABLE app.more (id int)")
        .file("V3__owner.sql", "SELECT pg_terminate_backend(pg_backend_pid())");
    assertThat(migrations.run("deploy").exitCode()).isEqualTo(11);
    assertThat(migrations.run("diff").exitCode()).isZero();
    migrations.file("V3__owner.sql", "CREATE INDEX more_id ON app.more (id)");
    deployed();
    assertThat(migrations.run("diff").message())
        .isEqualTo("The schema is as the last run left it.");
  }

  @Test
  void whatWasMadeByHandIsOld() {
    migrations.database.execute("CREATE SCHEMA app; CREATE TABLE app.orders (id int)");
    assertThat(migrations.run("stamp", "target=1").exitCode()).isZero();
    migrations.run("deploy");
    corrected();
    isRefusedByLint();
  }

  @Test
  void whatWasResolvedByHandIsOld() {
    migrations.file("V3__owner.sql", "SELECT 1");
    migrations.run("deploy");
    migrations.database.execute("CREATE TABLE app.live (id int)");
    migrations
        .file("V2__data.sql", "CREATE TABLE app.live (id int)")
        .file("V3__owner.sql", ALTER.replace("orders", "live"));
    assertThat(migrations.run("resolve", "applied=2").exitCode()).isZero();
    isRefusedByLint();
  }

  @Test
  void aTableThatHasGrownMeanwhileIsOld() {
    migrations.run("deploy");
    corrected();
    migrations.database.execute(
        "INSERT INTO app.orders SELECT n FROM generate_series(1, 300000) AS n");
    isRefusedByLint();
  }

  @Test
  void aTableThatHasRowsIsNotDropped() {
    migrations.run("deploy");
    corrected();
    migrations.file("V3__owner.sql", "DROP TABLE app.orders");
    migrations.database.execute("INSERT INTO app.orders VALUES (1)");
    isRefusedByLint();
    migrations.database.execute("DELETE FROM app.orders");
    deployed();
  }

  @Test
  void whatWasUndoneAndTheSchemaOfAnEarlierReleaseChangeNothing() {
    migrations.run("deploy");
    migrations.database.execute("ALTER TABLE app.migration_fingerprint DROP COLUMN unfinished");
    corrected();
    isRefusedByLint();
    assertThat(migrations.run("downgrade", "target=base").exitCode()).isZero();
    deployed();
  }
}
