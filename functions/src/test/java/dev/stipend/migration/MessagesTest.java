package dev.stipend.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.migration.drift.Difference;
import dev.stipend.migration.report.MigrationReport;
import dev.stipend.support.TestServers;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A message ends the search: it names what is in the way, where, and what to do.
class MessagesTest {
  @TempDir Path directory;
  private TestMigrations migrations = new TestMigrations("", Path.of(""));

  @BeforeEach
  void aSchemaWithUsersAndPosts() {
    migrations = new TestMigrations(TestServers.newDatabase(), directory);
    migrations.file(
        "V1__init_users.sql",
        "CREATE TABLE users (id bigint PRIMARY KEY); CREATE TABLE posts (author bigint, tag"
            + " uuid);");
    assertThat(migrations.run("deploy").isOk()).isTrue();
  }

  @Test
  void anOrphanIsNamedWithTheQueryForTheOthersAndTheWayAround() {
    migrations.database.execute("INSERT INTO app.posts VALUES (77)");
    assertThat(
            second(
                """
                -- lint:ignore constraint-not-valid it is small
                ALTER TABLE posts ADD CONSTRAINT posts_author FOREIGN KEY (author) REFERENCES users;
                """))
        .contains(
            "V2__change.sql line 2 failed",
            "\"posts_author\" (23503). Key (author)=(77) is not present in table \"users\".",
            "Statement: ALTER TABLE posts ADD CONSTRAINT posts_author FOREIGN KEY (author)"
                + " REFERENCES users.",
            "SELECT author FROM app.posts WHERE (author) IS NOT NULL EXCEPT SELECT id FROM"
                + " app.users finds all.",
            "NOT VALID, correct them, and VALIDATE CONSTRAINT posts_author in the next file");
    assertThat(
            migrations.database.rows(
                "SELECT author FROM app.posts WHERE (author) IS NOT NULL EXCEPT SELECT id FROM"
                    + " app.users"))
        .containsExactly("77");
  }

  @Test
  void typesThatDoNotFitAreNamedWithTheOneToTake() {
    assertThat(second("CREATE TABLE tags (id int, post uuid REFERENCES users (id));"))
        .contains(
            "\"post\" and \"id\" are of incompatible types: uuid and bigint.",
            "Give post the type bigint, as id has it, in this file or in one that runs before it.");
  }

  @Test
  void anEnumThatIsThereIsShownWithBothLists() {
    migrations.database.execute("CREATE TYPE app.mood AS ENUM ('sad', 'happy')");
    String sql = "CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');";
    assertThat(second(sql))
        .as("before anything runs")
        .contains("type mood was added", "V2__change.sql makes type mood, too", "--applied 2");
    assertThat(second(sql, "allowDrift"))
        .contains(
            "Type app.mood is there with labels sad, happy; the migration makes it with sad, ok,"
                + " happy.",
            "run resolve --applied 2");
  }

  @Test
  void anIndexThatIsThereIsShownWithItsTable() {
    migrations.database.execute("CREATE INDEX t_idx ON app.posts (tag)");
    assertThat(
            second(
                "-- lint:ignore index-not-concurrent small\nCREATE INDEX t_idx ON users (id);",
                "allowDrift"))
        .contains("V2__change.sql line 2 failed", "Index t_idx is there on table app.posts.");
  }

  @Test
  void aTableThatIsThereIsShownWithItsColumnsAndBothWaysOut() {
    migrations.database.execute("CREATE TABLE app.tags (id int, other text)");
    String sql = "CREATE TABLE early (id int);\nCREATE TABLE tags (id int);";
    assertThat(second(sql))
        .contains(
            "V2__change.sql makes table tags, too: if all that it makes is there and right, run"
                + " resolve --applied 2, else drop it.");
    assertThat(second(sql, "allowDrift"))
        .contains(
            "V2__change.sql line 2 failed: ERROR: relation \"tags\" already exists (42P07). It was"
                + " rolled back; what ran before it stays.",
            "app.tags is there with columns id, other.",
            "run resolve --applied 2, or stamp VERSION if a whole schema was made by hand; else"
                + " rename or drop what is in the way");
  }

  @Test
  void aTableThatIsGoneIsShownWithWhatHadMadeIt() {
    migrations.database.execute("DROP TABLE app.users");
    assertThat(second("CREATE TABLE tags (author bigint REFERENCES users (id));", "allowDrift"))
        .contains(
            "relation \"users\" does not exist",
            "V1__init_users.sql made it, and something other than migrations has dropped it");
  }

  @Test
  void aStatementIsShownWithoutItsTexts() {
    assertThat(second("SELECT 1 / 0, 'hunter2' -- really\n  AS secret;"))
        .endsWith("Statement: SELECT 1 / 0, '' AS secret.");
  }

  @Test
  void twoFilesOfOneVersionAreBothNamed() {
    migrations.file("V001__add_tags.sql", "CREATE TABLE tags (id int);");
    for (String verb : new String[] {"status", "deploy", "plan", "doctor", "lint", "history"}) {
      MigrationReport report = migrations.run(verb);
      assertThat(report.exitCode()).as(verb).isEqualTo(16);
      assertThat(report.message())
          .contains(
              "V001__add_tags.sql and V1__init_users.sql have the same version. Rename the one that"
                  + " has run nowhere yet");
    }
  }

