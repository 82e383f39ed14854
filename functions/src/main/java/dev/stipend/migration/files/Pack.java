package dev.stipend.migration.files;

import dev.stipend.migration.RunOutcome;
import dev.stipend.migration.StoppedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// A system's whole schema that Stipend brings along: migrations with what undoes them, sample
/// data, and checks.
///
/// @param schema where it goes unless another is named
/// @param phases words for versions, such as `phase-2`
/// @param migrations the files by their names, without those of variants
/// @param seeds sample data, by the names of its files
/// @param existing what its files make of tables that others made for it, if they can do with them
/// @param checks a query of the catalog, whose columns are name, ok and detail, and behind it
///     queries of rows, each with its name and the columns that it needs
public record Pack(
    String name,
    String title,
    String schema,
    Map<String, String> phases,
    Map<String, Variant> variants,
    Map<String, String> migrations,
    Map<String, String> seeds,
    Optional<String> existing,
    Optional<String> checks) {
  /// Another form of the system.
  ///
  /// @param omits versions that it does without
  /// @param migrations the files that only it has
  public record Variant(String description, Set<String> omits, Map<String, String> migrations) {}

  /// The word for the form that is no variant.
  private static final String USUAL = "default";

  private static final String FOLDER = "packs";
  private static final String DESCRIPTION = "pack.yaml";

  /// Finds a pack by its name.
  ///
  /// @throws StoppedException if there is none
  public static Pack find(String name) {
    return Optional.of(name)
        .filter(names()::contains)
        .flatMap(known -> ClassPathFolder.read(FOLDER + "/" + known, folder -> read(known, folder)))
        .orElseThrow(
            () ->
                new StoppedException(
                    RunOutcome.USAGE,
                    "There is no pack %s; the packs are %s."
                        .formatted(name, String.join(", ", names()))));
  }

  /// The names of all packs, in their order.
  public static List<String> names() {
    return ClassPathFolder.read(FOLDER, ClassPathFolder::names).orElse(List.of());
  }

  /// What a pack's `pack.yaml` says under a heading, for whoever owns that heading; null if it has
  /// none.
  ///
  /// @throws StoppedException if there is no such pack
  public static @Nullable Object described(String name, String heading) {
    find(name);
    return ClassPathFolder.read(FOLDER + "/" + name, Pack::description)
        .<@Nullable Object>map(described -> described.get(heading))
        .orElse(null);
  }

  private static Map<?, ?> description(Path folder) throws IOException {
    return map(
        new Load(LoadSettings.builder().build())
            .loadFromString(Files.readString(folder.resolve(DESCRIPTION))));
  }

  private static Pack read(String name, Path folder) throws IOException {
    Map<?, ?> described = description(folder);
    Map<String, String> phases = new LinkedHashMap<>();
    map(described.get("phases"))
        .forEach((word, version) -> phases.put(String.valueOf(word), String.valueOf(version)));
    Map<String, Variant> variants = new LinkedHashMap<>();
    for (Map.Entry<?, ?> variant : map(described.get("variants")).entrySet()) {
      String word = String.valueOf(variant.getKey());
      Map<?, ?> fields = map(variant.getValue());
      variants.put(
          word,
          new Variant(
              String.valueOf(fields.get("description")),
              texts(fields.get("omits")),
              files(folder.resolve("variant").resolve(word))));
    }
    Path checks = folder.resolve("verify.sql");
    return new Pack(
        name,
        String.valueOf(described.get("title")),
        String.valueOf(described.get("schema")),
        phases,
        variants,
        files(folder.resolve("migration")),
        files(folder.resolve("seed")),
        Optional.ofNullable(described.get("existing")).map(String::valueOf),
        Files.exists(checks) ? Optional.of(Files.readString(checks)) : Optional.empty());
  }

  private static Map<?, ?> map(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? map : Map.of();
  }

  private static Set<String> texts(@Nullable Object value) {
    return value instanceof List<?> list
        ? Set.copyOf(list.stream().map(String::valueOf).toList())
        : Set.of();
  }

  private static Map<String, String> files(Path folder) throws IOException {
    Map<String, String> files = new TreeMap<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> all = Files.list(folder)) {
        for (Path file : all.toList()) {
          files.put(String.valueOf(file.getFileName()), Files.readString(file));
        }
      }
    }
    return files;
  }

  /// The files of a variant, in a schema where some versions have run. What the variant omits and
  /// has run already stays.
  ///
  /// @param variant empty for the usual form
  /// @param applied versions
  MigrationFiles files(Optional<String> variant, Set<String> applied) {
    Optional<Variant> chosen = variant.filter(word -> !word.equals(USUAL)).map(this::variant);
    Map<String, String> files = new TreeMap<>(migrations);
    chosen.ifPresent(
        other -> {
          files
              .keySet()
              .removeIf(
                  file ->
                      Script.version(file)
                          .filter(other.omits()::contains)
                          .filter(version -> !applied.contains(version))
                          .isPresent());
          files.putAll(other.migrations());
        });
    return MigrationFiles.of(files);
  }

  /// How tables that others made for it become its own without being compared; empty if they
  /// cannot.
  public Optional<String> overExisting() {
    return existing.map("stamp 0, then deploy: %s."::formatted);
  }

  private Variant variant(String word) {
    Variant variant = variants.get(word);
    if (variant == null) {
      throw new StoppedException(
          RunOutcome.USAGE,
          variants.isEmpty()
              ? "Pack %s has no variants; leave --variant out.".formatted(name)
              : "Pack %s has no variant %s; its variants are %s, %s."
                  .formatted(name, word, USUAL, String.join(", ", variants.keySet())));
    }
    return variant;
  }
}
