package dev.stipend.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.migration.check.MigrationProblem;
import dev.stipend.migration.report.MigrationReport;
import dev.stipend.support.TestServers;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the verbs that only look need, and that none of them calls a schema sound that is not.
class LookingTest {
  @TempDir Path directory;
  private TestMigrations migrations;

  @BeforeEach
  void emptyDatabase() {
    migrations = new TestMigrations(TestServers.newDatabase(), directory);
  }

  @Test
  void whatIsNotMigratedOrNotCompleteIsNotSound() {
    migrations.tables(2);
    MigrationReport nothing = migrations.run("verify");
    assertThat(nothing.exitCode()).isEqualTo(10);
    assertThat(nothing.message()).isEqualTo("Nothing is migrated in schema app; run deploy.");
    assertThat(migrations.core("verify").exitCode()).isEqualTo(10);
    migrations.run("upgrade", "target=001");
    MigrationReport half = migrations.run("verify");
    assertThat(half.exitCode()).isEqualTo(10);
    assertThat(half.message()).startsWith("The schema is not complete: 1 migration is pending");
    migrations.run("deploy");
    MigrationReport sound = migrations.run("verify");
    assertThat(sound.message())
        .isEqualTo("The schema is sound: 2 tables, 0 foreign keys, 0 indexes; 0 remarks.");
    assertThat(sound.tables()).containsExactly("t1", "t2");
  }

  @Test
  void whatIsGoneOrAnotherSinceTheLastRunIsNamed() {
    migrations.file(
        "V1__t.sql",
        """
        CREATE TABLE a (id int PRIMARY KEY);
        CREATE TABLE b (id int PRIMARY KEY, a int REFERENCES a (id), n text CHECK (n <> ''));
        CREATE INDEX b_a ON b (a);
        CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';
        CREATE TYPE mood AS ENUM ('good');
        """);
    migrations.run("deploy");
    assertThat(migrations.run("verify").isOk()).isTrue();
    migrations.database.execute("ALTER TABLE app.b DROP CONSTRAINT b_a_fkey");
    MigrationReport key = migrations.run("verify");
    assertThat(key.exitCode()).isEqualTo(14);
    assertThat(key.message()).isEqualTo("foreign key b_a_fkey of app.b is missing");
    migrations.database.execute(
        """
        ALTER TABLE app.b DROP CONSTRAINT b_n_check;
        ALTER TABLE app.b ALTER COLUMN n SET DEFAULT 'x';
        DROP INDEX app.b_a;
        DROP FUNCTION app.f();
        DROP TYPE app.mood;
        """);
    assertThat(migrations.run("verify").message())
        .contains(
            "constraint b_n_check of app.b is missing",
            "column b.n was changed; was: text; is: text DEFAULT 'x'::text",
            "index app.b_a is missing",
            "function f() is missing",
            "type mood is missing");
  }

  @Test
  void doctorKnowsWhatThePendingFilesNeed() {
    migrations
        .file("V1__a.sql", "-- requires: table turns\n-- requires: extension citext\nSELECT 1")
        .file("V2__b.sql", "-- requires: table slots\nSELECT 1");
    MigrationReport missing = migrations.run("doctor");
    assertThat(missing.exitCode()).isEqualTo(38);
    assertThat(missing.problems())
        .extracting(MigrationProblem::cause)
        .containsExactly(
            "V1__a.sql requires table turns, which does not exist in schema app.",
            "V1__a.sql requires extension citext, which the server has and this database does not.",
            "V2__b.sql requires table slots, which does not exist in schema app.");
    assertThat(migrations.run("deploy").problems()).hasSize(3);
    migrations.file("V1__a.sql", "CREATE EXTENSION no_such_thing").file("V2__b.sql", "SELECT 1");
    MigrationReport extension = migrations.run("doctor");
    assertThat(extension.exitCode()).isEqualTo(34);
    migrations.file("V1__a.sql", "SELECT 1");
    assertThat(migrations.run("doctor").message())
        .isEqualTo(
            "Everything that migrations need is in place. 2 migrations are pending; run deploy.");
    migrations.run("deploy");
    assertThat(migrations.run("doctor").message())
        .isEqualTo("Everything that migrations need is in place.");
  }

