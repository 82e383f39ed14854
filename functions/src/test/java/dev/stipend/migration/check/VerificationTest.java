package dev.stipend.migration.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.migration.RunOutcome;
import dev.stipend.migration.TestMigrations;
import dev.stipend.migration.report.MigrationReport;
import dev.stipend.support.TestServers;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What verify finds once migrations are applied.
class VerificationTest {
  @TempDir Path directory;
  private TestMigrations migrations;

  @BeforeEach
  void emptyDatabase() {
    migrations = new TestMigrations(TestServers.newDatabase(), directory);
  }

  @Test
  void whatIsNotSoundAfterwardsIsAnOutcomeOfItsOwn() {
    migrations.file(
        "V1__t.sql",
        """
        CREATE TABLE app.a (id int PRIMARY KEY);
        CREATE TABLE app.b (a int);
        INSERT INTO app.b VALUES (7);
        ALTER TABLE app.b ADD CONSTRAINT b_a FOREIGN KEY (a) REFERENCES app.a (id) NOT VALID;
        """);
    MigrationReport report = migrations.run("deploy");
    assertThat(report.outcome()).isEqualTo(RunOutcome.UNVERIFIED);
    assertThat(report.message())
        .isEqualTo(
            "All migrations are applied; verification failed: foreign key b_a of app.b is not"
                + " validated; 1 row breaks foreign key b_a of app.b.");
    migrations.database.execute("DELETE FROM app.b");
    migrations.database.execute("ALTER TABLE app.b VALIDATE CONSTRAINT b_a");
    MigrationReport sound = migrations.run("verify");
    assertThat(sound.isOk()).isTrue();
    assertThat(sound.warnings())
        .containsExactly("foreign key b_a of app.b has no index that begins with its columns");
    migrations.database.execute("DROP TABLE app.b");
    assertThat(migrations.run("verify").message()).isEqualTo("table app.b is missing");
  }

  @Test
  void whatWasRenamedIsLookedForUnderItsNewName() {
    migrations.file(
        "V1__t.sql",
        """
        CREATE TABLE app.a (id int);
        ALTER TABLE app.a ADD COLUMN old_name text;
        -- lint:ignore rename nobody uses it yet
        ALTER TABLE app.a RENAME COLUMN old_name TO "new";
        -- lint:ignore rename nobody uses it yet
        ALTER TABLE app.a RENAME TO b;
        CREATE TABLE app.c (id int);
        """);
    assertThat(migrations.run("deploy").outcome()).isEqualTo(RunOutcome.MIGRATED);
    assertThat(migrations.run("verify").isOk()).isTrue();
    migrations.database.execute("ALTER TABLE app.b DROP COLUMN \"new\"");
    migrations.database.execute("DROP TABLE app.c");
    assertThat(migrations.run("verify").message())
        .isEqualTo("column app.b.new is missing; table app.c is missing");
  }
}
