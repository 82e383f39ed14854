package dev.stipend.migration.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A folder of the class path, which may lie in a jar.
final class ClassPathFolder {
  private ClassPathFolder() {}

  /// What to read in the folder, while the jar is open.
  @FunctionalInterface
  interface Reading<T> {
    T of(Path folder) throws IOException;
  }

  /// Reads something in a folder; empty if there is no such folder.
  static <T> Optional<T> read(String folder, Reading<T> reading) {
    URL url = ClassPathFolder.class.getClassLoader().getResource(folder);
    if (url == null) {
      return Optional.empty();
    }
    try {
      URI uri = url.toURI();
      if (!"jar".equals(uri.getScheme())) {
        return Optional.of(reading.of(Path.of(uri)));
      }
      try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
        return Optional.of(reading.of(jar.getPath("/" + folder)));
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /// The names of what lies directly in a folder, in their order.
  static List<String> names(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(path -> String.valueOf(path.getFileName()).replace("/", "")).sorted().toList();
    }
  }
}
