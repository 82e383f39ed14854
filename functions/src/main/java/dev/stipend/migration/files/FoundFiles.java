package dev.stipend.migration.files;

import dev.stipend.migration.StoppedException;
import dev.stipend.migration.check.MigrationProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Finds the migrations in a folder, and tells by their names how they are laid out.
final class FoundFiles {
  private static final String PRISMA_FILE = "migration.sql";
  private static final Pattern PRISMA_FOLDER = Pattern.compile("[0-9]{4,}_.+");
  private static final Pattern FLYWAY = Pattern.compile("([VU][0-9][0-9._]*|R)__.+\\.sql");
  private static final int NAMED = 3;

  private final Path folder;
  private final Map<String, Path> prisma = new TreeMap<>();
  private final Map<String, Path> flyway = new TreeMap<>();
  private final Map<String, Path> numbered = new TreeMap<>();
  private final Map<String, Path> others = new TreeMap<>();

  FoundFiles(Path folder) {
    this.folder = folder;
  }

  /// @throws StoppedException if the layout cannot be told
  MigrationFiles read() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      all.filter(path -> MigrationFiles.isMigration(folder, path)).forEach(this::sort);
    }
    long layouts = Stream.of(prisma, flyway, numbered).filter(found -> !found.isEmpty()).count();
    if (layouts > 1 || (flyway.isEmpty() && prisma.isEmpty() && !others.isEmpty())) {
      throw unclear();
    }
    if (!prisma.isEmpty()) {
      return prisma();
    }
    if (!numbered.isEmpty()) {
      return new MigrationFiles(Layout.PLAIN, PlainFiles.read(texts(numbered)));
    }
    return new MigrationFiles(
        Layout.FLYWAY,
        texts(flyway).entrySet().stream()
            .map(each -> new MigrationFile(each.getKey(), each.getKey(), each.getValue()))
            .toList());
  }

  private void sort(Path file) {
    String name = String.valueOf(file.getFileName());
    Path parent = file.getParent();
    if (parent == null) {
      return;
    }
    boolean nested = !parent.equals(folder);
    if (name.equals(PRISMA_FILE) && nested) {
      prisma.put(String.valueOf(parent.getFileName()).replace("/", ""), file);
    } else if (FLYWAY.matcher(name).matches()) {
      flyway.put(name, file);
    } else if (PlainFiles.isOne(name)) {
      numbered.put(name, file);
    } else if (!nested || !Files.exists(parent.resolve(PRISMA_FILE))) {
      // What else lies beside a migration.sql is its owner's, such as a down.sql.
      others.put(name, file);
    }
  }

  private MigrationFiles prisma() throws IOException {
    Path migrations = prisma.values().iterator().next().resolve("../..").normalize();
    try (Stream<Path> all = Files.list(migrations)) {
      all.filter(Files::isDirectory)
          .map(path -> String.valueOf(path.getFileName()).replace("/", ""))
          .filter(name -> PRISMA_FOLDER.matcher(name).matches() && !prisma.containsKey(name))
          .sorted()
          .findFirst()
          .ifPresent(
              name -> {
                throw stopped(
                    "There is no migration.sql in the folder %s.".formatted(name),
                    "Bring it back, or remove the folder if it was never applied.");
              });
    }
    List<MigrationFile> files = new ArrayList<>();
    texts(prisma)
        .forEach(
            (name, text) ->
                files.add(
                    new MigrationFile(
                        "V%d__%s.sql".formatted(files.size() + 1, name),
                        name + "/" + PRISMA_FILE,
                        text)));
    return new MigrationFiles(Layout.PRISMA, files);
  }

  private static Map<String, String> texts(Map<String, Path> paths) throws IOException {
    Map<String, String> texts = new TreeMap<>();
    for (Map.Entry<String, Path> each : paths.entrySet()) {
      texts.put(each.getKey(), Files.readString(each.getValue()));
    }
    return texts;
  }

  private StoppedException unclear() {
    String found =
        Stream.of(
                described(flyway, "as Flyway has them"),
                described(prisma, "in folders as Prisma has them"),
                described(numbered, "with a number"),
                described(others, "in no order that is known"))
            .filter(text -> !text.isEmpty())
            .collect(Collectors.joining("; "));
    return stopped(
        "It cannot be told how the migrations in %s are laid out: %s.".formatted(folder, found),
        "Keep to one layout, and leave other .sql files elsewhere. These are understood: %s."
            .formatted(Layout.UNDERSTOOD));
  }

  private static String described(Map<String, Path> found, String how) {
    if (found.isEmpty()) {
      return "";
    }
    String some = found.keySet().stream().limit(NAMED).collect(Collectors.joining(", "));
    return "%s%s %s"
        .formatted(
            some, found.size() > NAMED ? " and %d more".formatted(found.size() - NAMED) : "", how);
  }

  static StoppedException stopped(String cause, String fix) {
    return new StoppedException(
        new MigrationProblem(MigrationProblem.Kind.NO_MIGRATIONS, cause, fix));
  }
}
