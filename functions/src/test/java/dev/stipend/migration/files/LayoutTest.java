package dev.stipend.migration.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.migration.RunOutcome;
import dev.stipend.migration.TestMigrations;
import dev.stipend.migration.report.MigrationReport;
import dev.stipend.support.TestServers;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Numbered files, and directories whose layout cannot be told.
class LayoutTest {
  @TempDir Path directory;
  private TestMigrations migrations;

  @BeforeEach
  void emptyDatabase() {
    migrations = new TestMigrations(TestServers.newDatabase(), directory);
  }

  @Test
  void numberedFilesRunInOrderUnderTheirOwnNames() {
    migrations
        .file("20250220_slots_flags.sql", "CREATE TABLE slots (id int, note text DEFAULT '${x}');")
        .file("20250221-telemetry.sql", "ALTER TABLE slots ADD COLUMN flags int;");
    MigrationReport deployed = migrations.run("deploy");
    assertThat(deployed.outcome()).as(deployed.message()).isEqualTo(RunOutcome.MIGRATED);
    assertThat(deployed.applied()).containsExactly("20250220 slots flags", "20250221 telemetry");
    assertThat(
            migrations.database.rows(
                "SELECT version, script FROM app.flyway_schema_history WHERE version IS NOT NULL"
                    + " ORDER BY installed_rank"))
        .containsExactly("20250220|20250220_slots_flags.sql", "20250221|20250221-telemetry.sql");
    assertThat(migrations.run("status").outcome()).isEqualTo(RunOutcome.UP_TO_DATE);
    migrations.file("20250222_bad.sql", "SELECT 1;\nSELECT 1/0;");
    assertThat(migrations.run("deploy").message()).startsWith("20250222_bad.sql line 2 failed");
    migrations.file("20250222_bad.sql", "ALTER TABLE nothing ADD COLUMN x int;");
    migrations.file("20250220_slots_flags.sql", "CREATE TABLE slots (id bigint);");
    assertThat(migrations.run("status").message())
        .startsWith("20250220_slots_flags.sql was edited after it had run");
    assertThat(migrations.run("downgrade", "target=-1").message()).contains("to undo 20250221");
  }

  @Test
  void upAndDownFilesAreUndone() {
    migrations
        .file("001_one.up.sql", "CREATE TABLE one (id int);")
        .file("001_one.down.sql", "DROP TABLE one;")
        .file("002_two.up.sql", "CREATE TABLE two (id int);")
        .file("002_two.down.sql", "DROP TABLE two;");
    assertThat(migrations.run("lint").findings()).isEmpty();
    assertThat(migrations.run("deploy").applied()).containsExactly("001 one", "002 two");
    assertThat(migrations.run("downgrade", "target=-1").applied()).containsExactly("002 two");
    assertThat(migrations.run("downgrade", "target=base").isOk()).isTrue();
    assertThat(migrations.database.rows("SELECT to_regclass('app.one')")).containsExactly("null");
    assertThat(migrations.run("upgrade", "target=002").applied()).hasSize(2);
  }

  @Test
  void sectionsOfOneFileAreRunAndUndone() {
    migrations
        .file(
            "20250101120000_make.sql",
            """
            -- migrate:up
            CREATE TABLE made (id int);

            -- migrate:down
            DROP TABLE made;
            """)
        .file(
            "20250102120000_index.sql",
            """
            -- migrate:up transaction:false
            CREATE INDEX CONCURRENTLY made_id ON made (id);

            -- migrate:down transaction:false
            DROP INDEX CONCURRENTLY made_id;
            """)
        .file(
            "20250103120000_alone.sql",
            """
            -- migrate:up transaction:false
            CREATE TABLE stays (id int);
            SELECT 1/0;
            -- migrate:down
            """);
    MigrationReport deployed = migrations.run("deploy");
    assertThat(deployed.message()).startsWith("20250103120000_alone.sql line 3 failed");
    assertThat(deployed.applied()).hasSize(2);
    assertThat(migrations.database.rows("SELECT to_regclass('app.stays')"))
        .as("without a transaction")
        .containsExactly("app.stays");
    assertThat(migrations.run("resolve", "rolledBack=20250103120000").isOk()).isTrue();
    MigrationReport undone = migrations.run("downgrade", "target=-2");
    assertThat(undone.isOk()).as(undone.message()).isTrue();
    assertThat(migrations.database.rows("SELECT to_regclass('app.made')")).containsExactly("null");
  }

  @Test
  void whatAlembicPrintsIsAPlainFileAndItsRevisionIsTold() {
    migrations.file(
        "001_head.sql",
        """
        BEGIN;

        CREATE TABLE alembic_version (
            version_num VARCHAR(32) NOT NULL,
            CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
        );

        -- Running upgrade  -> 1975ea83b712

        CREATE TABLE account (id SERIAL NOT NULL, PRIMARY KEY (id));

        INSERT INTO alembic_version (version_num) VALUES ('1975ea83b712') RETURNING alembic_version.version_num;

        COMMIT;
        """);
    MigrationReport deployed = migrations.run("deploy");
    assertThat(deployed.outcome()).as(deployed.message()).isEqualTo(RunOutcome.MIGRATED);
    String told = "Alembic has schema app at revision 1975ea83b712.";
    assertThat(migrations.run("status").warnings()).contains(told);
    assertThat(migrations.run("doctor").warnings()).contains(told);
  }

  @Test
  void twoFilesWithOneNumberAreNamed() {
    migrations.file("001_a.sql", "SELECT 1;").file("1_b.sql", "SELECT 2;");
    MigrationReport report = migrations.run("deploy");
    assertThat(report.exitCode()).isEqualTo(35);
    assertThat(report.message())
        .isEqualTo(
            "001_a.sql and 1_b.sql have the same number, so that their order is not known. Give"
                + " the one that has run nowhere yet a number of its own.");
  }

  @Test
  void aDownFileAloneIsNamed() {
    migrations.file("001_a.up.sql", "SELECT 1;").file("002_b.down.sql", "SELECT 2;");
    assertThat(migrations.run("deploy").message())
        .startsWith("002_b.down.sql undoes a migration that is not there.");
  }

  @Test
  void aMixtureIsDescribedWithTheLayoutsThatAreUnderstood() {
    migrations
        .file("V1__flyway.sql", "SELECT 1;")
        .file("002_numbered.sql", "SELECT 2;")
        .file("20250101000000_prisma/migration.sql", "SELECT 3;");
    MigrationReport report = migrations.run("status");
    assertThat(report.exitCode()).isEqualTo(35);
    assertThat(report.message())
        .contains(
            "V1__flyway.sql as Flyway has them",
            "20250101000000_prisma in folders as Prisma has them",
            "002_numbered.sql with a number",
            "These are understood: V1__name.sql");
  }

  @Test
  void filesInNoOrderAreNotRun() {
    migrations.file("schema.sql", "SELECT 1;").file("001_one.sql", "SELECT 1;");
    assertThat(migrations.run("deploy").message()).contains("schema.sql in no order that is known");
  }
}
