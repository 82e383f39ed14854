package dev.stipend.migration.prisma;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.migration.RunOutcome;
import dev.stipend.migration.TestMigrations;
import dev.stipend.migration.report.MigrationReport;
import dev.stipend.support.TestServers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Migrations of Prisma's, run without it. Rows that its engine would write are written by hand as
/// it was seen to write them.
class PrismaTest {
  private static final String USERS = "20250101000000_users";
  private static final String POSTS = "20250102000000_posts";

  /// Computed by `sha256sum`.
  private static final String USERS_SQL = "CREATE TABLE \"User\" (id int PRIMARY KEY);\n";
  private static final String USERS_SHA =
      "fd999446010ce25e808e516a32c97494b6ed48107a531b8fcdd35c11bf6a7e70";

  @TempDir Path directory;
  private TestMigrations migrations;

  @BeforeEach
  void twoMigrations() {
    migrations =
        new TestMigrations(TestServers.newDatabase(), directory)
            .file("migration_lock.toml", "provider = \"postgresql\"\n")
            .file(USERS + "/migration.sql", USERS_SQL)
            .file(
                POSTS + "/migration.sql",
                """
                CREATE TABLE "Post" (id int PRIMARY KEY, "authorId" int);
                CREATE INDEX "Post_authorId_idx" ON "Post" ("authorId");
                """);
  }

  @Test
  void deployWritesTheRowsThatPrismaWrites() {
    assertThat(migrations.run("status").pending()).containsExactly(USERS, POSTS);
    MigrationReport deployed = migrations.run("deploy");
    assertThat(deployed.outcome()).as(deployed.message()).isEqualTo(RunOutcome.MIGRATED);
    assertThat(deployed.applied()).containsExactly(USERS, POSTS);
    assertThat(deployed.version()).contains(POSTS);
    assertThat(deployed.tables()).containsExactly("Post", "User");
    assertThat(rows()).containsExactly(USERS + "|t|f|null|1", POSTS + "|t|f|null|1");
    assertThat(
            migrations.database.rows(
                "SELECT checksum, finished_at >= started_at, length(id) FROM app._prisma_migrations"
                    + " WHERE migration_name = '%s'".formatted(USERS)))
        .containsExactly(USERS_SHA + "|t|36");
    assertThat(migrations.database.rows("SELECT tablename FROM pg_tables WHERE schemaname = 'app'"))
        .as("Prisma would take others for drift")
        .containsExactlyInAnyOrder("User", "Post", "_prisma_migrations");
    assertThat(migrations.run("status").outcome()).isEqualTo(RunOutcome.UP_TO_DATE);
    assertThat(migrations.run("current").message()).isEqualTo(POSTS);
    assertThat(migrations.run("verify").isOk()).isTrue();
    assertThat(migrations.run("deploy").outcome()).isEqualTo(RunOutcome.UP_TO_DATE);
  }

  @Test
  void theTableIsTheOneThatPrismaMakes() {
    migrations.run("deploy");
    assertThat(
            migrations.database.rows(
                """
                SELECT column_name, data_type, character_maximum_length, is_nullable, column_default
                FROM information_schema.columns
                WHERE table_name = '_prisma_migrations'
                ORDER BY ordinal_position
                """))
        .containsExactly(
            "id|character varying|36|NO|null",
            "checksum|character varying|64|NO|null",
            "finished_at|timestamp with time zone|null|YES|null",
            "migration_name|character varying|255|NO|null",
            "logs|text|null|YES|null",
            "rolled_back_at|timestamp with time zone|null|YES|null",
            "started_at|timestamp with time zone|null|NO|now()",
            "applied_steps_count|integer|null|NO|0");
  }

  @Test
  void planShowsWhatWouldRunAndRunsNothing() {
    MigrationReport plan = migrations.run("plan", "sql");
    assertThat(plan.plan()).extracting(each -> each.name()).containsExactly(USERS, POSTS);
    assertThat(plan.plan().getLast().statements()).hasSize(2);
    assertThat(migrations.run("status").pending()).hasSize(2);
  }

  @Test
  void upgradeStopsAtANameOrAfterANumberOfThem() {
    migrations.file("20250103000000_more/migration.sql", "CREATE TABLE more (id int);");
    assertThat(migrations.run("upgrade", "target=+1").applied()).containsExactly(USERS);
    assertThat(migrations.run("upgrade", "target=" + POSTS).applied()).containsExactly(POSTS);
    assertThat(migrations.run("upgrade", "target=20250103000000").applied()).hasSize(1);
    assertThat(migrations.run("upgrade", "target=nothing").outcome()).isEqualTo(RunOutcome.USAGE);
  }

  @Test
  void theOrderIsThatOfTheNamesWhateverTheirNumbers() {
    migrations
        .file("20250102000000_z/migration.sql", "ALTER TABLE \"Post\" ADD COLUMN z int;")
        .file("0_init/migration.sql", "CREATE TABLE first (id int);")
        .file("later/migration.sql", "ALTER TABLE \"Post\" DROP COLUMN z;")
        .file(POSTS + "/down.sql", "DROP TABLE \"Post\";");
    assertThat(migrations.run("deploy").applied())
        .containsExactly("0_init", USERS, POSTS, "20250102000000_z", "later");
    migrations.file("1_between/migration.sql", "CREATE TABLE between_them (id int);");
    assertThat(migrations.run("deploy").applied())
        .as("Prisma runs it")
        .containsExactly("1_between");
  }

