package dev.stipend.migration.prisma;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.migration.RunOutcome;
import dev.stipend.migration.TestMigrations;
import dev.stipend.migration.report.MigrationReport;
import dev.stipend.support.TestServers;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Failures, what resolves them, and turns with Prisma's own engine.
class PrismaResolveTest {
  private static final String ONE = "20250101000000_one";
  private static final String TWO = "20250102000000_two";
  private static final String FILE = "/migration.sql";

  /// As Prisma's engine makes it.
  private static final String TABLE =
      """
      CREATE TABLE app._prisma_migrations (
        id VARCHAR(36) PRIMARY KEY NOT NULL, checksum VARCHAR(64) NOT NULL, finished_at TIMESTAMPTZ,
        migration_name VARCHAR(255) NOT NULL, logs TEXT, rolled_back_at TIMESTAMPTZ,
        started_at TIMESTAMPTZ NOT NULL DEFAULT now(), applied_steps_count INTEGER NOT NULL DEFAULT 0)
      """;

  @TempDir Path directory;
  private TestMigrations migrations;

  @BeforeEach
  void oneThatRuns() {
    migrations =
        new TestMigrations(TestServers.newDatabase(), directory)
            .file(ONE + FILE, "CREATE TABLE one (id int);");
  }

  @Test
  void aFailureLeavesNothingButItsRow() {
    fail();
    assertThat(rows()).containsExactly(ONE + "|t|f|1", TWO + "|f|f|0");
    assertThat(
            migrations.database.value(
                "SELECT logs FROM app._prisma_migrations WHERE finished_at IS NULL"))
        .contains("22012", "division by zero");
    assertThat(migrations.database.rows("SELECT to_regclass('app.half')")).containsExactly("null");
    MigrationReport status = migrations.run("status");
    assertThat(status.exitCode()).isEqualTo(11);
    assertThat(status.message())
        .startsWith(TWO + " failed at ")
        .contains("division by zero", "resolve --rolled-back " + TWO, "resolve --applied " + TWO);
    migrations.file("20250103000000_three" + FILE, "CREATE TABLE three (id int);");
    MigrationReport again = migrations.run("deploy");
    assertThat(again.exitCode()).isEqualTo(11);
    assertThat(again.message()).contains("no other migration runs before that is resolved");
    assertThat(rows()).as("nothing ran").hasSize(2);
  }

  @Test
  void rolledBackLetsItRunAgain() {
    fail();
    assertThat(migrations.run("resolve", "rolledBack=" + ONE).exitCode()).isEqualTo(3);
    assertThat(migrations.run("resolve", "rolledBack=" + TWO).isOk()).isTrue();
    assertThat(rows()).containsExactly(ONE + "|t|f|1", TWO + "|f|t|0");
    assertThat(migrations.run("status").pending()).containsExactly(TWO);
    assertThat(migrations.run("resolve", "rolledBack=" + TWO).exitCode()).isEqualTo(3);
    migrations.file(TWO + FILE, "CREATE TABLE half (id int);");
    assertThat(migrations.run("deploy").applied()).containsExactly(TWO);
    assertThat(rows()).containsExactly(ONE + "|t|f|1", TWO + "|f|t|0", TWO + "|t|f|1");
    assertThat(migrations.run("status").isOk()).isTrue();
    assertThat(migrations.run("history").history())
        .extracting(MigrationReport.HistoryLine::state)
        .containsExactly("success", "rolled back", "success");
  }

  @Test
  void appliedMarksTheFailedOneRolledBackAndAddsARow() {
    fail();
    assertThat(migrations.run("resolve", "applied=" + TWO).isOk()).isTrue();
    assertThat(rows()).containsExactly(ONE + "|t|f|1", TWO + "|f|t|0", TWO + "|t|f|0");
    assertThat(
            migrations.database.value(
                """
                SELECT count(*)
                FROM app._prisma_migrations a
                JOIN app._prisma_migrations b ON b.migration_name = a.migration_name AND b.checksum = a.checksum
                WHERE a.finished_at = a.started_at AND a.logs = '' AND b.rolled_back_at IS NOT NULL
                """))
        .isEqualTo("1");
    assertThat(migrations.run("status").outcome()).isEqualTo(RunOutcome.UP_TO_DATE);
    assertThat(migrations.run("resolve", "applied=" + TWO).message()).contains("applied already");
  }

