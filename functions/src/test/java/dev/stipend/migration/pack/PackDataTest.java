package dev.stipend.migration.pack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.migration.TestMigrations;
import dev.stipend.migration.report.MigrationReport;
import dev.stipend.support.TestServers;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The rows of packs: sample data, and what is found wrong with rows.
class PackDataTest {
  @TempDir Path directory;
  private TestMigrations migrations;

  @BeforeEach
  void aDatabase() {
    migrations = new TestMigrations(TestServers.newDatabase(), directory);
  }

  private MigrationReport pack(String pack, String schema, String verb, String... more) {
    return migrations.pack(pack, schema, verb, more);
  }

  private static void succeeds(MigrationReport report) {
    assertThat(report.exitCode()).as(report.message()).isZero();
  }

  @Test
  void sampleDataGoesInAsFarAsItsTablesAreThere() {
    succeeds(pack("agents-platform", "own", "upgrade", "target=phase-1"));
    MigrationReport some = pack("agents-platform", "own", "seed");
    assertThat(some.exitCode()).as(some.message()).isZero();
    assertThat(some.warnings()).anyMatch(note -> note.contains("storage_quotas"));
    pack("agents-platform", "own", "deploy");
    succeeds(pack("agents-platform", "own", "seed"));
    String users = migrations.database.value("SELECT count(*) FROM own.users");
    assertThat(pack("agents-platform", "own", "seed").applied()).isEmpty();
    assertThat(migrations.database.value("SELECT count(*) FROM own.users")).isEqualTo(users);
    succeeds(pack("agents-platform", "own", "downgrade", "target=base"));
    succeeds(pack("agents-platform", "own", "deploy"));
    succeeds(pack("agents-platform", "own", "seed"));
    assertThat(migrations.database.value("SELECT count(*) FROM own.users")).isEqualTo(users);
    MigrationReport refused = migrations.in("production").pack("agents-platform", "own", "seed");
    assertThat(refused.exitCode()).isEqualTo(3);
  }

  @Test
  void resetMakesThePackAnewWithItsSampleDataAndLeavesOthersAlone() {
    migrations.in("development");
    succeeds(pack("agents-platform", "own", "deploy"));
    migrations.database.execute(
        """
        CREATE TABLE own.of_another (id int);
        DELETE FROM own.users
        """);
    String database = migrations.database.value("SELECT current_database()");
    MigrationReport asks = pack("agents-platform", "own", "reset", "database=" + database);
    assertThat(asks.exitCode()).isEqualTo(3);
    String token = asks.message().replaceAll("(?s).*--confirm (\\w+).*", "$1");
    assertThat(
            pack("agents-platform", "other", "reset", "database=" + database, "confirm=" + token)
                .exitCode())
        .as("the token is of one schema")
        .isEqualTo(3);
    succeeds(pack("agents-platform", "own", "reset", "database=" + database, "confirm=" + token));
    assertThat(migrations.database.value("SELECT count(*) FROM own.users")).isEqualTo("4");
    assertThat(migrations.database.value("SELECT to_regclass('own.of_another')"))
        .isEqualTo("own.of_another");
  }

  @Test
  void anOrphanFailsTheCheckThatNamesIt() {
    pack("agents-platform", "own", "deploy");
    pack("agents-platform", "own", "seed");
    migrations.database.execute(
        """
        SET session_replication_role = replica;
        INSERT INTO own.conversations SELECT (jsonb_populate_record(c, jsonb_build_object(
          'id', gen_random_uuid(), 'chatSessionId', gen_random_uuid()))).*
        FROM own.conversations c LIMIT 1
        """);
    MigrationReport verified = pack("agents-platform", "own", "verify");
    assertThat(verified.exitCode()).isEqualTo(14);
    assertThat(verified.message()).containsIgnoringCase("orphan");
  }
}
