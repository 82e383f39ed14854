package dev.stipend.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Compares what was rendered with a file that somebody has looked at. `mvn verify
/// -Dgolden.update=true` writes the files anew; look at the difference before committing it.
public final class Golden {
  private static final Path FILES = Path.of("src", "test", "resources", "golden");

  private Golden() {}

  public static void assertMatches(String name, String rendered) {
    Path file = FILES.resolve(name);
    try {
      if (Boolean.getBoolean("golden.update")) {
        Files.createDirectories(FILES);
        Files.writeString(file, rendered);
      }
      assertThat(rendered).isEqualTo(Files.readString(file));
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }
}