  @Test
  void namesThatAreNoMigrationsAreListedWithWhatTheyWouldBe() {
    TestMigrations others = new TestMigrations(TestServers.newDatabase(), directory.resolve("x"));
    assertThat(directory.resolve("x").toFile().mkdir()).isTrue();
    others.file("slots_flags.sql", "SELECT 1;").file("notes.sql", "SELECT 1;");
    MigrationReport report = others.run("status");
    assertThat(report.exitCode()).isEqualTo(35);
    assertThat(report.message())
        .contains(
            "notes.sql, slots_flags.sql in no order that is known",
            "V1__name.sql with U1__name.sql (Flyway)",
            "001_name.sql");
  }

  @Test
  void whatWasDroppedByHandCanCountAsNotApplied() {
    migrations.file("V2__add_tags.sql", "CREATE TABLE tags (id int PRIMARY KEY, n serial);");
    migrations.run("deploy");
    MigrationReport refused = migrations.run("resolve", "rolledBack=2");
    assertThat(refused.exitCode()).isEqualTo(3);
    assertThat(refused.message())
        .contains(
            "2 add tags is applied, and tags of it is there. Undo it with downgrade; or drop");
    migrations.database.execute("DROP TABLE app.tags");
    assertThat(migrations.run("resolve", "rolledBack=2").message())
        .contains("nothing of what it made is there. The next deploy runs it.");
    assertThat(migrations.run("status").message())
        .isEqualTo("1 migration is pending; the schema is at version 1; run deploy.");
    MigrationReport again = migrations.run("deploy");
    assertThat(again.isOk()).as(again.message()).isTrue();
    assertThat(migrations.database.value("SELECT count(*) FROM app.tags")).isEqualTo("0");
  }

  @Test
  void whatWasMadeByHandAndCountsAsAppliedIsNoDrift() {
    migrations.database.execute("CREATE TABLE app.tags (id serial PRIMARY KEY)");
    migrations.database.execute("CREATE TABLE app.stranger (id int)");
    assertThat(second("CREATE TABLE tags (id serial PRIMARY KEY);")).contains("--applied 2");
    assertThat(migrations.run("resolve", "applied=2").isOk()).isTrue();
    assertThat(migrations.run("status").differences())
        .extracting(Difference::object)
        .containsExactly("table stranger");
  }

  @Test
  void aSchemaWithoutAHistoryIsToldTheVersionThatFits() {
    TestMigrations others = new TestMigrations(TestServers.newDatabase(), directory);
    others.file("V2__add_tags.sql", "CREATE TABLE tags (id int);");
    others.file("V3__add_name.sql", "ALTER TABLE tags ADD COLUMN name text;");
    others.file("V4__add_more.sql", "CREATE TABLE app.more (id int);");
    others.database.execute(
        "CREATE SCHEMA app; CREATE TABLE app.users (id bigint PRIMARY KEY); CREATE TABLE app.posts"
            + " (author bigint, tag uuid); CREATE TABLE app.tags (id int, name text)");
    assertThat(others.run("deploy").message())
        .contains(
            "By its tables and columns the schema is at version 3: stamp 3 compares the rest");
    assertThat(others.run("stamp", "target=3").isOk()).isTrue();
    assertThat(others.run("deploy").message())
        .isEqualTo("1 migration applied; the schema is at version 4.");
  }

  @Test
  void anOlderOneThatWasDroppedByHandRunsAgain() {
    migrations.file("V2__add_tags.sql", "CREATE TABLE tags (id int);");
    migrations.file("V3__add_more.sql", "ALTER TABLE users ADD COLUMN name text;");
    migrations.run("deploy");
    assertThat(migrations.run("resolve", "rolledBack=3").message())
        .contains("its file does not tell what to look for");
    migrations.database.execute("DROP TABLE app.tags");
    assertThat(migrations.run("resolve", "rolledBack=2").message())
        .contains("The next deploy runs it.");
    MigrationReport again = migrations.run("deploy");
    assertThat(again.isOk()).as(again.message()).isTrue();
  }

  @Test
  void noVersionIsSaidInWords() {
    migrations.file("U1__init_users.sql", "DROP TABLE posts; DROP TABLE users;");
    assertThat(migrations.run("downgrade", "target=-1").message())
        .isEqualTo("1 migration undone; the schema is at no version.");
    assertThat(migrations.run("status").message())
        .isEqualTo("1 migration is pending; the schema is at no version; run deploy.");
  }

  @Test
  void everyNewMigrationHasAVersionOfItsOwn() {
    String first = migrations.run("create", "target=add one").message();
    String second = migrations.run("create", "target=add two").message();
    assertThat(first.replaceFirst(".*/V(\\d+)__.*", "$1"))
        .isLessThan(second.replaceFirst(".*/V(\\d+)__.*", "$1"));
    assertThat(migrations.run("status").message()).startsWith("2 migrations are pending");
  }

  @Test
  void newNamesAreInLatinLettersAndRemarkedUponIfTheyBeginInAnotherWay() {
    assertThat(migrations.run("create", "target=Añadir Descripción").warnings())
        .containsExactly(
            "anadir is none of the words that names usually begin with: init, add, create, update,"
                + " remove, fix, migrate, optimize.");
    MigrationReport fine = migrations.run("create", "target=fix Straße in Łódź");
    assertThat(fine.message()).contains("__fix_strasse_in_lodz.sql");
    assertThat(fine.warnings()).isEmpty();
    assertThat(migrations.run("create", "target=Описание").exitCode()).isEqualTo(2);
  }

  private String second(String sql, String... arguments) {
    migrations.file("V2__change.sql", sql);
    return migrations.run("deploy", arguments).message();
  }
}
