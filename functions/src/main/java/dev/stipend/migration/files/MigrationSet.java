package dev.stipend.migration.files;

import dev.stipend.migration.ListPrices;
import dev.stipend.migration.RunOutcome;
import dev.stipend.migration.StoppedException;
import dev.stipend.platform.sql.Identifiers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.flywaydb.core.api.migration.JavaMigration;

/// Migrations that belong together: their files, the schema that they change and the table that
/// holds their history.
///
/// @param name `core`, the name of a pack, or the path where they are
/// @param kept where it is kept what has run
/// @param lintedFrom the first version that the lint's rules hold for; earlier ones are released
/// @param source the folder in which new files are made, where there is one
/// @param pack what they are, if they are one
/// @param variant which form of the pack; empty for the usual one
public record MigrationSet(
    String name,
    String schema,
    HistoryPlace kept,
    MigrationFiles files,
    List<JavaMigration> javaMigrations,
    String lintedFrom,
    Optional<Path> source,
    Optional<Pack> pack,
    Optional<String> variant) {
  public static final String CORE = "core";
  public static final String CORE_SCHEMA = "stipend";
  private static final Pattern SIMPLE = Pattern.compile("[a-z_][a-z0-9_]*");
  private static final int LONGEST = 63;
  private static final String FOLDER = "db/migration";
  private static final String SEED_FOLDER = "db/seed";
  private static final Path CORE_SOURCE = Path.of("functions", "src", "main", "resources", FOLDER);

  /// Rules came with this version; what is older has run everywhere as it is.
  private static final String CORE_LINTED_FROM = "202611210030";

  /// Finds a set by its name.
  ///
  /// @throws StoppedException if Stipend's own migrations are asked for in another schema than
  ///     theirs
  public static MigrationSet find(String name, Optional<String> schema) {
    if (name.equals(CORE) && schema.filter(other -> !other.equals(CORE_SCHEMA)).isPresent()) {
      throw new StoppedException(
          RunOutcome.REFUSED,
          "Stipend's own migrations belong to schema stipend; leave --schema out, or give --set.");
    }
    if (name.equals(CORE)) {
      return core(CORE_SCHEMA);
    }
    String where = schema.orElse("public");
    refuseReserved(where);
    return at(Path.of(name), where);
  }

  /// Schemas that are no host's.
  private static void refuseReserved(String schema) {
    boolean ofSystem = schema.startsWith("pg_") || schema.equals("information_schema");
    boolean ours = schema.equals(CORE_SCHEMA) || schema.equals(HistoryPlace.ASIDE);
    boolean tooLong = schema.getBytes(StandardCharsets.UTF_8).length > LONGEST;
    if (ofSystem || ours || tooLong) {
      throw new StoppedException(
          RunOutcome.REFUSED,
          "Schema %s %s; give --schema another."
              .formatted(
                  schema,
                  ours
                      ? "is Stipend's own"
                      : ofSystem ? "is PostgreSQL's own" : "has a name of more than 63 bytes"));
    }
  }

  private static MigrationSet core(String schema) {
    return new MigrationSet(
        CORE,
        schema,
        HistoryPlace.in(schema),
        MigrationFiles.onClassPath(FOLDER),
        List.of(new ListPrices()),
        CORE_LINTED_FROM,
        Optional.of(CORE_SOURCE),
        Optional.empty(),
        Optional.empty());
  }

  private static MigrationSet at(Path place, String schema) {
    MigrationFiles files = MigrationFiles.found(place);
    return new MigrationSet(
        place.toString(),
        schema,
        files.layout() == Layout.PRISMA ? HistoryPlace.ofPrisma(schema) : HistoryPlace.in(schema),
        files,
        List.of(),
        "0",
        Optional.of(place),
        Optional.empty(),
        Optional.empty());
  }

  /// A pack in a schema.
  ///
  /// @param variant empty for the usual form
  /// @param applied the versions that have run there
  /// @throws StoppedException if the schema is Stipend's, or there is no such variant
  public static MigrationSet of(
      Pack pack, Optional<String> schema, Optional<String> variant, Set<String> applied) {
    String where = schema.orElse(pack.schema());
    refuseReserved(where);
    return new MigrationSet(
        pack.name(),
        where,
        HistoryPlace.of(pack.name(), where),
        pack.files(variant, applied),
        List.of(),
        "0",
        Optional.empty(),
        Optional.of(pack),
        variant);
  }

  /// Sample data for the schema of this set, with a history of its own.
  public MigrationSet seeds() {
    return new MigrationSet(
        name + " seeds",
        schema,
        kept.withTable(kept.seeds()),
        seedFiles(),
        List.of(),
        "0",
        Optional.empty(),
        pack,
        variant);
  }

  private MigrationFiles seedFiles() {
    if (pack.isPresent()) {
      return MigrationFiles.of(pack.get().seeds());
    }
    return isCore()
        ? MigrationFiles.onClassPath(SEED_FOLDER)
        : MigrationFiles.at(Path.of(name).resolve(MigrationFiles.SEED));
  }

  /// Whether the variant does without a version, though it may have run before.
  public boolean omits(String version) {
    return variant
        .flatMap(word -> pack.map(known -> known.variants().get(word)))
        .filter(chosen -> chosen.omits().contains(version))
        .isPresent();
  }

  /// The same files with another history.
  public MigrationSet withTable(String other) {
    return with(kept.withTable(other), files, javaMigrations);
  }

  public MigrationSet versionedOnly() {
    return with(kept, files.without("R"), List.of());
  }

  /// The same with other files.
  public MigrationSet with(MigrationFiles others) {
    return with(kept, others, javaMigrations);
  }

  private MigrationSet with(HistoryPlace place, MigrationFiles some, List<JavaMigration> inJava) {
    return new MigrationSet(name, schema, place, some, inJava, lintedFrom, source, pack, variant);
  }

  /// The history's table, without its schema.
  public String table() {
    return kept.table();
  }

  public boolean isCore() {
    return name.equals(CORE);
  }

  public boolean isPrisma() {
    return files.layout() == Layout.PRISMA;
  }

  /// The history's table, quoted.
  public String history() {
    return kept.history();
  }

  /// A table's name as a migration has it, with its schema.
  public String qualified(String name) {
    return name.contains(".")
        ? name
        : (SIMPLE.matcher(schema).matches() ? schema : Identifiers.quoted(schema)) + "." + name;
  }
}
