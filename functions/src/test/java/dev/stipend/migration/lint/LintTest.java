package dev.stipend.migration.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.migration.TestMigrations;
import dev.stipend.migration.report.MigrationReport;
import dev.stipend.support.TestServers;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LintTest {
  private static String url = "";

  @TempDir Path directory;

  @BeforeAll
  static void aDatabaseWithATable() {
    url = TestServers.newDatabase();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "index-not-concurrent  | CREATE INDEX i ON app.old (id)",
        "constraint-not-valid  | ALTER TABLE app.old ADD CONSTRAINT c CHECK (id > 0)",
        "constraint-not-valid  | ALTER TABLE app.old ADD FOREIGN KEY (id) REFERENCES app.old2 (id)",
        "constraint-not-valid  | ALTER TABLE app.old ADD COLUMN x int REFERENCES app.old2 (id)",
        "validated-together    | ALTER TABLE app.old ADD CONSTRAINT c CHECK (id > 0) NOT VALID;"
            + " ALTER TABLE app.old VALIDATE CONSTRAINT c",
        "unique-without-index  | ALTER TABLE app.old ADD CONSTRAINT u UNIQUE (id)",
        "unique-without-index  | ALTER TABLE app.old ADD PRIMARY KEY (id)",
        "set-not-null          | ALTER TABLE app.old ALTER COLUMN id SET NOT NULL",
        "required-column       | ALTER TABLE app.old ADD COLUMN x int NOT NULL",
        "column-type           | ALTER TABLE app.old ALTER COLUMN id TYPE bigint",
        "rename                | ALTER TABLE app.old RENAME COLUMN id TO key",
        "rename                | ALTER TABLE app.old RENAME TO older",
        "drop                  | DROP TABLE app.old",
        "drop                  | ALTER TABLE app.old DROP COLUMN id",
        "session-set           | SET search_path = app",
        "transaction           | BEGIN",
        "not-alone             | CREATE INDEX CONCURRENTLY i ON app.old (id); CREATE INDEX"
            + " CONCURRENTLY j ON app.old (id)",
        "extension             | CREATE EXTENSION no_such_thing",
        "whole-table           | UPDATE app.old SET id = 1",
        "if-not-exists         | CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON app.old (id)",
        "type                  | ALTER TABLE app.old ADD COLUMN at timestamp",
        "enum-value            | ALTER TYPE mood ADD VALUE 'new'; INSERT INTO app.old VALUES"
            + " ('new')",
        "enum-value            | ALTER TYPE mood ADD VALUE $$new$$; INSERT INTO app.old VALUES"
            + " ('new')",
        "enum-value            | ALTER TYPE mood ADD VALUE 'new'; DO $$ BEGIN PERFORM"
            + " CAST($x$new$x$ AS mood); END $$",
        "enum-value            | ALTER TYPE mood ADD VALUE IF NOT EXISTS 'new' AFTER 'old'; DO $$"
            + " BEGIN PERFORM CAST('new' AS mood); END $$",
        "not-alone             | CREATE INDEX CONCURRENTLY i ON app.old (id); CREATE TABLE app.t"
            + " (id int)",
      })
  void eachRuleFindsWhatHurts(String rule, String sql) {
    assertThat(lint(sql + ";")).contains(rule);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "CREATE INDEX CONCURRENTLY i ON app.old (id)",
        "CREATE TABLE app.fresh (id int); CREATE INDEX i ON app.fresh (id); ALTER TABLE app.fresh"
            + " ADD PRIMARY KEY (id)",
        "ALTER TABLE app.old ADD CONSTRAINT c CHECK (id > 0) NOT VALID",
        "ALTER TABLE app.old VALIDATE CONSTRAINT c",
        "ALTER TABLE app.old ADD CONSTRAINT u UNIQUE USING INDEX i",
        "ALTER TABLE app.old ADD COLUMN x int NOT NULL DEFAULT 0",
        "ALTER TABLE app.old DROP CONSTRAINT c",
        "INSERT INTO app.old VALUES (1); UPDATE app.old SET id = 2 WHERE id = 1",
        "SELECT 'DROP TABLE app.old' /* BEGIN */ -- SET x = 1",
        "CREATE FUNCTION app.f() RETURNS int LANGUAGE plpgsql SET lock_timeout = '5s' AS $$ BEGIN"
            + " RETURN 1; END $$",
        "SET LOCAL lock_timeout = '1s'",
        "CREATE EXTENSION IF NOT EXISTS plpgsql",
        "CREATE TYPE mood AS ENUM ('sad'); ALTER TYPE mood ADD VALUE 'new'; CREATE TABLE app.m (x"
            + " mood DEFAULT 'new')",
        "ALTER TYPE mood ADD VALUE 'new'; ALTER TYPE mood ADD VALUE 'newer' AFTER 'new'",
        "CREATE FUNCTION app.g() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; END",
      })
  void whatIsFineIsFine(String sql) {
    assertThat(lint(sql + ";")).containsExactly("no-undo");
  }

  @Test
  void whoKnowsBetterSaysSo() {
    assertThat(
            lint(
                """
                -- contract: nothing has used it since 1.4
                DROP TABLE app.old;
                -- lint:ignore rename no code names this table
                ALTER TABLE app.old2 RENAME TO old3;
                """))
        .containsExactly("no-undo");
    assertThat(
            lint(
                "ALTER TABLE app.old ADD CONSTRAINT c CHECK (id IS NOT NULL); -- lint:ignore"
                    + " constraint-not-valid"))
        .as("a reason is needed")
        .contains("constraint-not-valid");
  }

  @Test
  void aValueThatIsUsedTooEarlyIsNamedWithTheWayOut() {
    TestMigrations migrations = new TestMigrations(url, directory);
    migrations.file("V1__a.sql", "ALTER TYPE mood ADD VALUE 'new';\nSELECT CAST('new' AS mood);");
    MigrationReport report = migrations.run("deploy");
    assertThat(report.exitCode()).isEqualTo(16);
    assertThat(report.message())
        .contains(
            "V1__a.sql:2 enum-value: value 'new', which line 1 adds to type mood, cannot be used"
                + " before this file is committed; move the statement to a file of its own, with a"
                + " later version");
  }

  @Test
  void anExtensionThatTheServerLacksIsNamed() {
    TestMigrations migrations = new TestMigrations(url, directory);
    migrations.file("V1__a.sql", "CREATE EXTENSION IF NOT EXISTS no_such_thing;");
    assertThat(migrations.run("deploy").message())
        .contains("extension no_such_thing is not available on this server");
    assertThat(migrations.run("doctor").message())
        .contains("V1__a.sql line 1: extension no_such_thing is not available");
  }

  @Test
  void aValidatedCheckMakesNotNullCheap() {
    TestMigrations migrations = new TestMigrations(url, directory);
    migrations.file(
        "V1__a.sql", "ALTER TABLE app.old ADD CONSTRAINT c CHECK (id IS NOT NULL) NOT VALID;");
    migrations.file("V2__b.sql", "ALTER TABLE app.old VALIDATE CONSTRAINT c;");
    migrations.file("V3__c.sql", "ALTER TABLE app.old ALTER COLUMN id SET NOT NULL;");
    assertThat(migrations.run("lint").findings())
        .extracting(LintFinding::rule)
        .containsOnly("no-undo");
  }

  @Test
  void deployRunsNothingThatHurtsAndSaysWhere() {
    TestMigrations migrations = new TestMigrations(TestServers.newDatabase(), directory).tables(1);
    migrations.run("deploy");
    migrations.file(
        "V002__more.sql", "CREATE TABLE app.more (id int);\n\nCREATE INDEX i ON app.t1 (id);");
    MigrationReport report = migrations.run("deploy");
    assertThat(report.exitCode()).isEqualTo(16);
    assertThat(report.message()).contains("V002__more.sql:3 index-not-concurrent: blocks writes");
    assertThat(migrations.database.rows("SELECT 1 FROM pg_tables WHERE tablename = 'more'"))
        .isEmpty();
  }

  private List<String> lint(String sql) {
    TestMigrations migrations = new TestMigrations(url, directory);
    return migrations.file("V1__x.sql", sql).run("lint").findings().stream()
        .map(LintFinding::rule)
        .toList();
  }
}
