package dev.stipend.migration.pack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.migration.TestMigrations;
import dev.stipend.migration.report.MigrationReport;
import dev.stipend.support.TestServers;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a pack answers where its schema is not what it expects.
class PackTroubleTest {
  @TempDir Path directory;
  private TestMigrations migrations;
  private String url = "";

  @BeforeEach
  void aDatabase() {
    url = TestServers.newDatabase();
    migrations = new TestMigrations(url, directory);
  }

  private MigrationReport pack(String pack, String verb, String... more) {
    return migrations.pack(pack, "own", verb, more);
  }

  private static void succeeds(MigrationReport report) {
    assertThat(report.exitCode()).as(report.message()).isZero();
  }

  @Test
  void aTableThatWasDroppedByHandIsNotTakenForOneThatNeverWas() {
    succeeds(pack("agents-platform", "upgrade", "target=phase-1"));
    migrations.database.execute("DROP TABLE own.users CASCADE");
    MigrationReport refused = pack("agents-platform", "upgrade", "target=phase-2");
    assertThat(refused.exitCode()).isEqualTo(38);
    assertThat(refused.message())
        .contains(
            "requires table users, which 202511010100 init mvp core made in schema own, and"
                + " something other than migrations has dropped.",
            "Bring it back, or drop what else is left of 202511010100 init mvp core and run resolve"
                + " --rolled-back 202511010100, so that deploy runs it again.")
        .doesNotContain("first");
  }

  @Test
  void whatIsLeftAfterAPhaseWasDroppedByHandRunsAgain() {
    succeeds(pack("prompt-budget", "deploy"));
    migrations.database.execute("DROP TABLE own.turn_metrics, own.prompt_snapshots");
    MigrationReport resolved =
        pack("prompt-budget", "resolve", "rolledBack=20250213_prompt_snapshots");
    assertThat(resolved.message()).endsWith("The next deploy runs it.");
    assertThat(pack("prompt-budget", "status").exitCode()).isEqualTo(10);
    assertThat(pack("prompt-budget", "deploy", "allowDrift").applied())
        .containsExactly("202502010300 20250213 prompt snapshots");
    assertThat(pack("prompt-budget", "status").pending()).isEmpty();
  }

  @Test
  void tablesWithAUuidLeadToTheMigrationThatCorrectsIt() {
    migrations.database.execute(
        """
        CREATE SCHEMA own;
        CREATE TABLE own.turns (id bigint PRIMARY KEY);
        CREATE TABLE own.slots (id bigint PRIMARY KEY, name text);
        CREATE TABLE own.prompt_snapshots (id uuid PRIMARY KEY, turn_id uuid)
        """);
    String way =
        "stamp 0, then deploy: its files keep tables that are there, and"
            + " 20250222_fix_prompt_snapshots_turn_id makes a uuid turn_id of prompt_snapshots a"
            + " bigint.";
    assertThat(pack("prompt-budget", "deploy").message()).contains(way);
    MigrationReport refused = pack("prompt-budget", "stamp", "target=20250213_prompt_snapshots");
    assertThat(refused.message())
        .contains("column prompt_snapshots.turn_id is uuid, and they make it bigint", way);
    succeeds(pack("prompt-budget", "stamp", "target=0"));
    succeeds(pack("prompt-budget", "deploy"));
    succeeds(pack("prompt-budget", "verify"));
  }

  @Test
  void anEnumWithOtherLabelsIsNamedWithBoth() {
    migrations.database.execute("CREATE SCHEMA own");
    migrations.database.execute("CREATE TYPE own.user_role AS ENUM ('chief', 'clerk')");
    MigrationReport refused = pack("ai-agent-system", "deploy");
    assertThat(refused.exitCode()).isEqualTo(33);
    assertThat(refused.message())
        .contains(
            "Schema own has type user_role already",
            "Type user_role is there with labels chief, clerk; the pack makes it with");
  }

  @Test
  void allMissingPrivilegesAreNamedAtOnce() {
    String role = "poor_" + migrations.database.value("SELECT current_database()");
    migrations.database.execute(
        """
        CREATE SCHEMA stipend_migrations;
        CREATE SCHEMA own;
        CREATE TABLE own.first (id int);
        CREATE TABLE own.second (id int);
        CREATE ROLE %1$s LOGIN;
        CREATE ROLE of_%1$s;
        ALTER TABLE own.second OWNER TO of_%1$s
        """
            .formatted(role));
    MigrationReport refused =
        new TestMigrations(url.replace("postgres:postgres@", role + "@"), directory)
            .pack("prompt-budget", "own", "deploy");
    assertThat(refused.exitCode()).isEqualTo(31);
    assertThat(refused.message())
        .contains(
            "GRANT USAGE, CREATE ON SCHEMA stipend_migrations TO " + role,
            "GRANT USAGE, CREATE ON SCHEMA own TO " + role,
            "GRANT of_%1$s TO %1$s".formatted(role),
            "GRANT postgres TO " + role);
  }

  @Test
  void aVariantIsRememberedOnlyWhereItIsInEffect() {
    migrations.database.execute("CREATE SCHEMA own; CREATE TYPE own.goalstatus AS ENUM ('x')");
    succeeds(pack("goals-tracker", "stamp", "target=0"));
    assertThat(pack("goals-tracker", "upgrade", "target=+1", "variant=external").exitCode())
        .isEqualTo(11);
    assertThat(pack("goals-tracker", "status").pending())
        .contains("202512280100 001 create users table");
    migrations.database.execute("DROP TYPE own.goalstatus");
    succeeds(pack("goals-tracker", "upgrade", "target=+3"));
    assertThat(pack("goals-tracker", "deploy", "variant=external").exitCode()).isEqualTo(38);
    assertThat(pack("goals-tracker", "status").pending())
        .noneMatch(name -> name.contains("another service"));
  }

  @Test
  void aVariantIsRememberedWhereItHasRunInPart() {
    migrations.database.execute("CREATE SCHEMA own; CREATE TYPE own.taskstatus AS ENUM ('x')");
    succeeds(pack("goals-tracker", "stamp", "target=0"));
    assertThat(pack("goals-tracker", "upgrade", "target=+2", "variant=external").exitCode())
        .isEqualTo(11);
    assertThat(pack("goals-tracker", "status").pending())
        .contains("202512280800 move users and courses to another service");
  }
}
