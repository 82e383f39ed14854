package dev.stipend.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.migration.check.MigrationProblem;
import dev.stipend.migration.drift.Fingerprint;
import dev.stipend.migration.report.MigrationReport;
import dev.stipend.support.TestServers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A set changes its own schema, and nobody else's. In `public` there is another application; an
/// extension that everybody uses lives there, too, so that names could fall through.
class BoundaryTest {
  private static final String PROMPT = "schema=prompt";
  private static final String SHARED = TestServers.newDatabase();
  private static int schemas;

  @TempDir Path directory;
  private TestMigrations migrations;

  @BeforeEach
  void anotherApplicationInPublic(TestInfo test) {
    boolean alone = test.getTestMethod().orElseThrow().getParameterCount() == 0;
    migrations = new TestMigrations(alone ? TestServers.newDatabase() : SHARED, directory);
    if (alone || ++schemas == 1) {
      makeTheirs();
    }
  }

  private void makeTheirs() {
    migrations.database.execute(
        """
        CREATE EXTENSION citext;
        CREATE TYPE mood AS ENUM ('well', 'ill');
        CREATE TABLE slots (id serial PRIMARY KEY, name text, feels mood DEFAULT 'well');
        INSERT INTO slots (name) VALUES ('theirs');
        CREATE VIEW report AS SELECT name FROM slots;
        CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
        CREATE FUNCTION answer() RETURNS int LANGUAGE sql AS 'SELECT 42';
        CREATE SCHEMA other;
        CREATE TABLE other.notes (id int);
        """);
  }

