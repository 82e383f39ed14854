package dev.stipend.migration.pack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.migration.TestMigrations;
import dev.stipend.migration.report.MigrationReport;
import dev.stipend.support.TestServers;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What holds for every pack. Goals-tracker needs an extension that the server of the tests lacks,
/// so that it goes as far as it can without.
class PacksTest {
  private static final String OBJECTS =
      """
      SELECT relkind, relname FROM pg_class WHERE relnamespace = to_regnamespace('%1$s')
      UNION ALL
      SELECT 't', typname FROM pg_type WHERE typnamespace = to_regnamespace('%1$s') AND typtype = 'e'
      UNION ALL
      SELECT 'f', proname FROM pg_proc WHERE pronamespace = to_regnamespace('%1$s')
      """;

  @TempDir Path directory;
  private TestMigrations migrations;
  private String url = "";

  @BeforeEach
  void aDatabase() {
    url = TestServers.newDatabase();
    migrations = new TestMigrations(url, directory);
  }

  private static String target(String pack) {
    return pack.equals("goals-tracker") ? "target=+6" : "target=head";
  }

  private MigrationReport pack(String pack, String schema, String verb, String... more) {
    return migrations.pack(pack, schema, verb, more);
  }

  private static void succeeds(MigrationReport report) {
    assertThat(report.exitCode()).as(report.message()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"agents-platform", "ai-agent-system", "goals-tracker", "prompt-budget"})
  void everyPackGoesUpAndDownAndUpAgain(String pack) {
    for (String schema : List.of("public", "own")) {
      MigrationReport up = pack(pack, schema, "upgrade", target(pack));
      assertThat(up.exitCode()).as(up.message()).isZero();
      assertThat(pack(pack, schema, "deploy", target(pack)).applied()).isEmpty();
      List<String> made = migrations.database.rows(OBJECTS.formatted(schema));
      MigrationReport verified = pack(pack, schema, "verify");
      assertThat(verified.checks()).as(verified.message()).isNotEmpty();
      MigrationReport down = pack(pack, schema, "downgrade", "target=base", "confirm=whatever");
      assertThat(down.exitCode()).as(down.message()).isZero();
      assertThat(migrations.database.rows(OBJECTS.formatted(schema))).isEmpty();
      succeeds(pack(pack, schema, "upgrade", target(pack)));
      assertThat(migrations.database.rows(OBJECTS.formatted(schema)))
          .containsExactlyInAnyOrderElementsOf(made);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"agents-platform", "ai-agent-system", "prompt-budget"})
  void aWholePackIsUpToDateAndSound(String pack) {
    assertThat(pack(pack, "own", "status").exitCode()).isEqualTo(10);
    succeeds(pack(pack, "own", "deploy"));
    succeeds(pack(pack, "own", "status"));
    MigrationReport verified = pack(pack, "own", "verify");
    assertThat(verified.exitCode()).as(verified.message() + verified.checks()).isZero();
    assertThat(verified.warnings()).isEmpty();
  }

  @Test
  void theHistoryIsNotAmongTheTablesOfTheHost() {
    pack("prompt-budget", "own", "deploy");
    assertThat(
            migrations.database.rows(
                "SELECT tablename FROM pg_tables WHERE schemaname = 'own' ORDER BY 1"))
        .containsExactly("prompt_snapshots", "slots", "turn_metrics", "turns");
    assertThat(
            migrations.database.rows(
                "SELECT tablename FROM pg_tables WHERE schemaname = 'stipend_migrations' ORDER BY"
                    + " 1"))
        .containsExactly("fingerprint__prompt_budget__own", "history__prompt_budget__own");
  }

  @Test
  void twoPacksAndTheirCopiesAndAStrangerShareADatabase() {
    migrations.database.execute(
        """
        CREATE TABLE public.budgets (id int PRIMARY KEY, note text);
        CREATE TABLE public.users (id int);
        CREATE TABLE public.slots (id int, name text);
        INSERT INTO public.slots VALUES (1, 'system')
        """);
    List<String> before = strangers();
    assertThat(migrations.core("deploy").exitCode()).isZero();
    for (String schema : List.of("one", "two")) {
      succeeds(pack("prompt-budget", schema, "deploy"));
      succeeds(pack("agents-platform", schema + "_p", "deploy"));
    }
    succeeds(pack("prompt-budget", "two", "downgrade", "target=base"));
    succeeds(pack("prompt-budget", "one", "status"));
    succeeds(pack("agents-platform", "two_p", "status"));
    assertThat(strangers()).isEqualTo(before);
  }

