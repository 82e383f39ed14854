package dev.stipend.migration.files;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;
import org.jspecify.annotations.Nullable;

/// The SQL files of a migration set, read once: Flyway, the plan and the lint see the same text.
public final class MigrationFiles implements ResourceProvider {
  /// The folder of sample data within a set.
  static final String SEED = "seed";

  private static final String SQL = ".sql";

  private final Map<String, LoadableResource> files;

  private MigrationFiles(Map<String, String> texts) {
    files = new TreeMap<>();
    texts.forEach((name, text) -> files.put(name, new MigrationFile(name, text)));
  }

  private MigrationFiles(Collection<LoadableResource> some) {
    files = new TreeMap<>();
    some.forEach(file -> files.put(file.getFilename(), file));
  }

  /// Those whose names do not begin so.
  MigrationFiles without(String prefix) {
    return new MigrationFiles(
        files.values().stream().filter(file -> !file.getFilename().startsWith(prefix)).toList());
  }

  /// Those with these names.
  public MigrationFiles only(Collection<String> names) {
    return new MigrationFiles(
        files.values().stream().filter(file -> names.contains(file.getFilename())).toList());
  }

  /// @param folder of the class path; nothing is found if it is not there
  static MigrationFiles onClassPath(String folder) {
    return of(ClassPathFolder.read(folder, MigrationFiles::texts).orElse(Map.of()));
  }

  /// @param texts by the names of their files
  static MigrationFiles of(Map<String, String> texts) {
    return new MigrationFiles(texts);
  }

  /// @param place a directory, or a jar whose files lie anywhere in it
  static MigrationFiles at(Path place) {
    try {
      if (Files.isDirectory(place)) {
        return new MigrationFiles(texts(place));
      }
      if (!Files.isRegularFile(place)) {
        return new MigrationFiles(Map.of());
      }
      try (FileSystem jar = FileSystems.newFileSystem(place)) {
        return new MigrationFiles(texts(jar.getPath("/")));
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Map<String, String> texts(Path folder) throws IOException {
    Map<String, String> texts = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(path -> isMigration(folder, path)).toList()) {
        texts.put(String.valueOf(file.getFileName()), Files.readString(file));
      }
    }
    return texts;
  }

  /// All that they say.
  public String text() {
    return files.values().stream().map(MigrationFiles::text).collect(Collectors.joining("\n"));
  }

  public static String text(LoadableResource file) {
    try (Reader reader = file.read()) {
      return reader.readAllAsString();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /// Sample data is no migration: it has a folder and a verb of its own.
  private static boolean isMigration(Path folder, Path file) {
    Path place = folder.relativize(file);
    for (Path part : place) {
      if (part.toString().replace("/", "").equals(SEED)) {
        return false;
      }
    }
    return file.toString().endsWith(SQL);
  }

  public boolean isEmpty() {
    return files.isEmpty();
  }

  public Optional<LoadableResource> find(String name) {
    return Optional.ofNullable(files.get(name));
  }

  @Override
  public @Nullable LoadableResource getResource(String name) {
    return files.get(name);
  }

  @Override
  public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
    return files.values().stream()
        .filter(file -> file.getFilename().startsWith(prefix))
        .filter(file -> List.of(suffixes).stream().anyMatch(file.getFilename()::endsWith))
        .toList();
  }

  /// A file in memory.
  private static final class MigrationFile extends LoadableResource {
    private final String name;
    private final String text;

    MigrationFile(String name, String text) {
      this.name = name;
      this.text = text;
    }

    @Override
    public Reader read() {
      return new StringReader(text);
    }

    @Override
    public String getAbsolutePath() {
      return name;
    }

    @Override
    public String getAbsolutePathOnDisk() {
      return name;
    }

    @Override
    public String getFilename() {
      return name;
    }

    @Override
    public String getRelativePath() {
      return name;
    }
  }
}
