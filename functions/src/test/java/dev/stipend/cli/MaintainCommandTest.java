package dev.stipend.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.platform.json.ExactJson;
import dev.stipend.support.Golden;
import dev.stipend.support.SettableClock;
import dev.stipend.support.TestServers;
import dev.stipend.support.database.Database;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The maintenance of a watched system as an operator sees it.
class MaintainCommandTest {
  private record Ran(int code, String out, String err) {}

  @TempDir Path directory;
  private final String url = TestServers.newDatabase();
  private final Database database = new Database(url);

  @Test
  void aSystemIsMaintainedByOneCommand() {
    assertThat(run("maintain", "--pack", "ai-agent-system", "--schema", "agents").code())
        .as("not deployed")
        .isEqualTo(3);
    run("migrate", "deploy", "--pack", "ai-agent-system", "--schema", "agents");
    for (int days : List.of(89, 91)) {
      database.execute(
          """
          INSERT INTO agents.audit_logs (action, resource_type, created_at)
          VALUES ('a', 'b', TIMESTAMPTZ '%s' - interval '%d days')
          """
              .formatted(SettableClock.START, days));
    }
    Ran dry = maintain("maintain", "--dry-run");
    assertThat(dry.out())
        .contains("archive: 1 row would leave for the archive (")
        .contains("\nai-agent-system in schema agents: Dry run: 1 row would leave");
    Ran ran = maintain("maintain");
    assertThat(ran.code()).as(ran.out() + ran.err()).isZero();
    assertThat(ran.out())
        .contains(
            "  audit_logs: 1 row from before ",
            ", to file:",
            directory + "/packs/ai-agent-system/agents/audit_logs/")
        .contains("reindex: 0 indexes rebuilt or dropped", "statistics: 15 tables analyzed");
    Ran again = maintain("maintain");
    assertThat(again.out()).endsWith("ai-agent-system in schema agents: Nothing to do.\n");
    assertThat(again.code()).isZero();
    Ran json = maintain("maintain", "--json");
    Map<?, ?> fields = (Map<?, ?>) Objects.requireNonNull(ExactJson.parse(json.out()));
    assertThat(fields.keySet().stream().map(String::valueOf))
        .containsExactly(
            "verb", "pack", "schema", "dryRun", "outcome", "exitCode", "message", "tasks");
  }

  @Test
  void theDocumentsScriptsAreFoundByTheirNames() throws Exception {
    run("migrate", "deploy", "--pack", "ai-agent-system", "--schema", "agents");
    Path file = directory.resolve("users.csv");
    Files.writeString(file, "username,email\nada,ada@example.com\nbob,none\n");
    Ran imported = maintain("maintain", "import_user_data", file.toString());
    assertThat(imported.code()).as(imported.out() + imported.err()).isEqualTo(1);
    assertThat(imported.out())
        .contains("2 rows: 1 new, 0 there already, 1 rejected")
        .contains("Note: Row 2: email must be an address, not none.");
    database.execute(
        "INSERT INTO agents.usage_logs (user_id, cost) SELECT id, 1 FROM agents.users");
    assertThat(maintain("maintain", "migrate_legacy_data").out())
        .contains("1 row migrated to ai_requests and cost_tracking");
    for (List<String> options : List.of(List.of("--dry-run"), List.<String>of())) {
      String[] all =
          Stream.concat(Stream.of("maintain", "cleanup_old_data"), options.stream())
              .toArray(String[]::new);
      assertThat(maintain(all).out()).contains("migrated-usage-logs: 1 migrated row ");
    }
    assertThat(database.value("SELECT count(*) FROM agents.usage_logs")).isEqualTo("0");
  }

  @Test
  void helpReadsWell() {
    Golden.assertMatches("maintain-help.txt", run("maintain", "--help").out());
    Golden.assertMatches(
        "maintain-import-help.txt", run("maintain", "import-user-data", "--help").out());
    assertThat(run("maintain").code()).isEqualTo(2);
    assertThat(run("maintain", "--pack", "nothing").out()).contains("There is no pack nothing;");
  }

  private Ran maintain(String... arguments) {
    return run(
        Stream.concat(
                Stream.of(arguments), Stream.of("--pack", "ai-agent-system", "--schema", "agents"))
            .toArray(String[]::new));
  }

  private Ran run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        StipendCommand.run(
            Map.of(
                "database.url",
                url,
                "stipend.environment",
                "test",
                "usage.archive",
                directory.toUri().toString()),
            new PrintWriter(out),
            new PrintWriter(err),
            arguments);
    return new Ran(code, out.toString(), err.toString());
  }
}
