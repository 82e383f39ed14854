package dev.stipend.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.local.template.SamTemplate;
import dev.stipend.local.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every command of the guides does what it says, in the order of the page.
class GuidesTest {
  private static final Closing CLOSING = new Closing();
  private static final Path ROOT = Path.of("..", "..");
  private static final Pattern COMMANDS = Pattern.compile("(?ms)^```bash\n(.*?)^```$");
  private static final Pattern PYTHON = Pattern.compile("(?ms)^```python\n(.*?)^```$");
  private static final Pattern DATE = Pattern.compile("\\b20\\d\\d-\\d\\d-\\d\\d\\b");

  private static LocalStack stack;

  @TempDir Path directory;

  @BeforeAll
  static void start() throws IOException {
    Properties options = new Properties();
    options.putAll(Map.of("stipend.data", "memory", "stipend.port", "0", "stipend.demo", "false"));
    stack =
        LocalStack.start(
            LocalOptions.from(options),
            SamTemplate.read(ROOT.resolve("template.yaml")),
            new LocalEnvironment(Map.of()),
            new Terminal(
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8), false),
            CLOSING);
  }

  @AfterAll
  static void stop() {
    CLOSING.close();
  }

  @Test
  void everyCommandOfTheGuidesIsTaken() throws Exception {
    for (String tool : List.of("bash", "curl", "python3")) {
      Assumptions.assumeTrue(has(tool), tool + " is not installed");
    }
    String soon = LocalDate.now(ZoneOffset.UTC).plusDays(3).toString();
    String commands =
        COMMANDS
            .matcher(Files.readString(ROOT.resolve("docs/guides.md")))
            .results()
            .map(block -> DATE.matcher(block.group(1)).replaceAll(soon))
            .collect(Collectors.joining());
    Path script =
        Files.writeString(
            directory.resolve("guides.sh"),
            """
            set -e
            curl() { command curl --silent --show-error --fail-with-body --max-time 30 "$@"; }
            """
                + commands);
    ProcessBuilder builder =
        new ProcessBuilder("bash", script.toString()).redirectErrorStream(true);
    builder.environment().put("API", stack.url());
    builder.environment().put("KEY", stack.adminKey());
    Process run = builder.start();
    String printed = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(run.waitFor()).as(printed).isZero();
    assertThat(printed).contains("\"Each run\"", "\"Stop loader\"", "\"limitInForce\":\"2500.00\"");
  }

  @Test
  void thePythonOfTheDocumentsCompiles() throws Exception {
    Assumptions.assumeTrue(has("python3"), "python3 is not installed");
    for (String document : List.of("guides.md", "enforcement.md", "channels.md")) {
      List<String> programs =
          PYTHON
              .matcher(Files.readString(ROOT.resolve("docs").resolve(document)))
              .results()
              .map(block -> block.group(1))
              .toList();
      assertThat(programs).as(document).isNotEmpty();
      for (String program : programs) {
        Path file = Files.writeString(directory.resolve("program.py"), program);
        Process run =
            new ProcessBuilder("python3", "-m", "py_compile", file.toString())
                .redirectErrorStream(true)
                .start();
        String printed = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(run.waitFor()).as(document + ": " + printed).isZero();
      }
    }
  }

  private static boolean has(String tool) throws InterruptedException {
    try {
      return new ProcessBuilder(tool, "--version")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException missing) {
      System.out.println("skipped: " + tool + " is not installed, the guides are not run");
      return false;
    }
  }
}
