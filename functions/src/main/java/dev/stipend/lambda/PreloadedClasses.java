package dev.stipend.lambda;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import org.postgresql.Driver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Loads every class of this build and of the database's driver, so that a snapshot has those too
/// that the first work does not reach. Ours are initialised as well, which is most of the way to
/// running them: their initialisers make constants, and nothing else.
final class PreloadedClasses {
  private static final Logger LOG = LoggerFactory.getLogger(PreloadedClasses.class);
  private static final String CLASS = ".class";

  private PreloadedClasses() {}

  static void load() {
    names(PreloadedClasses.class).forEach(name -> load(name, true));
    names(Driver.class).forEach(name -> load(name, false));
  }

  private static void load(String name, boolean initialised) {
    try {
      Class<?> _ = Class.forName(name, initialised, PreloadedClasses.class.getClassLoader());
    } catch (ClassNotFoundException | LinkageError lacking) {
      LOG.debug("{} lacks an optional library", name);
    }
  }

  /// The classes of the jar that a class is in; none of a directory, which only a development
  /// machine has.
  private static List<String> names(Class<?> one) {
    try {
      Path jar = Path.of(one.getProtectionDomain().getCodeSource().getLocation().toURI());
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
