package dev.stipend.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.migration.report.MigrationReport;
import dev.stipend.support.TestServers;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// stamp lets a schema count as migrated only if it is what the migrations make.
class StampTest {
  private static final String REAL =
      """
      CREATE TYPE app.role AS ENUM ('owner', 'guest');
      CREATE TABLE app.users (id uuid PRIMARY KEY, mail text NOT NULL UNIQUE, role app.role DEFAULT 'guest');
      CREATE TABLE app.courses (id serial PRIMARY KEY, owner uuid REFERENCES app.users (id));
      CREATE INDEX courses_owner ON app.courses (owner);
      CREATE FUNCTION app.count() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM app.users';
      """;

  @TempDir Path directory;
  private TestMigrations migrations;

  @BeforeEach
  void aSetAndASchema() {
    migrations =
        new TestMigrations(TestServers.newDatabase(), directory)
            .file("V1__real.sql", REAL)
            .file("V2__index.sql", "CREATE INDEX CONCURRENTLY users_role ON app.users (role)")
            .file("V3__more.sql", "CREATE TABLE app.more (id int)");
    migrations.database.execute("CREATE SCHEMA app");
  }

  @Test
  void aTableThatOnlyHasTheNameIsNoMigration() {
    migrations.database.execute("CREATE TABLE app.users (id int, note text)");
    migrations.database.execute("INSERT INTO app.users VALUES (7)");
    MigrationReport refused = migrations.run("stamp", "target=2");
    assertThat(refused.exitCode()).isEqualTo(3);
    assertThat(refused.message())
        .startsWith("The schema is not what these migrations make: ")
        .contains(
            "column users.id is integer, and they make it uuid NOT NULL",
            "column users.mail is missing",
            "table courses is missing",
            "type role is missing",
            "Nothing was stamped")
        .contains("--unchecked");
    assertThat(migrations.run("deploy").exitCode()).as("there is no history yet").isEqualTo(33);
    assertThat(migrations.database.value("SELECT id FROM app.users")).isEqualTo("7");
    MigrationReport unchecked = migrations.run("stamp", "target=2", "unchecked");
    assertThat(unchecked.applied()).containsExactly("1 real", "2 index");
  }

  @Test
  void whatIsSaidToBeAppliedBeginsAHistory() {
    migrations.database.execute(REAL);
    assertThat(migrations.run("deploy").exitCode()).isEqualTo(33);
    MigrationReport resolved = migrations.run("resolve", "applied=1");
    assertThat(resolved.exitCode()).as(resolved.message()).isZero();
    assertThat(migrations.run("deploy").applied()).containsExactly("2 index", "3 more");
  }

  @Test
  void whatIsSaidToBeAppliedIsCompared() {
    migrations.database.execute("CREATE TABLE app.users (id int, note text)");
    MigrationReport wrong = migrations.run("resolve", "applied=1");
    assertThat(wrong.exitCode()).isEqualTo(3);
    assertThat(wrong.message())
        .startsWith("The schema is not what V1__real.sql makes: ")
        .contains("column users.id is integer, and they make it uuid NOT NULL", "--unchecked");
    migrations.database.execute("DROP TABLE app.users");
    assertThat(migrations.run("resolve", "applied=1").message())
        .contains("table users is missing", "Nothing was recorded");
    assertThat(migrations.run("resolve", "applied=1", "unchecked").applied())
        .containsExactly("1 real");
    migrations.database.execute(REAL);
    assertThat(migrations.run("deploy").applied()).containsExactly("2 index", "3 more");
  }

  @Test
  void onlyItsOwnWorkIsComparedAndWhatIsOlderIsNamed() {
    migrations
        .file("V4__late.sql", "CREATE TABLE app.late (id int)")
        .file("V5__data.sql", "DELETE FROM app.late");
    assertThat(migrations.run("deploy", "target=2").isOk()).isTrue();
    migrations.database.execute("CREATE TABLE app.late (id int, extra int)");
    MigrationReport late = migrations.run("resolve", "applied=4");
    assertThat(late.exitCode()).as(late.message()).isZero();
    assertThat(late.message())
        .isEqualTo("4 late counts as applied; it was not run, and the schema has what it makes.");
    assertThat(late.warnings())
        .containsExactly(
            "Also there, and not made by these migrations: column late.extra.",
            "Older and not applied: 3 more. deploy runs that only with --out-of-order; run resolve"
                + " --applied for what is there, too.");
    assertThat(migrations.run("resolve", "applied=5").message())
        .endsWith("it was not run, and it makes nothing to compare.");
    assertThat(migrations.run("deploy", "outOfOrder").applied()).containsExactly("3 more");
    MigrationReport reset = migrations.run("reset", "database=" + name());
    MigrationReport anew =
        migrations.run("reset", "database=" + name(), "confirm=" + token(reset.message()));
    assertThat(anew.exitCode()).as(anew.message()).isZero();
  }

  private String name() {
    return migrations.database.value("SELECT current_database()");
  }

  private static String token(String message) {
    return message.replaceFirst(".*--confirm (\\w+).*", "$1");
  }

