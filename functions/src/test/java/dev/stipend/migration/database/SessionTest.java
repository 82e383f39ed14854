package dev.stipend.migration.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.migration.RunOutcome;
import dev.stipend.migration.TestMigrations;
import dev.stipend.support.TestServers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the session of a migration is held to.
class SessionTest {
  @TempDir Path directory;

  @Test
  void aRunThatFreezesInTheMiddleOfAMigrationGivesItsLocksBackAfterAMinute() {
    TestMigrations migrations = new TestMigrations(TestServers.newDatabase(), directory);
    migrations.file(
        "V001__note_setting.sql",
        "CREATE TABLE app.noted AS SELECT"
            + " current_setting('idle_in_transaction_session_timeout') AS idle;");

    assertThat(migrations.run("deploy").outcome()).isEqualTo(RunOutcome.MIGRATED);
    assertThat(migrations.database.value("SELECT idle FROM app.noted")).isEqualTo("1min");
  }
}