  private List<String> strangers() {
    return migrations.database.rows(
        """
        SELECT c.oid, c.relname, c.xmin, c.relfilenode, a.attname, a.xmin
        FROM pg_class c
        JOIN pg_attribute a ON a.attrelid = c.oid
        WHERE relnamespace = CAST('public' AS regnamespace)
        ORDER BY 2, 5
        """);
  }

  /// Names that a schema may have, some of which are nearly alike.
  @Test
  void everySchemaHasAHistoryOfItsOwn() {
    List<String> schemas =
        List.of(
            "a-b",
            "a_b",
            "a_b_seeds",
            "My Schema-1",
            "q\"uo\"te",
            "x".repeat(62) + "s",
            "x".repeat(62) + "t");
    for (String schema : schemas) {
      succeeds(pack("prompt-budget", schema, "deploy"));
    }
    for (String schema : schemas) {
      assertThat(pack("prompt-budget", schema, "status").message()).contains("up to date");
    }
    succeeds(pack("prompt-budget", "a-b", "downgrade", "target=base"));
    for (String schema : schemas.subList(1, schemas.size())) {
      succeeds(pack("prompt-budget", schema, "verify"));
    }
  }

  @Test
  void aSchemaBelongsToOnePack() {
    succeeds(pack("ai-agent-system", "own", "deploy"));
    MigrationReport refused = pack("prompt-budget", "own", "deploy");
    assertThat(refused.exitCode()).isEqualTo(33);
    assertThat(refused.message()).contains("belongs to pack ai-agent-system");
    succeeds(pack("ai-agent-system", "own", "status"));
  }

  @Test
  void aDowngradeDoesNotHideWhatSomebodyElseChanged() {
    succeeds(pack("prompt-budget", "own", "deploy"));
    migrations.database.execute("ALTER TABLE own.slots ADD COLUMN drifted int");
    MigrationReport refused = pack("prompt-budget", "own", "downgrade", "target=-1");
    assertThat(refused.exitCode()).isEqualTo(13);
    assertThat(refused.message()).contains("slots.drifted", "--allow-drift");
    assertThat(tables()).contains("turn_metrics");
    succeeds(pack("prompt-budget", "own", "downgrade", "target=-1", "allowDrift=true"));
    assertThat(tables()).doesNotContain("turn_metrics");
  }

  @Test
  void whatLiesInTheWayIsNamedAndTheVersionThatItLooksLike() {
    migrations.database.execute(
        """
        CREATE TABLE public.turns (id bigint PRIMARY KEY);
        CREATE TABLE public.slots (id bigint PRIMARY KEY, name text NOT NULL)
        """);
    MigrationReport refused = pack("prompt-budget", "public", "deploy");
    assertThat(refused.exitCode()).isEqualTo(33);
    assertThat(refused.message()).contains("table slots", "table turns", "stamp 2025", "--schema");
    succeeds(pack("prompt-budget", "elsewhere", "deploy"));
  }

  /// The files of the document, run by psql: all of them, or the prerequisites alone, after which
  /// the fix changes nothing.
  @ParameterizedTest
  @CsvSource({"20250213_prompt_snapshots, 202502010400", "20250222_turn_metrics, 202502010700"})
  void whatWasRunByHandIsRecognised(String last, String version) {
    succeeds(pack("prompt-budget", "own", "upgrade", "target=" + last));
    migrations.database.execute("DROP SCHEMA stipend_migrations CASCADE");
    MigrationReport refused = pack("prompt-budget", "own", "deploy");
    assertThat(refused.exitCode()).isEqualTo(33);
    assertThat(refused.message()).contains("at version " + version + ": stamp " + version);
    succeeds(pack("prompt-budget", "own", "stamp", "target=" + version));
    succeeds(pack("prompt-budget", "own", "deploy"));
    succeeds(pack("prompt-budget", "own", "verify"));
  }

