package dev.stipend.migration.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stipend.migration.TestMigrations;
import dev.stipend.migration.report.MigrationReport;
import dev.stipend.support.TestServers;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The two tables, where somebody looks for them in schema public.
class PublicViewsTest {
  private static final String QUERY =
      "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND"
          + " table_name IN ('budgets', 'alert_logs')";

  @TempDir Path directory;
  private TestMigrations core;

  @BeforeEach
  void emptyDatabase() {
    core = new TestMigrations(TestServers.newDatabase(), directory);
  }

  @Test
  void theyAreThereOnRequestOnlyReadAndGoAgain() {
    assertThat(core.core("views").exitCode()).as("nothing is migrated").isEqualTo(10);
    MigrationReport deployed = core.core("deploy");
    assertThat(deployed.tables()).contains("budgets", "alert_logs");
    assertThat(deployed.schema()).isEqualTo("stipend");
    assertThat(core.database.rows(QUERY)).isEmpty();
    MigrationReport made = core.core("views", "schema=public");
    assertThat(made.isOk()).as(made.message()).isTrue();
    assertThat(made.message()).isEqualTo("Views public.budgets, public.alert_logs are there.");
    assertThat(core.core("views").isOk()).as("twice").isTrue();
    assertThat(core.database.rows(QUERY)).containsExactlyInAnyOrder("budgets", "alert_logs");
    core.in("test").core("seed");
    assertThat(core.database.rows("SELECT name FROM public.budgets"))
        .containsExactly("Every agent, by day");
    assertThatThrownBy(() -> core.database.execute("DELETE FROM public.budgets"))
        .hasMessageContaining("cannot delete from view");
    assertThatThrownBy(() -> core.database.execute("UPDATE public.alert_logs SET reason = 'x'"))
        .hasMessageContaining("cannot update view");
    MigrationReport dropped = core.core("views", "drop");
    assertThat(dropped.message()).isEqualTo("Views public.budgets, public.alert_logs are dropped.");
    assertThat(core.database.rows(QUERY)).isEmpty();
    assertThat(core.core("views", "drop").isOk()).isTrue();
  }

  @Test
  void theyAreNotInTheWayOfMigrationsAndKeepTheRightsThatWereGranted() {
    core.core("deploy");
    core.core("views");
    core.database.execute("GRANT SELECT ON public.budgets TO PUBLIC");
    assertThat(core.core("downgrade", "target=-5").isOk()).isTrue();
    assertThat(core.core("deploy").isOk()).isTrue();
    assertThat(core.database.rows(QUERY)).hasSize(2);
    assertThat(
            core.database.value("SELECT has_table_privilege('public', 'public.budgets', 'SELECT')"))
        .isEqualTo("t");
    MigrationReport base = core.core("downgrade", "target=base");
    assertThat(base.isOk()).as(base.message()).isTrue();
    assertThat(core.database.rows(QUERY)).isEmpty();
    assertThat(base.warnings()).contains("View public.budgets is gone with its table.");
  }

  @Test
  void theyTakeNobodysPlace() {
    core.core("deploy");
    core.database.execute("CREATE TABLE public.alert_logs (theirs int)");
    MigrationReport refused = core.core("views");
    assertThat(refused.exitCode()).isEqualTo(3);
    assertThat(refused.message())
        .contains("public.alert_logs", "take its place", "Nothing was created");
    assertThat(core.database.rows(QUERY)).containsExactly("alert_logs");
    assertThat(core.core("views", "drop").isOk()).isTrue();
    assertThat(core.database.rows("SELECT theirs FROM public.alert_logs")).isEmpty();
    core.database.execute("DROP TABLE public.alert_logs");
    core.database.execute("CREATE SCHEMA app");
    core.database.execute("CREATE TABLE app.budgets (theirs int)");
    assertThat(core.core("views").message()).contains("app.budgets", "hide it from some sessions");
    assertThat(core.core("views", "schema=stipend").exitCode()).isEqualTo(3);
  }
}
