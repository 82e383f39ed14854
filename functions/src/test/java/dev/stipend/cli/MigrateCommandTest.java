package dev.stipend.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.platform.database.SchemaVersion;
import dev.stipend.platform.json.ExactJson;
import dev.stipend.support.Golden;
import dev.stipend.support.TestServers;
import dev.stipend.support.database.Database;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The migrator as an operator sees it.
class MigrateCommandTest {
  private record Ran(int code, String out, String err) {}

  @TempDir Path directory;
  private final String url = TestServers.newDatabase();

  @Test
  void theWordsOfPrismaAndAlembicAreUnderstood() {
    assertThat(run("status").code()).isEqualTo(10);
    assertThat(run("upgrade", "+1").out())
        .contains("Applied: 202611210001 create workspaces and keys");
    Ran head = run("upgrade", "head");
    assertThat(head.code()).as(head.out()).isZero();
    assertThat(run("current").out()).isEqualTo(SchemaVersion.REQUIRED + "\n");
    assertThat(run("history").out().lines().findFirst().orElseThrow())
        .startsWith("VERSION        STATE        INSTALLED");
    Ran down = run("downgrade", "-1");
    assertThat(down.code()).as(down.out() + down.err()).isZero();
    assertThat(run("upgrade", "--sql").out())
        .startsWith("SET search_path = \"stipend\";\n\n-- " + SchemaVersion.REQUIRED)
        .contains("BEGIN;", "COMMIT;")
        .doesNotContain("migrations would run");
    assertThat(run("deploy", "--dry-run").out()).contains("-- takes ", "nothing was changed");
    assertThat(run("up").code()).isZero();
    assertThat(run("seed").code()).isZero();
    assertThat(run("reset").code()).isEqualTo(3);
    assertThat(run("doctor").out()).contains("Everything that migrations need is in place.");
    assertThat(run("unlock").out()).contains("Nobody holds the lock.");
    assertThat(run("down").code()).isZero();
    assertThat(run("stamp", "head").code()).as("what it drops is still there").isEqualTo(3);
    assertThat(run("stamp", "head", "--unchecked").out()).contains("1 migration counts as applied");
    assertThat(run("diff").code()).as("nothing tells that the stamped one was not run").isZero();
    assertThat(run("resolve", "--applied", SchemaVersion.REQUIRED).out())
        .contains("is applied already");
  }

  @Test
  void jsonHasStableFieldsAndTextHasColoursOnlyOnRequest() {
    Ran json = run("status", "--json");
    Map<?, ?> fields = (Map<?, ?>) Objects.requireNonNull(ExactJson.parse(json.out()));
    assertThat(fields.keySet().stream().map(String::valueOf))
        .containsExactly(
            "verb",
            "set",
            "schema",
            "host",
            "database",
            "outcome",
            "exitCode",
            "message",
            "requiredVersion",
            "applied",
            "pending");
    assertThat(fields.get("outcome")).isEqualTo("pending");
    assertThat(run("status").out()).doesNotContain("\u001b");
    assertThat(run("status", "--color", "always").out()).contains("\u001b[33m");
  }

  @Test
  void helpReadsWell() {
    Golden.assertMatches("migrate-help.txt", run("--help").out());
    Golden.assertMatches("migrate-deploy-help.txt", run("deploy", "--help").out());
    assertThat(run("deploy", "--colour").code()).isEqualTo(2);
    assertThat(run().err()).contains("Name a verb.");
    assertThat(run("help")).isEqualTo(run("--help"));
    assertThat(run("help", "deploy")).isEqualTo(run("deploy", "--help"));
    assertThat(run("help").code()).isZero();
  }

