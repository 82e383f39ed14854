package dev.stipend.local.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What the document on deploying says the product says.
class TroubleshootingTest {
  private static final Path ROOT = Path.of("../..");
  private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");

  @Test
  void everyMessageInTheTableIsOneOfTheProduct() throws IOException {
    String document = Files.readString(ROOT.resolve("docs/troubleshooting.md"));
    String table = document.substring(document.indexOf("| message |"));
    List<String> messages =
        table
            .split("\n\n", 2)[0]
            .lines()
            .skip(2)
            .map(row -> row.split("\\|", -1)[1])
            .flatMap(cell -> QUOTED.matcher(cell).results().map(found -> found.group(1)))
            .toList();
    String code = code();
    assertThat(messages)
        .hasSizeGreaterThan(8)
        .allSatisfy(message -> assertThat(code).contains(message));
  }

  /// All of the product's code, texts over several lines joined.
  private static String code() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT.resolve("functions/src/main/java"))) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .map(
              file -> {
                try {
                  return Files.readString(file).replaceAll("\"\\s*\\+\\s*\"", "");
                } catch (IOException failure) {
                  throw new java.io.UncheckedIOException(failure);
                }
              })
          .collect(Collectors.joining());
    }
  }
}
