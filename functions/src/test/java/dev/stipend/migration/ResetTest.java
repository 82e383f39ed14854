package dev.stipend.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.migration.report.MigrationReport;
import dev.stipend.support.TestServers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// reset takes what the set has made and nothing else, and only if it can be made again.
class ResetTest {
  @TempDir Path directory;
  private TestMigrations migrations;

  @BeforeEach
  void emptyDatabase() {
    migrations = new TestMigrations(TestServers.newDatabase(), directory);
  }

  @Test
  void anotherApplicationsTableAndAnExtensionInTheSameSchemaStay() {
    migrations.database.execute(
        """
        CREATE EXTENSION citext;
        CREATE TABLE of_another_app (id int PRIMARY KEY, mail citext);
        INSERT INTO of_another_app VALUES (1, 'a@example.com');
        """);
    migrations
        .file(
            "V1__goals.sql",
            """
            -- requires: extension citext
            CREATE TYPE mood AS ENUM ('good');
            CREATE TABLE goals (id serial PRIMARY KEY, owner citext UNIQUE, feels mood);
            CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
            CREATE TRIGGER touched BEFORE UPDATE ON goals FOR EACH ROW EXECUTE FUNCTION touch();
            """)
        .file("V2__index.sql", "CREATE INDEX CONCURRENTLY goals_feels ON goals (feels)")
        .file("R__report.sql", "CREATE OR REPLACE VIEW report AS SELECT owner FROM goals");
    migrations.run("stamp", "schema=public", "target=0");
    assertThat(migrations.run("deploy", "schema=public").isOk()).isTrue();
    migrations.database.execute("INSERT INTO goals (owner) VALUES ('b@example.com')");
    MigrationReport report = reset("schema=public");
    assertThat(report.outcome()).as(report.message()).isEqualTo(RunOutcome.MIGRATED);
    assertThat(report.applied()).containsExactly("1 goals", "2 index", "report");
    assertThat(report.warnings())
        .contains(
            "Left alone, since these migrations did not make it: table public.of_another_app.");
    assertThat(
            migrations.database.value(
                "SELECT mail FROM of_another_app WHERE mail = 'A@EXAMPLE.COM'"))
        .isEqualTo("a@example.com");
    assertThat(migrations.database.value("SELECT count(*) FROM goals")).isEqualTo("0");
    assertThat(migrations.run("verify", "schema=public").isOk()).isTrue();
    assertThat(migrations.run("status", "schema=public").isOk()).isTrue();
  }

  @Test
  void ofAHostsOwnTableOnlyWhatTheSetAddedIsTaken() {
    migrations.database.execute(
        """
        CREATE SCHEMA app;
        CREATE TABLE app.slots (id int PRIMARY KEY, name text);
        INSERT INTO app.slots VALUES (1, 'theirs');
        CREATE FUNCTION app.theirs() RETURNS int LANGUAGE sql AS 'SELECT 1';
        """);
    migrations
        .file(
            "V1__flags.sql",
            """
            -- requires: table slots
            ALTER TABLE slots ADD COLUMN must_keep boolean NOT NULL DEFAULT FALSE;
            ALTER TABLE slots ADD CONSTRAINT named CHECK (name <> '') NOT VALID;
            CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
            CREATE TRIGGER touched BEFORE UPDATE ON slots FOR EACH ROW EXECUTE FUNCTION touch();
            CREATE TABLE metrics (slot int REFERENCES slots (id));
            """)
        .file("V2__index.sql", "CREATE INDEX CONCURRENTLY slots_kept ON slots (must_keep)");
    migrations.run("stamp", "target=0");
    MigrationReport deployed = migrations.run("deploy");
    assertThat(deployed.isOk()).as(deployed.message()).isTrue();
    migrations.database.execute("UPDATE app.slots SET must_keep = TRUE");
    MigrationReport report = reset();
    assertThat(report.outcome()).as(report.message()).isEqualTo(RunOutcome.MIGRATED);
    assertThat(migrations.database.rows("SELECT id, name, must_keep FROM app.slots"))
        .containsExactly("1|theirs|f");
    assertThat(report.warnings())
        .contains(
            "Left alone, since these migrations did not make it: function app.theirs(), table"
                + " app.slots.");
  }

  @Test
  void whatOthersHaveMadeOfItIsNotTakenAlong() {
    migrations.tables(2);
    migrations.run("deploy");
    migrations.database.execute("INSERT INTO app.t1 VALUES (7)");
    for (String tie :
        List.of(
            "CREATE VIEW public.report AS SELECT id FROM app.t1|DROP VIEW public.report|view"
                + " public.report",
            "CREATE UNIQUE INDEX t1_id ON app.t1 (id); CREATE TABLE public.child (id int REFERENCES"
                + " app.t1 (id))|DROP TABLE public.child|table constraint child_id_fkey on"
                + " public.child",
            "CREATE VIEW app.v AS SELECT id FROM app.t2|DROP VIEW app.v|view app.v")) {
      String[] parts = tie.split("\\|", 3);
      migrations.database.execute(parts[0]);
      MigrationReport refused = reset();
      assertThat(refused.outcome()).as(refused.message()).isEqualTo(RunOutcome.REFUSED);
      assertThat(refused.message()).contains("did not make: " + parts[2]);
      assertThat(refused.warnings()).contains("Nothing was dropped.");
      assertThat(migrations.database.value("SELECT id FROM app.t1")).isEqualTo("7");
      migrations.database.execute(parts[1]);
    }
    assertThat(reset().outcome()).isEqualTo(RunOutcome.MIGRATED);
    assertThat(migrations.database.rows("SELECT id FROM app.t1")).isEmpty();
  }

