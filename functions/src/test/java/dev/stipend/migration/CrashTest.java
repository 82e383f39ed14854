package dev.stipend.migration;

import static dev.stipend.support.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.migration.report.MigrationReport;
import dev.stipend.support.TestServers;
import dev.stipend.support.database.ClosedPort;
import dev.stipend.support.database.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Processes that are killed, connections that break, and a pooler in between.
class CrashTest {
  @TempDir Path directory;

  @Test
  void aProcessThatIsKilledInAMigrationLeavesNothingInTheWay() throws Exception {
    Path slowFiles = Files.createDirectory(directory.resolve("slow"));
    TestMigrations slow =
        new TestMigrations(TestServers.newDatabase(), slowFiles)
            .tables(1)
            .file("V002__slow.sql", "CREATE TABLE app.half (id int); SELECT pg_sleep(600);");
    Path indexFiles = Files.createDirectory(directory.resolve("index"));
    TestMigrations index =
        new TestMigrations(TestServers.newDatabase(), indexFiles)
            .tables(1)
            .file("V002__index.sql", "CREATE INDEX CONCURRENTLY i ON app.t1 (id);");
    index.run("upgrade", "target=001");
    Process one = process(slow.database, slowFiles);
    Process two;
    try (Connection old = index.database.connect()) {
      old.setAutoCommit(false);
      old.createStatement().execute("INSERT INTO app.t1 VALUES (1)");
      two = process(index.database, indexFiles);
      awaitStatement(slow.database, "SELECT pg_sleep(600)%");
      awaitStatement(index.database, "CREATE INDEX CONCURRENTLY%");
      one.destroyForcibly().waitFor();
      two.destroyForcibly().waitFor();
      old.commit();
    }
    slow.file("V002__slow.sql", "CREATE TABLE app.half (id int);");
    MigrationReport resumed = slow.run("deploy");
    assertThat(resumed.outcome()).as(resumed.message()).isEqualTo(RunOutcome.MIGRATED);
    assertThat(resumed.applied()).containsExactly("002 slow");
    MigrationReport again = index.run("deploy");
    assertThat(again.isOk()).as(again.message()).isTrue();
    assertThat(
            index.database.rows(
                "SELECT indisvalid FROM pg_index WHERE indexrelid = CAST('app.i' AS regclass)"))
        .containsExactly("t");
    assertThat(index.run("status").outcome()).isEqualTo(RunOutcome.UP_TO_DATE);
  }

  @Test
  void aConnectionThatBreaksBetweenAMigrationAndItsRowInTheHistoryLeavesNeither() {
    TestMigrations migrations = new TestMigrations(TestServers.newDatabase(), directory).tables(1);
    migrations.run("deploy");
    migrations.database.execute(
        """
        CREATE FUNCTION public.break() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END $$
        """);
    migrations.database.execute(
        "CREATE TRIGGER break BEFORE INSERT ON app.flyway_schema_history FOR EACH ROW EXECUTE"
            + " FUNCTION public.break()");
    migrations.tables(2);
    MigrationReport broken = migrations.run("deploy");
    assertThat(broken.isOk()).isFalse();
    assertThat(broken.pending()).containsExactly("002 create t2");
    assertThat(migrations.database.rows("SELECT 1 FROM pg_tables WHERE tablename = 't2'"))
        .isEmpty();
    migrations.database.execute("DROP TRIGGER break ON app.flyway_schema_history");
    assertThat(migrations.run("deploy").applied()).containsExactly("002 create t2");
  }

  @Test
  void aPoolerInTransactionModeIsRefused() throws Exception {
    Path program = Path.of("/usr/sbin/pgbouncer");
    if (!Files.isExecutable(program)) {
      System.out.println("skipped: pgbouncer is not installed");
    }
    Assumptions.assumeTrue(Files.isExecutable(program));
    Database database = new Database(TestServers.newDatabase());
    Path place = Files.createDirectory(directory.resolve("pgbouncer"));
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxrwxrwx"));
    int port = ClosedPort.find();
    Path settings = place.resolve("pgbouncer.ini");
    Files.writeString(
        settings,
        """
        [databases]
        * = host=127.0.0.1 port=%d user=postgres password=postgres
        [pgbouncer]
        listen_addr = 127.0.0.1
        listen_port = %d
        unix_socket_dir =
        auth_type = any
        pool_mode = transaction
        ignore_startup_parameters = extra_float_digits
        """
            .formatted(TestServers.POSTGRES.getPort(), port));
    Process pgbouncer =
        new ProcessBuilder(program.toString(), "-u", "nobody", settings.toString())
            .redirectErrorStream(true)
            .redirectOutput(place.resolve("log").toFile())
            .start();
    try {
      TestMigrations pooled =
          new TestMigrations(database.url().replaceFirst(":\\d+/", ":" + port + "/"), place)
              .patient(Duration.ofSeconds(20))
              .tables(1);
      MigrationReport report = pooled.run("deploy");
      assertThat(report.exitCode()).as(report.message()).isEqualTo(30);
      assertThat(report.message())
          .startsWith(
              "A pooler in transaction mode is in between: two sessions share one server process.");
      assertThat(database.rows("SELECT 1 FROM pg_namespace WHERE nspname = 'app'")).isEmpty();
    } finally {
      pgbouncer.destroyForcibly().waitFor();
    }
  }

  private static Process process(Database database, Path files) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    "dev.stipend.cli.Main",
                    "migrate",
                    "deploy",
                    "--set",
                    files.toString(),
                    "--schema",
                    "app"))
            .redirectErrorStream(true)
            .redirectOutput(files.resolve("out").toFile());
    builder.environment().put("DATABASE_URL", database.url());
    return builder.start();
  }

  private static void awaitStatement(Database database, String statement) {
    await()
        .until(
            () ->
                !database
                    .rows(
                        "SELECT 1 FROM pg_stat_activity WHERE state = 'active' AND datname ="
                            + " current_database()"
                            + " AND query LIKE '%s'".formatted(statement))
                    .isEmpty());
  }
}
