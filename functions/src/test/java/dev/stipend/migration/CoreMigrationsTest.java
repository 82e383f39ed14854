package dev.stipend.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.migration.drift.Fingerprint;
import dev.stipend.migration.files.Script;
import dev.stipend.migration.lint.LintFinding;
import dev.stipend.migration.report.MigrationReport;
import dev.stipend.platform.database.SchemaVersion;
import dev.stipend.support.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Stipend's own migrations, up and down.
class CoreMigrationsTest {
  private static final Path FILES = Path.of("src/main/resources/db/migration");

  @TempDir Path directory;

  /// Every version of the schema is left exactly as it was found.
  @Test
  void everyDowngradeRestoresTheSchemaOfTheVersionBefore() throws Exception {
    TestMigrations core = new TestMigrations(TestServers.newDatabase(), directory);
    Deque<Fingerprint> versions = new ArrayDeque<>();
    try (Connection connection = core.database.connect()) {
      versions.push(Fingerprint.of(connection, "stipend"));
      for (MigrationReport step = core.core("upgrade", "target=+1");
          !step.applied().isEmpty();
          step = core.core("upgrade", "target=+1")) {
        versions.push(Fingerprint.of(connection, "stipend"));
      }
      assertThat(core.core("deploy").isOk()).isTrue();
      assertThat(core.core("diff").outcome()).isEqualTo(RunOutcome.UP_TO_DATE);
      assertThat(versions.pop().objects()).hasSizeGreaterThan(100);
      while (!versions.isEmpty()) {
        MigrationReport undone = core.core("downgrade");
        assertThat(undone.isOk()).as(undone.message()).isTrue();
        assertThat(Fingerprint.of(connection, "stipend").since(versions.pop()))
            .as(undone.message())
            .isEmpty();
        assertThat(core.core("diff").outcome()).isEqualTo(RunOutcome.UP_TO_DATE);
      }
    }
    assertThat(core.core("status").outcome()).isEqualTo(RunOutcome.PENDING);
    assertThat(core.core("deploy").version()).contains(SchemaVersion.REQUIRED);
    assertThat(core.core("status").outcome()).isEqualTo(RunOutcome.UP_TO_DATE);
    assertThat(core.core("verify").isOk()).isTrue();
    assertThat(core.core("downgrade", "target=base").applied()).hasSizeGreaterThan(10);
  }

  @Test
  void everyMigrationHasItsUndo() throws IOException {
    assertThat(names("V").map(Script::undoName))
        .as("a U file beside each V file of db/migration")
        .allSatisfy(name -> assertThat(FILES.resolve(name)).exists());
    assertThat(names("U").map(name -> "V" + name.substring(1)))
        .allSatisfy(name -> assertThat(FILES.resolve(name)).exists());
  }

  @Test
  void noNewMigrationHurts() throws IOException {
    TestMigrations core = new TestMigrations(TestServers.newDatabase(), directory);
    List<LintFinding> findings = core.core("lint").findings();
    assertThat(findings).filteredOn(LintFinding::error).isEmpty();
  }

  @Test
  void everyRunLeavesARowFromItsStartOn() {
    TestMigrations core = new TestMigrations(TestServers.newDatabase(), directory);
    core.core("deploy");
    core.core("deploy");
    core.database.execute(
        "UPDATE stipend.flyway_schema_history SET checksum = 1 WHERE version IS NOT NULL");
    core.core("deploy");
    assertThat(
            core.database.rows(
                """
                SELECT verb, outcome, from_version IS NULL, to_version, left(error, 21), finished_at IS NOT NULL
                FROM stipend.migration_runs
                ORDER BY from_version NULLS FIRST, outcome DESC
                """))
        .containsExactly(
            "deploy|succeeded|t|%s|null|t".formatted(SchemaVersion.REQUIRED),
            "deploy|succeeded|f|%s|null|t".formatted(SchemaVersion.REQUIRED),
            "deploy|failed|f|%s|diverged: V2026112100|t".formatted(SchemaVersion.REQUIRED));
  }

  @Test
  void sampleDataIsPutInOnceAndNeverInProduction() {
    TestMigrations core = new TestMigrations(TestServers.newDatabase(), directory);
    assertThat(core.core("seed").outcome()).isEqualTo(RunOutcome.PENDING);
    core.core("deploy");
    assertThat(core.in("").core("seed").message())
        .contains("STIPEND_ENVIRONMENT is not set, which counts as production");
    assertThat(core.in("production").core("seed").exitCode()).isEqualTo(3);
    assertThat(core.in("development").core("seed").applied()).containsExactly("sample budgets");
    assertThat(core.core("seed").applied()).isEmpty();
    assertThat(core.database.value("SELECT count(*) FROM stipend.budgets")).isEqualTo("1");
    assertThat(core.core("status").isOk()).isTrue();
  }

