package dev.stipend.local.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/// The zip that the build has made. `mvn verify` always has; `mvn test` alone may not.
final class Zip {
  private static final Path TARGET = Path.of("..", "..", "functions", "target");
  static final Path FILE = TARGET.resolve("stipend-functions.zip");

  private Zip() {}

  /// Unpacks it, or skips the test where it is missing or older than the classes.
  static ShippedZip unpack() {
    assumeFresh();
    return ShippedZip.unpack(FILE);
  }

  static void assumeFresh() {
    boolean fresh = Files.exists(FILE) && newest(TARGET.resolve("classes")).compareTo(age()) <= 0;
    if (!fresh) {
      System.out.println("skipped: there is no zip of these classes; mvn package makes it");
    }
    Assumptions.assumeTrue(fresh);
  }

  private static FileTime age() {
    try {
      return Files.getLastModifiedTime(FILE);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static FileTime newest(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(
              file -> {
                try {
                  return Files.getLastModifiedTime(file);
                } catch (IOException failure) {
                  throw new UncheckedIOException(failure);
                }
              })
          .max(Comparator.naturalOrder())
          .orElseThrow();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
