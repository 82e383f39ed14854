package dev.stipend.migration;

import static dev.stipend.support.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.migration.check.Doctor;
import dev.stipend.migration.check.SearchPath;
import dev.stipend.migration.database.Environment;
import dev.stipend.migration.database.MigrationLock;
import dev.stipend.migration.database.Session;
import dev.stipend.migration.database.TimeBudget;
import dev.stipend.migration.files.MigrationSet;
import dev.stipend.migration.report.Redaction;
import dev.stipend.migration.report.ReportDraft;
import dev.stipend.support.TestServers;
import io.micronaut.flyway.FlywayConfigurationProperties;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who may be made to give up the lock.
class UnlockTest {
  @TempDir Path directory;
  private TestMigrations migrations;

  @BeforeEach
  void emptyDatabase() {
    migrations = new TestMigrations(TestServers.newDatabase(), directory);
  }

  @Test
  void unlockEndsOurOwnDeadSessionAndNoOther() throws Exception {
    migrations.tables(1);
    try (Connection holder = migrations.database.connect();
        Connection looking = migrations.database.connect()) {
      MigrationSet set = MigrationSet.find(directory.toString(), Optional.of("app"));
      new MigrationLock(Session.of(holder, TimeBudget.unlimited(), "lost", Optional.empty()), set)
          .take(Duration.ZERO);
      holder.createStatement().execute("SET application_name = 'a stranger'");
      assertThat(migrations.run("unlock").outcome()).isEqualTo(RunOutcome.REFUSED);
      assertThat(migrations.run("unlock").message())
          .contains("a stranger", "not a migrator of Stipend");
      holder.createStatement().execute("SET application_name = 'stipend-migrate lost'");
      Session session = Session.of(looking, TimeBudget.unlimited(), "me", Optional.empty());
      ReportDraft draft = new ReportDraft(Verb.UNLOCK);
      Run run =
          new Run(
              MigrationRequest.of(Verb.UNLOCK),
              RunContext.unlimited(),
              set,
              session,
              SearchPath.of(looking, set),
              new FlywayRuns(
                  new FlywayConfigurationProperties("default").getFluentConfiguration(),
                  session,
                  set),
              new Environment(Optional.empty(), Optional.empty()),
              draft);
      // A second of silence is enough here; the verb waits for a minute of it.
      await()
          .ignoreExceptionsMatching(StoppedException.class::isInstance)
          .until(
              () -> {
                new Doctor(run).unlock(Duration.ofSeconds(1));
                return true;
              });
      assertThat(draft.report(Redaction.none()).message())
          .matches(
              "Ended process \\d+ \\(stipend-migrate lost, since .+\\), which had been idle for"
                  + " \\d+ s; the lock is free\\.");
      assertThat(holder.isValid(5)).isFalse();
    }
    assertThat(migrations.run("deploy", "lock-wait=0").outcome()).isEqualTo(RunOutcome.MIGRATED);
  }
}
