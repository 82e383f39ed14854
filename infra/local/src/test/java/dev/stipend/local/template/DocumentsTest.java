package dev.stipend.local.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The README and what it leads to.
class DocumentsTest {
  private static final Path ROOT = Path.of("../..");
  private static final Pattern LINK = Pattern.compile("]\\((?!https?:|<)([^)]+)\\)");

  @Test
  void everyLinkLeadsToAFileAndAHeading() throws IOException {
    for (Path document : documents()) {
      List<String> links =
          LINK.matcher(Files.readString(document)).results().map(found -> found.group(1)).toList();
      for (String link : links) {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? document : document.resolveSibling(parts[0]);
        assertThat(target).as("%s in %s", link, document).exists();
        if (parts.length == 2) {
          assertThat(anchors(target)).as("%s in %s", link, document).contains(parts[1]);
        }
      }
    }
  }

  @Test
  void theReadmeLeadsToEveryDocument() throws IOException {
    String readme = Files.readString(ROOT.resolve("README.md"));
    assertThat(documents()).hasSizeGreaterThan(5);
    assertThat(documents().stream().filter(file -> ROOT.resolve("docs").equals(file.getParent())))
        .allSatisfy(file -> assertThat(readme).contains("(docs/" + file.getFileName() + ")"));
  }

  private static List<String> anchors(Path document) throws IOException {
    return Files.readString(document)
        .lines()
        .filter(line -> line.startsWith("#"))
        .map(line -> line.replaceFirst("^#+ ", "").toLowerCase(Locale.ROOT))
        .map(title -> title.replace(' ', '-'))
        .toList();
  }

  /// The README, the pages for users, and the decisions.
  private static List<Path> documents() throws IOException {
    try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      return Stream.concat(
              Stream.of(ROOT.resolve("README.md")),
              docs.filter(file -> file.toString().endsWith(".md")))
          .sorted()
          .toList();
    }
  }
}
