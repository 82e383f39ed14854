package dev.stipend.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Messages in the forms of other systems, written after their published schemas. All happened half
/// a minute before the test clock's start.
public final class Forms {
  private static final Path FILES = Path.of("src", "test", "resources", "forms");

  private Forms() {}

  public static String text(String name) {
    try {
      return Files.readString(FILES.resolve(name + ".json"));
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }
}
