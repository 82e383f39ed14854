package dev.stipend.function;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/// Loads every class of this build and of the database's driver, so that a snapshot has those too
/// that the first work does not reach. Loading changes nothing; nothing is initialised but what its
/// loading asks for.
final class PreloadedClasses {
  private static final String CLASS = ".class";

  private PreloadedClasses() {}

  /// Answers how many there are. Those that lack an optional library stay away.
  static int load() {
    ClassLoader loader = PreloadedClasses.class.getClassLoader();
    return (int)
        Stream.of(PreloadedClasses.class, Driver.class)
            .flatMap(type -> names(type.getProtectionDomain().getCodeSource()).stream())
            .filter(name -> isLoaded(name, loader))
            .count();
  }

  private static boolean isLoaded(String name, ClassLoader loader) {
    try {
      return Class.forName(name, false, loader).getMethods().length > 0;
    } catch (ClassNotFoundException | LinkageError optional) {
      return false;
    }
  }

  /// The classes of a jar; none of a directory, which only a development machine has.
  private static List<String> names(@Nullable CodeSource source) {
    try {
      Path jar = Path.of(source == null ? Path.of("").toUri() : source.getLocation().toURI());
      if (!Files.isRegularFile(jar)) {
        return List.of();
      }
      try (JarFile opened = new JarFile(jar.toFile())) {
        return opened.stream()
            .map(entry -> entry.getName())
            .filter(name -> name.endsWith(CLASS) && !name.startsWith("META-INF/"))
            .map(name -> name.substring(0, name.length() - CLASS.length()).replace('/', '.'))
            .toList();
      }
    } catch (IOException | URISyntaxException unreadable) {
      return List.of();
    }
  }
}