  @Test
  void whatCouldNotBeMadeAgainIsNotDropped() {
    migrations.tables(2);
    migrations.run("deploy");
    migrations.database.execute("INSERT INTO app.t1 VALUES (7)");
    for (String broken :
        List.of(
            "SELECT 1/0;=>V002__create_t2.sql line 1: ERROR: division by zero",
            "-- requires: extension citext\n"
                + "CREATE TABLE app.t2 (id int);=>requires extension citext",
            "-- requires: table t0\nCREATE TABLE app.t2 (id int);=>requires table t0",
            "DROP TABLE IF EXISTS app.t9;=>V002__create_t2.sql:1 drop",
            "CREATE TABLE public.t2 (id int);=>would reach public.t2",
            "DO $$ BEGIN EXECUTE 'CREATE TABLE public.t' || '2 ()'; END $$;=>reach outside of"
                + " schema app, to public.t2",
            "COMMIT;=>V002__create_t2.sql")) {
      String[] parts = broken.split("=>", 2);
      migrations.file("V002__create_t2.sql", parts[0]);
      MigrationReport refused = reset();
      assertThat(refused.isOk()).isFalse();
      assertThat(refused.message()).as(parts[0]).contains(parts[1]);
      assertThat(refused.warnings()).contains("Nothing was dropped.");
      assertThat(migrations.database.value("SELECT id FROM app.t1")).isEqualTo("7");
      assertThat(migrations.run("current").message()).isEqualTo("002");
    }
  }

  /// An earlier release noted nothing; then a rehearsal tells what its migrations have made.
  @Test
  void whatAnEarlierReleaseMadeIsKnown() {
    migrations.tables(2);
    migrations.run("deploy");
    migrations.database.execute("ALTER TABLE app.migration_fingerprint DROP COLUMN made");
    migrations.database.execute("CREATE TABLE app.theirs (id int)");
    migrations.database.execute("INSERT INTO app.t1 VALUES (7)");
    assertThat(reset().outcome()).isEqualTo(RunOutcome.MIGRATED);
    assertThat(migrations.database.rows("SELECT id FROM app.t1")).isEmpty();
    assertThat(migrations.database.rows("SELECT id FROM app.theirs")).isEmpty();
    migrations.database.execute("INSERT INTO app.theirs VALUES (1)");
    assertThat(reset().isOk()).isTrue();
    assertThat(migrations.database.value("SELECT id FROM app.theirs")).isEqualTo("1");
  }

  /// A name that was ours once may be somebody else's now.
  @Test
  void whatTheSetTookAwayItselfIsNoLongerItsOwn() {
    migrations
        .tables(2)
        .file("V003__drop_t1.sql", "-- contract: nobody uses it\nDROP TABLE app.t1;")
        .file("U003__drop_t1.sql", "CREATE TABLE app.t1 (id int);");
    migrations.run("deploy");
    migrations.run("downgrade", "target=002");
    migrations.run("deploy");
    migrations.database.execute("CREATE TABLE app.t1 (theirs int)");
    MigrationReport refused = reset();
    assertThat(refused.message()).contains("relation \"t1\" already exists");
    assertThat(migrations.database.rows("SELECT theirs FROM app.t1")).isEmpty();
  }

  @Test
  void stipendsOwnTablesAreMadeAnewAndOnlyTheyAreTaken() {
    assertThat(migrations.core("deploy").isOk()).isTrue();
    migrations.database.execute("CREATE TABLE stipend.rubbish (id int)");
    migrations.database.execute("DELETE FROM stipend.model_prices");
    MigrationReport report = reset("core");
    assertThat(report.outcome()).as(report.message()).isEqualTo(RunOutcome.MIGRATED);
    assertThat(report.warnings())
        .contains("Left alone, since these migrations did not make it: table stipend.rubbish.");
    assertThat(migrations.database.rows("SELECT id FROM stipend.rubbish")).isEmpty();
    assertThat(migrations.database.value("SELECT count(*) > 10 FROM stipend.model_prices"))
        .isEqualTo("t");
    assertThat(migrations.core("status").isOk()).isTrue();
  }

  private MigrationReport reset(String... where) {
    List<String> arguments = new ArrayList<>(Arrays.asList(where));
    boolean core = arguments.remove("core");
    arguments.add("database=" + migrations.database.value("SELECT current_database()"));
    String asked = run(core, arguments).message();
    arguments.add("confirm=" + asked.replaceAll(".*--confirm (\\S+) .*", "$1"));
    return run(core, arguments);
  }

  private MigrationReport run(boolean core, List<String> arguments) {
    String[] all = arguments.toArray(String[]::new);
    return core ? migrations.core("reset", all) : migrations.run("reset", all);
  }
}