  /// Each is seen in the files, so that not even the migration before it has run.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ALTER TABLE slots ADD COLUMN must_keep boolean NOT NULL DEFAULT FALSE",
        "ALTER TABLE IF EXISTS slots ADD COLUMN min_chars int",
        "DROP TABLE IF EXISTS mine, slots CASCADE",
        "DROP VIEW report",
        "DROP TYPE IF EXISTS mood CASCADE",
        "ALTER TYPE mood ADD VALUE 'tired'",
        "DROP FUNCTION IF EXISTS answer()",
        "ALTER FUNCTION answer() COST 7",
        "CREATE INDEX slots_name ON slots (name)",
        "CREATE INDEX CONCURRENTLY slots_name ON slots (name)",
        "CREATE TRIGGER t BEFORE INSERT ON slots FOR EACH ROW EXECUTE FUNCTION touch()",
        "CREATE TRIGGER t BEFORE INSERT ON mine FOR EACH ROW EXECUTE FUNCTION touch()",
        "ALTER SEQUENCE slots_id_seq RESTART WITH 100",
        "INSERT INTO slots (name) VALUES ('ours')",
        "UPDATE slots SET name = 'ours' WHERE id = 1",
        "DELETE FROM slots WHERE id = 1",
        "DELETE FROM mine USING slots WHERE mine.id = slots.id",
        "TRUNCATE mine, slots",
        "LOCK TABLE slots",
        "COMMENT ON TABLE slots IS 'ours'",
        "COMMENT ON COLUMN slots.name IS 'ours'",
        "GRANT SELECT ON slots TO PUBLIC",
        "GRANT USAGE ON SCHEMA other TO PUBLIC",
        "CREATE TABLE child (id int REFERENCES slots (id))",
        "CREATE TABLE child (id int REFERENCES public.slots (id))",
        "CREATE TABLE copied AS SELECT * FROM mine m JOIN slots s ON s.id = m.id",
        "CREATE VIEW v AS SELECT name FROM slots",
        "CREATE TABLE part () INHERITS (slots)",
        "WITH s AS (SELECT * FROM slots) INSERT INTO mine SELECT id FROM s",
        "DO $$ BEGIN ALTER TABLE slots ADD COLUMN x int; EXCEPTION WHEN OTHERS THEN NULL; END $$",
        "DO $$ BEGIN EXECUTE $q$ DROP TABLE IF EXISTS slots CASCADE $q$; END $$",
        "ALTER TABLE public.slots ADD COLUMN x int",
        "ALTER TABLE \"public\".\"slots\" ADD COLUMN x int",
        "CREATE TABLE public.more (id int)",
        "CREATE TABLE other.more (id int)",
        "INSERT INTO mine SELECT id FROM other.notes",
        "SELECT public.answer()",
        "ALTER TABLE mine SET SCHEMA public",
        "CREATE SCHEMA third",
        "DROP SCHEMA other CASCADE",
        "DROP EXTENSION citext CASCADE",
        "CREATE EXTENSION pg_trgm SCHEMA other",
        "SET LOCAL search_path = other",
        "ALTER DATABASE postgres SET work_mem = '5MB'",
        "DROP OWNED BY postgres CASCADE",
      })
  void whatIsSomebodyElsesIsSeenInTheFilesBeforeAnythingRuns(String sql) throws SQLException {
    String schema = "prompt" + schemas;
    Fingerprint others = others();
    migrations
        .file("V1__mine.sql", "CREATE TABLE mine (id int, address citext)")
        .file("V2__theirs.sql", "-- contract: nobody uses it\n" + sql);
    MigrationReport report = migrations.run("deploy", "schema=" + schema);
    assertThat(report.outcome()).as(report.message()).isEqualTo(RunOutcome.REFUSED);
    assertThat(report.exitCode()).isEqualTo(3);
    assertThat(report.message())
        .contains("V2__theirs.sql line 2 would reach", "a set keeps to its own schema");
    assertThat(
            migrations.database.rows(
                "SELECT 1 FROM pg_namespace WHERE nspname = '%s'".formatted(schema)))
        .isEmpty();
    assertThat(others()).isEqualTo(others);
    assertThat(migrations.database.value("SELECT name FROM public.slots")).isEqualTo("theirs");
  }

  /// Words do not tell these; the migration is rolled back when it has run.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "DO $$ BEGIN EXECUTE 'ALTER TABLE sl' || 'ots ADD COLUMN x int'; END $$",
        "DO $$ BEGIN EXECUTE 'DROP TYPE mo' || 'od CASCADE'; END $$",
        "DO $$ BEGIN EXECUTE 'DROP FUNCTION ans' || 'wer()'; END $$",
        "DO $$ BEGIN EXECUTE 'ALTER FUNCTION ans' || 'wer() COST 7'; EXCEPTION WHEN OTHERS THEN"
            + " NULL; END $$",
        "DO $$ BEGIN EXECUTE 'CREATE TABLE public.m' || 'ore (id int)'; END $$",
        "SELECT nextval('slots_id_seq')",
        "CREATE TABLE child (id int DEFAULT nextval('slots_id_seq'))",
        "CREATE TABLE child (id int, feels mood)",
        "CREATE TABLE child (id int, answer int DEFAULT answer())",
        "CREATE FUNCTION f() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM slots'",
        "CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN DELETE FROM slots; END $$;"
            + " SELECT f()",
        "CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN DELETE FROM other.notes;"
            + " END $$; SELECT f()",
      })
  void whatWordsDoNotTellIsRolledBack(String sql) throws SQLException {
    String schema = "prompt" + schemas;
    Fingerprint others = others();
    migrations
        .file("V1__mine.sql", "CREATE TABLE mine (id int, address citext)")
        .file("V2__theirs.sql", sql);
    MigrationReport report = migrations.run("deploy", "schema=" + schema);
    assertThat(report.outcome()).as(report.message()).isEqualTo(RunOutcome.MIGRATION_FAILED);
    assertThat(report.message())
        .contains("V2__theirs.sql reached outside of schema " + schema, "It was rolled back");
    assertThat(report.applied()).containsExactly("1 mine");
    assertThat(others()).isEqualTo(others);
    assertThat(migrations.database.value("SELECT name FROM public.slots")).isEqualTo("theirs");
    assertThat(migrations.run("status", "schema=" + schema).pending()).containsExactly("2 theirs");
  }

  @Test
  void aRequirementIsLookedUpInTheSchemaOfTheSetAlone() throws SQLException {
    Fingerprint others = others();
    migrations.file(
        "V20250220__slots_flags.sql",
        """
        -- requires: table slots
        ALTER TABLE slots ADD COLUMN must_keep boolean NOT NULL DEFAULT FALSE;
        """);
    migrations.file("V20250222__more.sql", "-- requires: table public.slots\nSELECT 1;");
    MigrationReport report = migrations.run("deploy", PROMPT);
    assertThat(report.isOk()).isFalse();
    assertThat(report.problems())
        .extracting(MigrationProblem::sentence)
        .anySatisfy(
            each ->
                assertThat(each)
                    .startsWith(
                        "V20250220__slots_flags.sql requires table slots, which does not exist in"
                            + " schema prompt."))
        .anySatisfy(
            each ->
                assertThat(each)
                    .contains("requires table public.slots, which this set cannot use"));
    assertThat(others()).isEqualTo(others);
    migrations.file("V20250222__more.sql", "SELECT 1;");
    migrations.file("V20250221__only_needs.sql", "-- requires: table slots\nSELECT 1;");
    migrations.file("V20250220__slots_flags.sql", "SELECT 1;");
    assertThat(migrations.run("deploy", PROMPT).exitCode()).isEqualTo(38);
    migrations.database.execute("CREATE SCHEMA prompt");
    migrations.database.execute("CREATE TABLE prompt.slots (id int)");
    assertThat(migrations.run("deploy", PROMPT).exitCode()).as("it is the host's").isEqualTo(33);
    migrations.run("stamp", PROMPT, "target=0");
    assertThat(migrations.run("deploy", PROMPT).outcome()).isEqualTo(RunOutcome.MIGRATED);
  }

  @Test
  void whatTheSetMakesFirstMayHaveANameThatOthersHave() throws SQLException {
    Fingerprint others = others();
    migrations
        .file(
            "V1__own.sql",
            """
            CREATE TYPE mood AS ENUM ('good');
            CREATE TABLE slots (id serial PRIMARY KEY, mail citext UNIQUE, feels mood DEFAULT 'good');
            CREATE OR REPLACE FUNCTION answer() RETURNS int LANGUAGE sql AS 'SELECT 43';
            CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
            CREATE TRIGGER touched BEFORE UPDATE ON slots FOR EACH ROW EXECUTE FUNCTION touch();
            CREATE VIEW report AS WITH notes AS (SELECT mail FROM slots) SELECT mail FROM notes;
            INSERT INTO slots (mail) VALUES ('A@example.com');
            SELECT answer();
            """)
        .file(
            "U1__own.sql",
            "DROP VIEW report; DROP TABLE slots; DROP FUNCTION touch();"
                + " DROP FUNCTION answer(); DROP TYPE mood;")
        .file("V2__index.sql", "CREATE INDEX CONCURRENTLY slots_feels ON slots (feels)")
        .file("U2__index.sql", "DROP INDEX slots_feels");
    for (String schema : List.of(PROMPT, "schema=staging")) {
      MigrationReport report = migrations.run("deploy", schema);
      assertThat(report.outcome()).as(report.message()).isEqualTo(RunOutcome.MIGRATED);
    }
    assertThat(
            migrations.database.value(
                "SELECT count(*) FROM prompt.slots WHERE mail = 'a@EXAMPLE.com'"))
        .isEqualTo("1");
    MigrationReport undone = migrations.run("downgrade", PROMPT, "target=base");
    assertThat(undone.isOk()).as(undone.message()).isTrue();
    assertThat(migrations.run("status", "schema=staging").isOk()).isTrue();
    assertThat(migrations.run("verify", "schema=staging").isOk()).isTrue();
    assertThat(others()).isEqualTo(others);
  }

  @Test
  void whatUndoesAMigrationKeepsToTheSchemaToo() throws SQLException {
    Fingerprint others = others();
    migrations
        .file("V1__one.sql", "CREATE TABLE notes (id int, mail citext)")
        .file("U1__one.sql", "DROP TABLE notes; DROP TABLE IF EXISTS slots CASCADE")
        .file("V2__two.sql", "CREATE TABLE more (id int)")
        .file("U2__two.sql", "DO $$ BEGIN EXECUTE 'DROP TABLE sl' || 'ots CASCADE'; END $$");
    migrations.run("deploy", PROMPT);
    MigrationReport hidden = migrations.run("downgrade", PROMPT);
    assertThat(hidden.message()).contains("reached outside of schema prompt, to public");
    MigrationReport plain = migrations.run("downgrade", PROMPT, "target=base");
    assertThat(plain.exitCode()).isEqualTo(3);
    assertThat(plain.message()).contains("U1__one.sql", "public.slots");
    assertThat(migrations.run("current", PROMPT).message()).isEqualTo("2");
    assertThat(others()).isEqualTo(others);
  }

  @Test
  void sampleDataKeepsToTheSchemaToo() throws Exception {
    java.nio.file.Files.createDirectory(directory.resolve("seed"));
    migrations
        .file("V1__one.sql", "CREATE TABLE notes (id int, mail citext)")
        .file("seed/R__sample.sql", "INSERT INTO slots (name) VALUES ('ours')");
    assertThat(migrations.run("deploy", PROMPT).outcome()).isEqualTo(RunOutcome.MIGRATED);
    assertThat(migrations.run("seed", PROMPT).exitCode()).isEqualTo(3);
    assertThat(migrations.database.value("SELECT count(*) FROM public.slots")).isEqualTo("1");
    migrations.file("seed/R__sample.sql", "INSERT INTO notes (id) VALUES (1)");
    assertThat(migrations.run("seed", PROMPT).isOk()).isTrue();
    assertThat(migrations.database.value("SELECT count(*) FROM prompt.notes")).isEqualTo("1");
  }

  @Test
  void planAndDoctorSayItToo() {
    migrations.file("V1__theirs.sql", "ALTER TABLE slots ADD COLUMN x int");
    assertThat(migrations.run("plan", PROMPT).warnings())
        .anyMatch(warning -> warning.contains("would reach public.slots"));
    MigrationReport doctor = migrations.run("doctor", PROMPT);
    assertThat(doctor.exitCode()).isEqualTo(3);
    assertThat(doctor.message()).contains("would reach public.slots");
  }

  @Test
  void stipendsOwnMigrationsStayInTheirSchema() {
    assertThat(migrations.core("deploy", "schema=public").exitCode()).isEqualTo(3);
    MigrationReport report = migrations.core("deploy");
    assertThat(report.outcome()).as(report.message()).isEqualTo(RunOutcome.MIGRATED);
  }

  /// All that is not the set's.
  private Fingerprint others() throws SQLException {
    try (Connection connection = migrations.database.connect()) {
      Fingerprint all = Fingerprint.of(connection, "public");
      all.objects().putAll(Fingerprint.of(connection, "other").objects());
      all.objects()
          .put(
              "rights",
              migrations
                  .database
                  .rows(
                      "SELECT relname, relacl, obj_description(oid) FROM pg_class WHERE"
                          + " relnamespace = CAST('public' AS regnamespace) ORDER BY 1")
                  .toString());
      return all;
    }
  }
}