  @Test
  void aRoleThatOnlyReadsMayLook() {
    migrations.tables(2);
    String name = migrations.database.value("SELECT current_database()");
    String role = "reader_" + name;
    migrations.database.execute("CREATE ROLE %s LOGIN PASSWORD 'x'".formatted(role));
    migrations.database.execute(
        "ALTER ROLE %s SET default_transaction_read_only = on".formatted(role));
    TestMigrations reader =
        new TestMigrations(
            migrations.database.url().replace("postgres:postgres@", role + ":x@"), directory);
    assertThat(reader.run("status").exitCode()).isEqualTo(10);
    migrations.run("upgrade", "target=001");
    MigrationReport closed = reader.run("status");
    assertThat(closed.exitCode()).isEqualTo(31);
    assertThat(closed.message()).contains("GRANT USAGE ON SCHEMA app TO " + role);
    migrations.database.execute("GRANT USAGE ON SCHEMA app TO " + role);
    assertThat(reader.run("status").message())
        .contains(
            "GRANT SELECT ON app.flyway_schema_history TO %s; GRANT SELECT ON".formatted(role));
    migrations.database.execute(
        "GRANT SELECT ON app.flyway_schema_history, app.migration_fingerprint TO " + role);
    MigrationReport status = reader.run("status");
    assertThat(status.exitCode()).as(status.message()).isEqualTo(10);
    assertThat(status.pending()).containsExactly("002 create t2");
    for (String verb : new String[] {"current", "history", "plan", "lint", "diff"}) {
      MigrationReport report = reader.run(verb);
      assertThat(report.isOk()).as(verb + ": " + report.message()).isTrue();
    }
    assertThat(reader.run("verify").exitCode()).isEqualTo(10);
    assertThat(reader.run("deploy").exitCode()).isEqualTo(29);
    assertThat(reader.run("doctor").exitCode()).as("it is for deploy").isEqualTo(29);
    assertThat(status.database()).contains(name);
    assertThat(status.host()).hasValueSatisfying(host -> assertThat(host).startsWith("127.0.0.1:"));
    assertThat(status.schema()).isEqualTo("app");
  }

  @Test
  void theSameSetInTwoSchemasIsNoProblemIfItIsSaidWhichIsMeant() {
    migrations.file("V1__t.sql", "CREATE TABLE t (id int)");
    migrations.run("deploy", "schema=live");
    assertThat(migrations.run("deploy", "schema=staging").isOk()).isTrue();
    assertThat(migrations.run("status", "schema=live").isOk()).isTrue();
    MigrationReport unsaid = migrations.core("deploy", "set=" + directory);
    assertThat(unsaid.exitCode()).isEqualTo(33);
    assertThat(unsaid.message())
        .contains("--schema live or --schema public")
        .doesNotContainIgnoringCase("drop");
    assertThat(migrations.core("deploy", "set=" + directory, "schema=public").isOk()).isTrue();
  }

  @Test
  void aFailureNamesWhatTheDatabaseSaysInFull() {
    migrations.file(
        "V1__t.sql",
        """
        CREATE TABLE users (mail text);
        INSERT INTO users VALUES ('a@example.com'), ('a@example.com');
        CREATE UNIQUE INDEX users_mail ON users (mail);
        """);
    assertThat(migrations.run("deploy").message())
        .isEqualTo(
            "V1__t.sql line 3 failed: ERROR: could not create unique index \"users_mail\" (23505)."
                + " Key (mail)=(a@example.com) is duplicated. SELECT mail, count(*) FROM app.users"
                + " GROUP BY mail HAVING count(*) > 1 finds all. It was rolled back; what ran"
                + " before it stays. Statement: CREATE UNIQUE INDEX users_mail ON users (mail).");
  }
}