  @Test
  void resetWantsEnvironmentNameAndToken() {
    TestMigrations core = new TestMigrations(TestServers.newDatabase(), directory);
    core.core("deploy");
    String name = core.database.value("SELECT current_database()");
    assertThat(core.in("production").core("reset", "database=" + name).message())
        .contains("STIPEND_ENVIRONMENT is production", "development and test only");
    assertThat(core.in("development").core("reset").message()).contains("--database " + name);
    assertThat(core.core("reset", "database=other").exitCode()).isEqualTo(3);
    String asked = core.core("reset", "database=" + name).message();
    assertThat(asked).contains("Repeat it with --confirm ");
    assertThat(core.core("reset", "database=" + name, "confirm=nonsense").exitCode()).isEqualTo(3);
    core.database.execute("CREATE TABLE stipend.theirs (id int)");
    String token = asked.replaceAll(".*--confirm (\\S+) .*", "$1");
    assertThat(core.core("reset", "database=" + name, "confirm=" + token).outcome())
        .isEqualTo(RunOutcome.MIGRATED);
    assertThat(core.database.rows("SELECT 1 FROM pg_tables WHERE tablename = 'theirs'"))
        .containsExactly("1");
  }

  @Test
  void undoingMoreMigrationsThanThereAreIsRefused() {
    TestMigrations migrations =
        new TestMigrations(TestServers.newDatabase(), directory).in("test").tables(3);
    assertThat(migrations.run("downgrade").message())
        .isEqualTo("There is no migration to undo: none is applied.");
    migrations.run("deploy");
    for (String beyond : List.of("-4", "-99", "-99999")) {
      MigrationReport refused = migrations.run("downgrade", "target=" + beyond);
      assertThat(refused.outcome()).isEqualTo(RunOutcome.REFUSED);
      assertThat(refused.message())
          .isEqualTo(
              beyond
                  + " is more than there are: 3 migrations are applied; give -3 at most, or base to"
                  + " undo all.");
      assertThat(migrations.run("downgrade", "target=" + beyond, "dry-run").outcome())
          .isEqualTo(RunOutcome.REFUSED);
    }
    assertThat(migrations.database.rows("SELECT version FROM app.flyway_schema_history"))
        .contains("003");
    assertThat(migrations.run("downgrade", "target=-3").applied()).hasSize(3);
  }

  @Test
  void productionAsksForTheNameOfTheDatabaseBeforeItUndoes() {
    TestMigrations migrations =
        new TestMigrations(TestServers.newDatabase(), directory).in("").tables(3);
    migrations.run("deploy");
    MigrationReport refused = migrations.run("downgrade", "target=-1");
    assertThat(refused.exitCode()).isEqualTo(3);
    String name = migrations.database.value("SELECT current_database()");
    assertThat(refused.message()).contains("--confirm " + name);
    assertThat(migrations.run("downgrade", "target=-1", "confirm=" + name).applied())
        .containsExactly("003 create t3");
    assertThat(migrations.in("test").run("downgrade", "target=001", "dry-run").plan())
        .extracting(PlannedMigration::name)
        .containsExactly("002 create t2");
    migrations.file("V004__x.sql", "SELECT 1");
    migrations.run("deploy");
    assertThat(migrations.run("down").message()).startsWith("There is no U004__x.sql to undo");
    assertThat(migrations.run("down", "target=nonsense").exitCode()).isEqualTo(2);
  }

  @Test
  void stampAndResolveEditSingleRowsOfTheHistory() {
    TestMigrations migrations = new TestMigrations(TestServers.newDatabase(), directory).tables(3);
    migrations.database.execute("CREATE SCHEMA app");
    migrations.database.execute("CREATE TABLE app.t1 (id int)");
    MigrationReport refused = migrations.run("deploy");
    assertThat(refused.exitCode()).isEqualTo(33);
    assertThat(refused.message())
        .isEqualTo(
            "Schema app has tables, such as t1, and no history of migrations. Say which migrations"
                + " it has: stamp head if the SQL of deploy --sql was run here, else stamp VERSION,"
                + " or stamp 0 for none; then deploy. By its tables and columns the schema is at"
                + " version 001: stamp 001 compares the rest.");
    assertThat(migrations.run("stamp", "target=001").applied()).containsExactly("001 create t1");
    assertThat(migrations.run("resolve", "applied=002").exitCode())
        .as("t2 is missing")
        .isEqualTo(3);
    assertThat(migrations.run("resolve", "applied=002", "unchecked").applied())
        .containsExactly("002 create t2");
    assertThat(migrations.run("resolve").exitCode()).isEqualTo(2);
    assertThat(migrations.run("resolve", "rolled-back=001").message())
        .contains("001 create t1 is applied, and t1 of it is there. Undo it with downgrade");
    assertThat(migrations.run("deploy").applied()).containsExactly("003 create t3");
    migrations.database.execute(
        "UPDATE app.flyway_schema_history SET success = FALSE WHERE version = '003'");
    migrations.database.execute("DROP TABLE app.t3");
    assertThat(migrations.run("deploy").message())
        .contains("resolve --applied 003 or resolve --rolled-back 003");
    assertThat(migrations.run("resolve", "rolled-back=003").isOk()).isTrue();
    assertThat(migrations.run("deploy", "allow-drift").applied()).containsExactly("003 create t3");
  }

  private static Stream<String> names(String prefix) throws IOException {
    try (Stream<Path> files = Files.list(FILES)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith(prefix))
          .sorted()
          .toList()
          .stream();
    }
  }
}
