package dev.stipend.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.platform.secrets.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// A migration that has run anywhere stays as it is: databases know its checksum, and refuse
/// another one. `-Dgolden.update=true` notes new files; of one that has run nowhere yet, take the
/// line out first.
final class MigrationsStayTest {
  private static final Path KNOWN = Path.of("src/test/resources/migrations.sha256");
  private static final List<Path> FOLDERS =
      List.of(Path.of("src/main/resources/db/migration"), Path.of("src/main/resources/packs"));

  @Test
  void noMigrationIsEdited() throws IOException {
    Map<String, String> found = digests();
    if (Boolean.getBoolean("golden.update")) {
      Map<String, String> all = new TreeMap<>(found);
      all.putAll(known());
      Files.writeString(
          KNOWN,
          all.entrySet().stream()
              .map(file -> file.getValue() + "  " + file.getKey() + "\n")
              .collect(Collectors.joining()));
    }
    assertThat(found)
        .as("edited, gone, or not noted yet; add another migration instead of editing one")
        .isEqualTo(known());
  }

  private static Map<String, String> known() throws IOException {
    return Files.readAllLines(KNOWN).stream()
        .map(line -> line.split("  ", 2))
        .collect(
            Collectors.toMap(line -> line[1], line -> line[0], (one, same) -> one, TreeMap::new));
  }

  private static Map<String, String> digests() throws IOException {
    Map<String, String> digests = new TreeMap<>();
    for (Path folder : FOLDERS) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.filter(MigrationsStayTest::isMigration).toList()) {
          digests.put(
              Path.of("src/main/resources").relativize(file).toString(),
              HexFormat.of().formatHex(Sha256.begun().digest(Files.readAllBytes(file))));
        }
      }
    }
    return digests;
  }

  private static boolean isMigration(Path file) {
    return file.getFileName().toString().matches("V\\d+__.*\\.sql");
  }
}
