package dev.stipend.migration.files;

import dev.stipend.migration.RunOutcome;
import dev.stipend.migration.StoppedException;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ProviderNotFoundException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipException;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;
import org.jspecify.annotations.Nullable;

/// The SQL files of a migration set, read once: Flyway, the plan and the lint see the same text.
public final class MigrationFiles implements ResourceProvider {
  /// The folder of sample data within a set.
  static final String SEED = "seed";

  private static final String SQL = ".sql";

  private final Map<String, LoadableResource> files;
  private final Layout layout;

  private MigrationFiles(Map<String, String> texts) {
    this(
        Layout.FLYWAY,
        texts.entrySet().stream()
            .map(each -> new MigrationFile(each.getKey(), each.getKey(), each.getValue()))
            .toList());
  }

  MigrationFiles(Layout layout, Collection<? extends LoadableResource> some) {
    this.layout = layout;
    files = new TreeMap<>();
    some.forEach(file -> files.put(file.getFilename(), file));
  }

  public Layout layout() {
    return layout;
  }

  /// Those whose names do not begin so.
  MigrationFiles without(String prefix) {
    return new MigrationFiles(
        layout,
        files.values().stream().filter(file -> !file.getFilename().startsWith(prefix)).toList());
  }

  /// Those with these names.
  public MigrationFiles only(Collection<String> names) {
    return new MigrationFiles(
        layout,
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

  /// Migrations in whatever layout they have.
  ///
  /// @param place a directory, or a jar whose files lie anywhere in it
  static MigrationFiles found(Path place) {
    return read(place, folder -> new FoundFiles(folder).read());
  }

  /// Files that are named as Flyway wants them.
  static MigrationFiles at(Path place) {
    return read(place, folder -> new MigrationFiles(texts(folder)));
  }

  private static MigrationFiles read(Path place, ClassPathFolder.Reading<MigrationFiles> reading) {
    try {
      if (Files.isDirectory(place)) {
        return reading.of(place);
      }
      if (!Files.isRegularFile(place)) {
        return new MigrationFiles(Map.of());
      }
      try (FileSystem jar = FileSystems.newFileSystem(place)) {
        return reading.of(jar.getPath("/"));
      }
    } catch (ProviderNotFoundException | ZipException noJar) {
      throw new StoppedException(
          RunOutcome.USAGE, place + " is neither a directory nor a jar; give --set one of them.");
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
  static boolean isMigration(Path folder, Path file) {
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

  /// Finds a file by its name, as its owner or Flyway has it.
  public Optional<LoadableResource> find(String name) {
    return files.containsKey(name)
        ? Optional.of(files.get(name))
        : files.values().stream().filter(file -> file.getRelativePath().equals(name)).findFirst();
  }

  /// The file that undoes another.
  ///
  /// @param name the other's
  public Optional<LoadableResource> undo(String name) {
    return find(name).flatMap(file -> find(Script.undoName(file.getFilename())));
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
}
