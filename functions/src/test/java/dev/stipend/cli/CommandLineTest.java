package dev.stipend.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.TestServers;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The command line as an operator sees it.
@ExtendWith(StipendExtension.class)
class CommandLineTest {
  private static final String FILE =
      """
      {"currency":"USD","prices":[
        {"provider":"openai","model":"gpt-4o","perMillion":{"input":1.25,"output":5}},
        {"provider":"acme","model":"m1","perMillion":{"input":1}}]}
      """;

  private record Ran(int code, String out, String err) {}

  @TempDir Path directory;

  @Test
  void pricesAreImportedAndListed(Stipend stipend) throws IOException {
    Ran first =
        run(stipend, "prices", "import", file(FILE), "--effective-from", "2026-01-01T00:00:00Z");
    assertThat(first.err()).isEmpty();
    assertThat(first.code()).isZero();
    assertThat(first.out().lines())
        .containsExactly(
            "1 imported, 0 unchanged, 1 skipped",
            "Skipped: perMillion.output is required (1)",
            "  m1");
    assertThat(run(stipend, "prices", "import", file(FILE)).out())
        .startsWith("0 imported, 1 unchanged, 1 skipped");
    Ran list = run(stipend, "prices", "list", "--model", "gpt-4o");
    assertThat(list.out().lines().map(line -> line.replaceAll(" +", " ")))
        .containsExactly(
            "PROVIDER MODEL INPUT OUTPUT BOOK SINCE",
            "openai gpt-4o 1.25 5 workspace 2026-01-01T00:00:00Z");
    assertThat(run(stipend, "prices", "list").out().lines().count()).isGreaterThan(180);
    assertThat(
            run(stipend, "prices", "list", "--provider", "xai", "--at", "2025-01-01T00:00:00Z")
                .out())
        .contains("grok-4.5", "list");
  }

  @Test
  void itRunsInAProcessOfItsOwnAgainstTheDatabaseOfTheEnvironment(Stipend stipend)
      throws Exception {
    Ran ran =
        process(
            String.valueOf(stipend.settings().get("database.url")), "prices", "import", file(FILE));
    assertThat(ran.err()).isEmpty();
    assertThat(ran.out()).startsWith("1 imported, 0 unchanged, 1 skipped");
    assertThat(ran.code()).isZero();
    assertThat(
            stipend.database.value(
                "SELECT count(*) FROM stipend.model_prices WHERE input_per_million = 1.25 AND"
                    + " output_per_million = 5 AND workspace_id <>"
                    + " CAST('00000000-0000-0000-0000-000000000000' AS uuid)"))
        .isEqualTo("1");
  }

  @Test
  void aDatabaseThatDoesNotAnswerIsOneSentenceWithoutTheSecret() throws Exception {
    Ran ran = process("postgresql://nobody:s3cret@127.0.0.1:1/none", "prices", "list");
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err().lines())
        .singleElement()
        .asString()
        .startsWith("stipend: The database does not answer: ")
        .contains("127.0.0.1:1 refused")
        .doesNotContain("s3cret");
  }

  @Test
  void aDatabaseWithoutTheSchemaSaysWhatToDo() {
    Ran ran = run(Map.of("database.url", TestServers.newDatabase()), "prices", "list");
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err())
        .startsWith("stipend: The database has no Stipend schema; this build needs version");
  }

  @Test
  void aMissingDatabaseUrlIsOneSentenceThatNamesIt() {
    Ran ran = run(Map.of("database.url", ""), "prices", "list");
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err().strip())
        .isEqualTo("stipend: DATABASE_URL is not set; it is the URL of the PostgreSQL database");
  }

  @Test
  void whatCannotBeDoneIsOneSentence(Stipend stipend) throws IOException {
    Ran unknown = run(stipend, "prices", "import", file(FILE), "--workspace", "nobody");
    assertThat(unknown.code()).isEqualTo(1);
    assertThat(unknown.err().strip()).isEqualTo("stipend: There is no workspace nobody.");
    Ran missing = run(stipend, "prices", "import", directory.resolve("none.json").toString());
    assertThat(missing.code()).isEqualTo(1);
    assertThat(missing.err()).startsWith("stipend: There is no file ").endsWith("none.json.\n");
    Ran nonsense = run(stipend, "prices", "import", file("nonsense"));
    assertThat(nonsense.code()).isEqualTo(1);
    assertThat(nonsense.err()).startsWith("stipend: The body is not JSON");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|Name a command.",
        "prices|Name a command.",
        "prices import|Missing required parameter: 'FILE'",
        "prices list --colour red|Unknown options: '--colour', 'red'",
        "prices list --at yesterday|yesterday is not an ISO 8601 time with an offset"
      })
  void aWrongCallExplainsTheUsage(String arguments, String message, Stipend stipend) {
    Ran ran = run(stipend, arguments.isEmpty() ? new String[0] : arguments.split(" ", -1));
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains(message, "Usage: stipend");
  }

  @Test
  void helpNamesTheCommandsAndTheExitCodes(Stipend stipend) {
    Ran ran = run(stipend, "--help");
    assertThat(ran.code()).isZero();
    assertThat(ran.out()).contains("DATABASE_URL", "prices", "Exit codes:", "usage error");
    assertThat(run(stipend, "prices", "import", "--help").out())
        .contains("FILE", "--effective-from", "--workspace", "LiteLLM");
  }

  private String file(String text) throws IOException {
    return Files.writeString(directory.resolve("prices.json"), text).toString();
  }

  private static Ran run(Stipend stipend, String... arguments) {
    return run(
        Map.of("database.url", String.valueOf(stipend.settings().get("database.url"))), arguments);
  }

  private static Ran run(Map<String, Object> settings, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = StipendCommand.run(settings, new PrintWriter(out), new PrintWriter(err), arguments);
    return new Ran(code, out.toString(), err.toString());
  }

  private Ran process(String databaseUrl, String... arguments)
      throws IOException, InterruptedException {
    Path out = directory.resolve("out");
    Path err = directory.resolve("err");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.stipend.cli.Main"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().put("DATABASE_URL", databaseUrl);
    int code = builder.start().waitFor();
    return new Ran(
        code,
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }
}