  @Test
  void everyKindOfDifferenceIsNamed() {
    migrations.database.execute(REAL);
    migrations.database.execute("CREATE INDEX users_role ON app.users (role)");
    for (String change :
        List.of(
            "ALTER TABLE app.users ALTER COLUMN mail DROP NOT NULL|ALTER TABLE app.users ALTER"
                + " COLUMN mail SET NOT NULL|column users.mail is text, and they make it text NOT"
                + " NULL",
            "ALTER TABLE app.courses DROP CONSTRAINT courses_owner_fkey|ALTER TABLE app.courses ADD"
                + " FOREIGN KEY (owner) REFERENCES app.users (id)|constraint"
                + " courses.courses_owner_fkey is missing",
            "DROP INDEX app.courses_owner|CREATE INDEX courses_owner ON app.courses (owner)|index"
                + " courses_owner is missing",
            "DROP INDEX app.users_role|CREATE INDEX users_role ON app.users (role)|index users_role"
                + " is missing",
            "ALTER TYPE app.role RENAME VALUE 'guest' TO 'friend'|ALTER TYPE app.role RENAME VALUE"
                + " 'friend' TO 'guest'|type role is owner, friend, and they make it owner, guest",
            "CREATE OR REPLACE FUNCTION app.count() RETURNS bigint LANGUAGE sql AS 'SELECT"
                + " 1'|CREATE OR REPLACE FUNCTION app.count() RETURNS bigint LANGUAGE sql AS"
                + " 'SELECT count(*) FROM app.users'|function count() is different")) {
      String[] parts = change.split("\\|", 3);
      migrations.database.execute(parts[0]);
      MigrationReport refused = migrations.run("stamp", "target=2");
      assertThat(refused.exitCode()).as(change).isEqualTo(3);
      assertThat(refused.message()).contains(parts[2]);
      migrations.database.execute(parts[1]);
    }
    migrations.database.execute("ALTER TABLE app.users ADD COLUMN theirs int");
    MigrationReport stamped = migrations.run("stamp", "target=2");
    assertThat(stamped.applied()).as(stamped.message()).containsExactly("1 real", "2 index");
    assertThat(stamped.message())
        .isEqualTo(
            "2 migrations count as applied; none was run, and the schema is what they make.");
    assertThat(stamped.warnings())
        .containsExactly("Also there, and not made by these migrations: column users.theirs.");
    assertThat(migrations.run("deploy").applied()).containsExactly("3 more");
    assertThat(migrations.run("verify").isOk()).isTrue();
  }

  @Test
  void whatTheMigrationsDropMustBeGone() {
    migrations
        .file("V4__mail.sql", "ALTER TABLE app.users DROP CONSTRAINT users_mail_key")
        .file("V5__unused.sql", "DROP INDEX IF EXISTS app.courses_owner")
        .file("V6__old.sql", "DROP FUNCTION app.count();\nALTER TABLE app.users DROP COLUMN role");
    migrations.database.execute(REAL + "CREATE TABLE app.more (id int)");
    MigrationReport refused = migrations.run("stamp", "target=6");
    assertThat(refused.exitCode()).as(refused.message()).isEqualTo(3);
    assertThat(refused.message())
        .contains(
            "constraint users.users_mail_key is still there, and they drop it",
            "column users.role is still there, and they drop it",
            "function count() is still there, and they drop it",
            "index courses_owner is still there, and they drop it");
    migrations.database.execute(
        "ALTER TABLE app.users DROP CONSTRAINT users_mail_key, DROP COLUMN role;"
            + " DROP INDEX app.courses_owner; DROP FUNCTION app.count()");
    assertThat(migrations.run("stamp", "target=6").message())
        .startsWith("6 migrations count as applied");
  }

  @Test
  void theSchemaStandsAsideForNobodyElse() throws Exception {
    migrations.database.execute(REAL);
    migrations.database.execute("CREATE INDEX users_role ON app.users (role)");
    try (java.sql.Connection other = migrations.database.connect()) {
      other.setAutoCommit(false);
      // Somebody works with every table; a rehearsal that locked one of them would not end well.
      other.createStatement().execute("LOCK TABLE app.users, app.courses IN ROW EXCLUSIVE MODE");
      assertThat(migrations.run("stamp", "target=2").isOk()).isTrue();
      other.commit();
    }
    assertThat(migrations.database.rows("SELECT 1 FROM pg_namespace WHERE nspname LIKE '%aside%'"))
        .isEmpty();
  }

  @Test
  void anExtensionThatLivesInTheSameSchemaIsFound() {
    String sql =
        "CREATE TABLE people (mail citext UNIQUE); CREATE INDEX people_mail ON people (mail)";
    migrations
        .file("V1__real.sql", sql)
        .file("V2__index.sql", "SELECT 1")
        .file("V3__more.sql", "SELECT 1");
    migrations.database.execute("CREATE EXTENSION citext");
    migrations.database.execute(sql);
    MigrationReport stamped = migrations.run("stamp", "schema=public", "target=head");
    assertThat(stamped.isOk()).as(stamped.message()).isTrue();
    assertThat(migrations.run("status", "schema=public").isOk()).isTrue();
  }

  @Test
  void noneNeedsNothingToBeThere() {
    migrations.database.execute("DROP SCHEMA app");
    assertThat(migrations.run("stamp", "target=base").isOk()).isTrue();
    assertThat(migrations.run("stamp", "target=3").exitCode()).isEqualTo(3);
    assertThat(migrations.run("deploy").isOk()).isTrue();
  }
}