  @Test
  void statementsThatAllowNoTransactionRunWithoutOne() {
    migrations
        .file(
            "20250103000000_index/migration.sql",
            "CREATE INDEX CONCURRENTLY \"Post_id_idx\" ON \"Post\" (id);")
        .file(
            "20250104000000_mixed/migration.sql",
            "CREATE TABLE mixed (id int);\nCREATE INDEX CONCURRENTLY mixed_id ON mixed (id);")
        .file(
            "20250105000000_own/migration.sql",
            "BEGIN;\nCREATE TABLE own (id int);\nCOMMIT;\nCREATE TABLE after_it (id int);");
    MigrationReport deployed = migrations.run("deploy");
    assertThat(deployed.applied()).as(deployed.message()).hasSize(5);
    assertThat(rows()).allMatch(row -> row.endsWith("|t|f|null|1"));
  }

  @Test
  void filesThatWereEditedOrAreGoneAreReportedAndKeepNothingFromRunning() throws Exception {
    migrations.run("deploy");
    migrations.file(USERS + "/migration.sql", USERS_SQL.replace("\n", "\r\n"));
    assertThat(migrations.run("status").isOk()).as("line ends do not count").isTrue();
    migrations.file(USERS + "/migration.sql", USERS_SQL + "-- edited\n");
    MigrationReport edited = migrations.run("status");
    assertThat(edited.exitCode()).isEqualTo(12);
    assertThat(edited.message()).startsWith(USERS + " was edited after it was applied");
    Files.delete(directory.resolve(USERS + "/migration.sql"));
    Files.delete(directory.resolve(USERS));
    assertThat(migrations.run("status").message()).startsWith(USERS + " is applied here and its");
    migrations.file("20250103000000_more/migration.sql", "CREATE TABLE more (id int);");
    MigrationReport deployed = migrations.run("deploy");
    assertThat(deployed.outcome()).as(deployed.message()).isEqualTo(RunOutcome.MIGRATED);
    assertThat(deployed.warnings()).anyMatch(warning -> warning.startsWith(USERS));
  }

  @Test
  void aSchemaThatIsNewerThanTheFoldersIsLeftAlone() throws Exception {
    migrations.run("deploy");
    Files.delete(directory.resolve(POSTS + "/migration.sql"));
    Files.delete(directory.resolve(POSTS));
    assertThat(migrations.run("deploy").outcome()).isEqualTo(RunOutcome.NEWER);
  }

  @Test
  void verbsWithoutAMeaningSayThat() {
    migrations.run("deploy");
    assertThat(migrations.run("downgrade", "target=-1").message()).contains("no down files");
    assertThat(migrations.run("seed").message()).contains("no seeds");
    MigrationReport created = migrations.run("create", "target=add_more");
    assertThat(created.message()).endsWith("_add_more/migration.sql.");
    assertThat(created.warnings()).anyMatch(note -> note.contains("--create-only"));
  }

  @Test
  void lintOnlyAdvisesAsNobodyMayEditTheFiles() {
    migrations.run("deploy");
    migrations.file(
        "20250103000000_type/migration.sql", "ALTER TABLE \"User\" ALTER COLUMN id TYPE bigint;");
    assertThat(migrations.run("lint").exitCode()).isEqualTo(16);
    MigrationReport deployed = migrations.run("deploy");
    assertThat(deployed.outcome()).isEqualTo(RunOutcome.MIGRATED);
    assertThat(deployed.warnings()).anyMatch(warning -> warning.startsWith("Lint would refuse"));
  }

  @Test
  void itKeepsToItsSchema() {
    migrations.file(
        "20250103000000_other/migration.sql",
        "CREATE SCHEMA other;\nCREATE TABLE other.t (id int);");
    MigrationReport deployed = migrations.run("deploy");
    assertThat(deployed.outcome()).isEqualTo(RunOutcome.REFUSED);
    assertThat(deployed.message()).startsWith("20250103000000_other/migration.sql line 1");
  }

  @Test
  void resetRunsThemAgain() {
    migrations.run("deploy");
    String name = migrations.database.value("SELECT current_database()");
    String asked = migrations.run("reset", "database=" + name).message();
    String token = asked.replaceFirst(".*--confirm (\\S+) .*", "$1");
    MigrationReport reset = migrations.run("reset", "database=" + name, "confirm=" + token);
    assertThat(reset.outcome()).as(reset.message()).isEqualTo(RunOutcome.MIGRATED);
    assertThat(reset.applied()).containsExactly(USERS, POSTS);
  }

  @Test
  void aFolderWithoutItsFileIsNamed() throws Exception {
    Files.createDirectory(directory.resolve("20250103000000_lost"));
    assertThat(migrations.run("deploy").message())
        .startsWith("There is no migration.sql in the folder 20250103000000_lost.");
  }

  private java.util.List<String> rows() {
    return migrations.database.rows(
        """
        SELECT migration_name, finished_at IS NOT NULL, rolled_back_at IS NOT NULL, logs, applied_steps_count
        FROM app._prisma_migrations
        ORDER BY started_at
        """);
  }
}
