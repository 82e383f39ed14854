package dev.stipend.local.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.local.database.LocalDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The command line of the artifact, as a shell script uses it.
class ZipCommandLineTest {
  private static final String STIPEND =
      "stipend() { \"$JAVA\" -XX:TieredStopAtLevel=1 -cp 'lib/*' dev.stipend.cli.Main migrate"
          + " \"$@\"; }\n";

  @TempDir Path directory;

  @Test
  void aShellScriptGoesByTheExitCodes() throws Exception {
    try (ShippedZip zip = Zip.unpack();
        LocalDatabase database = LocalDatabase.inMemory()) {
      assertThat(
              shell(
                  zip,
                  database.url(),
                  "stipend status >/dev/null; echo $?",
                  "stipend deploy >/dev/null && echo deployed",
                  "stipend status >/dev/null && echo up to date",
                  "stipend reset >/dev/null 2>&1; echo $?",
                  "stipend statsu >/dev/null 2>&1; echo $?"))
          .containsExactly("10", "deployed", "up to date", "3", "2");
      assertThat(
              shell(
                  zip,
                  database.url().replaceFirst(":\\d+/", ":1/"),
                  "stipend status >/dev/null 2>&1; test $? -ge 20 && echo unreachable"))
          .containsExactly("unreachable");
    }
  }

  private List<String> shell(ShippedZip zip, String databaseUrl, String... lines) throws Exception {
    Path out = directory.resolve("out");
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-c", STIPEND + String.join("\n", lines))
            .directory(zip.root().toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile());
    builder.environment().put("DATABASE_URL", databaseUrl);
    builder.environment().put("STIPEND_DATABASE_WAKE_UP", "0s");
    builder
        .environment()
        .put("JAVA", Path.of(System.getProperty("java.home"), "bin", "java").toString());
    builder.start().waitFor();
    return Files.readAllLines(out);
  }
}