  @Test
  void aSchemaThatPrismaHasMadeIsGoneOnWith() {
    migrations.database.execute("CREATE SCHEMA app");
    migrations.database.execute(TABLE);
    byPrisma(ONE, "CREATE TABLE app.one (id int)");
    migrations.file(TWO + FILE, "ALTER TABLE one ADD COLUMN two int;");
    assertThat(migrations.run("deploy").applied()).containsExactly(TWO);
    assertThat(migrations.run("diff").outcome()).isEqualTo(RunOutcome.UP_TO_DATE);
    migrations.file("20250103000000_three" + FILE, "CREATE TABLE three (id int);");
    byPrisma("20250103000000_three", "CREATE TABLE app.three (id int)");
    assertThat(migrations.run("status").outcome())
        .as("what Prisma has applied is no drift")
        .isEqualTo(RunOutcome.UP_TO_DATE);
    migrations.file("20250104000000_four" + FILE, "CREATE TABLE four (id int);");
    assertThat(migrations.run("deploy").outcome()).isEqualTo(RunOutcome.MIGRATED);
    migrations.database.execute("CREATE TABLE app.by_hand (id int)");
    assertThat(migrations.run("status").outcome()).isEqualTo(RunOutcome.DRIFTED);
  }

  @Test
  void aSchemaWithoutAHistoryIsBaselined() {
    migrations.database.execute("CREATE SCHEMA app");
    migrations.database.execute("CREATE TABLE app.one (id int)");
    MigrationReport refused = migrations.run("deploy");
    assertThat(refused.exitCode()).isEqualTo(33);
    assertThat(refused.message()).contains("resolve --applied NAME");
    assertThat(migrations.run("resolve", "applied=" + ONE).isOk()).isTrue();
    assertThat(migrations.run("deploy").outcome()).isEqualTo(RunOutcome.UP_TO_DATE);
    assertThat(rows()).containsExactly(ONE + "|t|f|0");
  }

  @Test
  void stampComparesTheSchemaFirst() {
    migrations.database.execute("CREATE SCHEMA app");
    migrations.database.execute("CREATE TABLE app.one (id bigint)");
    assertThat(migrations.run("stamp", "target=" + ONE).exitCode()).isEqualTo(3);
    migrations.database.execute("ALTER TABLE app.one ALTER COLUMN id TYPE int");
    assertThat(migrations.run("stamp", "target=head").applied()).containsExactly(ONE);
    assertThat(rows()).containsExactly(ONE + "|t|f|0");
  }

  @Test
  void repairAcceptsAnEditThatChangesNothing() {
    migrations.run("deploy");
    migrations.file(ONE + FILE, "-- A comment.\nCREATE TABLE one (id int);");
    assertThat(migrations.run("status").exitCode()).isEqualTo(12);
    assertThat(migrations.run("repair", "checksum=" + ONE).isOk()).isTrue();
    assertThat(migrations.run("status").isOk()).isTrue();
  }

  @Test
  void whatOthersAreInTheWayOfHasNotFailed() throws Exception {
    migrations.run("deploy");
    migrations.file(
        TWO + FILE, "SET LOCAL lock_timeout = '50ms';\nALTER TABLE one ADD COLUMN two int;");
    try (Connection other = migrations.database.connect()) {
      other.setAutoCommit(false);
      other.createStatement().execute("SELECT * FROM app.one");
      assertThat(migrations.run("deploy").exitCode()).isEqualTo(11);
      other.rollback();
    }
    assertThat(rows()).containsExactly(ONE + "|t|f|1");
    assertThat(migrations.run("deploy").applied()).containsExactly(TWO);
  }

  @Test
  void neitherRunsWhileTheOtherDoes() throws Exception {
    try (Connection prisma = migrations.database.connect()) {
      prisma.createStatement().execute("SELECT pg_advisory_lock(72707369)");
      MigrationReport locked = migrations.run("deploy", "lockWait=0");
      assertThat(locked.exitCode()).isEqualTo(36);
    }
    assertThat(migrations.run("deploy").isOk()).isTrue();
  }

  private void fail() {
    migrations.file(TWO + FILE, "CREATE TABLE half (id int);\nSELECT 1/0;");
    MigrationReport report = migrations.run("deploy");
    assertThat(report.outcome()).isEqualTo(RunOutcome.MIGRATION_FAILED);
    assertThat(report.message()).startsWith(TWO + "/migration.sql line 2 failed: ERROR: division");
    assertThat(report.applied()).containsExactly(ONE);
  }

  /// What its engine leaves when it has applied a migration.
  private void byPrisma(String name, String sql) {
    migrations.database.execute(sql);
    migrations.database.execute(
        """
        INSERT INTO app._prisma_migrations (id, checksum, started_at, finished_at, migration_name, applied_steps_count)
        SELECT gen_random_uuid(), encode(sha256(convert_to(pg_read_file('%s'), 'UTF8')), 'hex'), now(), now(), '%s', 1
        """
            .formatted(directory.resolve(name + FILE), name));
  }

  private List<String> rows() {
    return migrations.database.rows(
        """
        SELECT migration_name, finished_at IS NOT NULL, rolled_back_at IS NOT NULL, applied_steps_count
        FROM app._prisma_migrations
        ORDER BY started_at
        """);
  }
}