  @Test
  void aNewMigrationIsTwoFiles() throws Exception {
    Ran ran = run("create", "Add budget owner", "--set", directory.toString());
    assertThat(ran.out()).startsWith("Wrote ");
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.map(file -> file.getFileName().toString()).sorted())
          .satisfiesExactly(
              name -> assertThat(name).matches("U\\d{12}__add_budget_owner\\.sql"),
              name -> assertThat(name).matches("V\\d{12}__add_budget_owner\\.sql"));
    }
    Ran byMessage =
        run("revision", "--autogenerate", "-m", "Add team", "--set", directory.toString());
    assertThat(byMessage.code()).isZero();
    assertThat(byMessage.out()).contains("__add_team.sql", "Nothing is generated from a model");
    assertThat(run("revision", "owner", "--set", directory.toString()).code()).isEqualTo(2);
  }

  @Test
  void aSetInAJarIsTakenAsItIs() throws Exception {
    Path jar = directory.resolve("pack.jar");
    try (java.util.zip.ZipOutputStream zip =
        new java.util.zip.ZipOutputStream(Files.newOutputStream(jar))) {
      zip.putNextEntry(new java.util.zip.ZipEntry("db/pack/V1__make.sql"));
      zip.write("CREATE TABLE pack.t (id int);".getBytes(StandardCharsets.UTF_8));
    }
    Ran ran = run("deploy", "--set", jar.toString(), "--schema", "pack");
    assertThat(ran.out()).contains("1 migration applied; the schema is at version 1.");
    assertThat(new Database(url).value("SELECT count(*) FROM pack.t")).isEqualTo("0");
  }

  @Test
  void aShellScriptGoesByTheExitCodeAndSeesNoSecret() throws Exception {
    assertThat(
            shell(
                url,
                "$STIPEND status >/dev/null; echo $?; $STIPEND deploy >/dev/null && echo deployed"))
        .containsExactly("10", "deployed");
    assertThat(
            shell("postgresql://al:s3cret@ep-x-pooler.eu.neon.tech/db", "$STIPEND status; echo $?"))
        .containsExactly(
            "ep-x-pooler.eu.neon.tech is Neon's pooler, and migrations need a session of their own."
                + " Use the direct host ep-x.eu.neon.tech in DATABASE_URL; the functions may keep"
                + " the pooled one in DATABASE_URL_POOLED.",
            "30");
  }

  @Test
  void aPrintedPlanIsAScriptThatPsqlRunsAndStatusSaysHowToGoOn() throws Exception {
    Path psql = Path.of("/usr/bin/psql");
    Assumptions.assumeTrue(Files.isExecutable(psql), "psql is not installed");
    Path script = directory.resolve("all.sql");
    Files.writeString(script, run("deploy", "--sql").out());
    assertThat(script).content().startsWith("CREATE SCHEMA IF NOT EXISTS \"stipend\";");
    Path log = directory.resolve("psql.log");
    Process process =
        new ProcessBuilder(
                psql.toString(), url, "-q", "-v", "ON_ERROR_STOP=1", "-f", script.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertThat(process.waitFor()).as(Files.readString(log)).isZero();
    Ran status = run("status");
    assertThat(status.code()).isEqualTo(33);
    assertThat(status.out()).contains("stamp head if the SQL of deploy --sql was run here");
    Ran stamped = run("stamp", "head");
    assertThat(stamped.code()).as(stamped.out()).isZero();
    assertThat(run("deploy").code()).isZero();
    assertThat(run("status").code()).isZero();
    assertThat(run("verify").code()).isZero();
    assertThat(new Database(url).value("SELECT count(*) > 10 FROM stipend.model_prices"))
        .isEqualTo("t");
  }

  @Test
  void anOwnerReadsWhereTheTablesAre() {
    String database = new Database(url).value("SELECT current_database()");
    Ran deployed = run("deploy");
    assertThat(deployed.out())
        .contains("Checked: schema stipend of database " + database + " on 127.0.0.1:")
        .containsPattern("Tables in schema stipend: alert_deliveries, alert_logs, .*budgets,");
    assertThat(run("verify").out())
        .containsPattern("Tables in schema stipend: .*alert_logs, .*budgets,")
        .contains("The schema is sound: ");
    for (String verb : List.of("status", "doctor")) {
      assertThat(run(verb).out())
          .contains("Checked: schema stipend of database " + database + " on 127.0.0.1:");
    }
  }

  @Test
  void anOperatorsReportIsTablesForPeopleAndNumbersForPrograms() {
    run("deploy");
    Ran text = run("report");
    assertThat(text.code()).as(text.out() + text.err()).isZero();
    assertThat(text.out())
        .startsWith("PostgreSQL 17.")
        .containsPattern(
            "Database: \\d+(\\.\\d)? MB; connections: \\d+ of \\d+ \\(\\d+ reserved\\)")
        .containsPattern("Tables: 20 of \\d+\nTABLE +TOTAL +ROWS +DEAD +HEAP +INDEXES +TOAST +LAST")
        .containsPattern("\nmodel_prices +\\d+(\\.\\d)? kB ")
        .contains(
            "JSON columns: ",
            "Unused indexes: 20 of ",
            "Foreign keys without an index: ",
            "Invalid indexes: none",
            "Slow queries: pg_stat_statements is not installed; add it to shared_preload_libraries",
            "Blocked sessions: none",
            "Long transactions: none",
            "Checked: schema stipend of database ",
            "The schema is up to date at version " + SchemaVersion.REQUIRED + ". ");
    Map<?, ?> fields =
        (Map<?, ?>) Objects.requireNonNull(ExactJson.parse(run("report", "--json").out()));
    Map<?, ?> operations = (Map<?, ?>) Objects.requireNonNull(fields.get("operations"));
    Map<?, ?> tables = (Map<?, ?>) Objects.requireNonNull(operations.get("tables"));
    assertThat((List<?>) tables.get("rows"))
        .hasSize(20)
        .allSatisfy(
            row -> assertThat(((Map<?, ?>) row).get("totalBytes")).isInstanceOf(Number.class));
    Map<?, ?> server = (Map<?, ?>) Objects.requireNonNull(operations.get("server"));
    assertThat(String.valueOf(server.get("at")))
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
  }

  private List<String> shell(String databaseUrl, String script) throws Exception {
    Path out = directory.resolve("out");
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-c", script)
            .redirectErrorStream(true)
            .redirectOutput(out.toFile());
    builder.environment().put("DATABASE_URL", databaseUrl);
    builder
        .environment()
        .put(
            "STIPEND",
            "%s -XX:TieredStopAtLevel=1 -cp %s dev.stipend.cli.Main migrate"
                .formatted(
                    Path.of(System.getProperty("java.home"), "bin", "java"),
                    System.getProperty("java.class.path")));
    builder.start().waitFor();
    return Files.readAllLines(out);
  }

  private Ran run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] all = Stream.concat(Stream.of("migrate"), Stream.of(arguments)).toArray(String[]::new);
    int code =
        StipendCommand.run(
            Map.of("database.url", url, "stipend.environment", "test"),
            new PrintWriter(out),
            new PrintWriter(err),
            all);
    return new Ran(code, out.toString(), err.toString());
  }
}