  @Test
  void phasesAndNamesAreVersions() {
    succeeds(pack("prompt-budget", "own", "upgrade", "target=phase-1"));
    assertThat(tables()).doesNotContain("turn_metrics");
    assertThat(pack("prompt-budget", "own", "upgrade", "target=20250222_turn_metrics").exitCode())
        .isIn(0, 3);
    succeeds(pack("prompt-budget", "own", "upgrade", "target=phase-4"));
    assertThat(tables()).contains("turn_metrics");
    succeeds(pack("prompt-budget", "own", "downgrade", "target=phase-3"));
    assertThat(tables()).doesNotContain("turn_metrics");
    MigrationReport unknown = pack("prompt-budget", "own", "upgrade", "target=phase-9");
    assertThat(unknown.exitCode()).isEqualTo(2);
    assertThat(unknown.message()).contains("phase-1, phase-2, phase-3, phase-4");
  }

  private List<String> tables() {
    return migrations.database.rows("SELECT tablename FROM pg_tables WHERE schemaname = 'own'");
  }

  @Test
  void anExtensionThatTheServerLacksIsNamedWithItsPackage() {
    MigrationReport refused = pack("goals-tracker", "own", "deploy");
    assertThat(refused.exitCode()).isEqualTo(38);
    assertThat(refused.message())
        .contains("vector", "which this server does not have", "pgvector", "CREATE EXTENSION");
    assertThat(tables()).isEmpty();
  }

  @Test
  void theExternalVariantIsRememberedAndKeepsGoals() {
    succeeds(pack("goals-tracker", "own", "upgrade", "target=+6"));
    assertThat(tables()).contains("users", "courses", "goals");
    MigrationReport unknown = pack("goals-tracker", "own", "status", "variant=inner");
    assertThat(unknown.exitCode()).isEqualTo(2);
    assertThat(unknown.message()).contains("external");
    succeeds(pack("goals-tracker", "fresh", "upgrade", "target=+4", "variant=external"));
    assertThat(
            migrations.database.rows("SELECT tablename FROM pg_tables WHERE schemaname = 'fresh'"))
        .contains("goals")
        .doesNotContain("users", "courses");
    assertThat(pack("goals-tracker", "fresh", "status").exitCode())
        .as("nobody says the variant again")
        .isEqualTo(10);
  }

  @Test
  void schemasThatAreNoHostsAreRefused() {
    for (String schema :
        List.of(
            "stipend", "stipend_migrations", "pg_catalog", "information_schema", "x".repeat(64))) {
      MigrationReport refused = pack("prompt-budget", schema, "deploy");
      assertThat(refused.exitCode()).isEqualTo(3);
      assertThat(refused.message()).startsWith("Schema " + schema);
    }
    MigrationReport unknown = pack("prompt-budgets", "own", "deploy");
    assertThat(unknown.message())
        .contains("There is no pack prompt-budgets")
        .contains("agents-platform, ai-agent-system, goals-tracker, prompt-budget");
  }

  @Test
  void aHistoryOfTheHostThatMustNotBeReadIsNobodysBusiness() {
    migrations.database.execute(
        """
        CREATE TABLE public.flyway_schema_history (script text);
        CREATE ROLE reads_packs LOGIN
        """);
    TestMigrations reader =
        new TestMigrations(url.replace("postgres:postgres@", "reads_packs@"), directory);
    MigrationReport status = reader.pack("prompt-budget", "public", "status");
    assertThat(status.exitCode()).as(status.message()).isEqualTo(10);
  }

  @Test
  void aHistoryOfAnEarlierReleaseIsMovedOnce() {
    pack("prompt-budget", "own", "deploy");
    migrations.database.execute(
        """
        ALTER TABLE stipend_migrations.history__prompt_budget__own RENAME TO flyway_schema_history;
        ALTER TABLE stipend_migrations.flyway_schema_history SET SCHEMA own;
        DROP TABLE stipend_migrations.fingerprint__prompt_budget__own
        """);
    succeeds(pack("prompt-budget", "own", "deploy"));
    assertThat(tables()).doesNotContain("flyway_schema_history");
    succeeds(pack("prompt-budget", "own", "status"));
  }
}
