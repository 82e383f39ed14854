package dev.stipend.function;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/// Loads every class of this build and of the database's driver, so that a snapshot has those too
/// that the first work does not reach. Ours are initialised as well, which is most of the way to
/// running them: their initialisers make constants, and nothing else.
final class PreloadedClasses {
  private static final String CLASS = ".class";

  private PreloadedClasses() {}

  /// Answers how many there are, interfaces aside. Those that lack an optional library stay away.
  static int load() {
    return load(PreloadedClasses.class, true) + load(Driver.class, false);
  }

  private static int load(Class<?> one, boolean initialised) {
    return (int)
        names(one.getProtectionDomain().getCodeSource()).stream()
            .filter(name -> isLoaded(name, initialised))
            .count();
  }

  private static boolean isLoaded(String name, boolean initialised) {
    try {
      Class<?> loaded = Class.forName(name, initialised, PreloadedClasses.class.getClassLoader());
      return !loaded.isInterface();
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
