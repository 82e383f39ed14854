package dev.stipend.migration.files;

import dev.stipend.migration.ListPrices;
import dev.stipend.migration.RunOutcome;
import dev.stipend.migration.StoppedException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.api.migration.JavaMigration;

/// Migrations that belong together: their files, the schema that they change and the table that
/// holds their history.
///
/// @param name `core`, or the path where they are
/// @param table the history's, without its schema
/// @param lintedFrom the first version that the lint's rules hold for; earlier ones are released
/// @param source the folder in which new files are made, where there is one
public record MigrationSet(
    String name,
    String schema,
    String table,
    MigrationFiles files,
    List<JavaMigration> javaMigrations,
    String lintedFrom,
    Optional<Path> source) {
  public static final String CORE = "core";
  public static final String CORE_SCHEMA = "stipend";
  private static final String HISTORY = "flyway_schema_history";
  private static final String SEED_HISTORY = "flyway_seed_history";
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
    return name.equals(CORE) ? core(CORE_SCHEMA) : at(Path.of(name), schema.orElse("public"));
  }

  private static MigrationSet core(String schema) {
    return new MigrationSet(
        CORE,
        schema,
        HISTORY,
        MigrationFiles.onClassPath(FOLDER),
        List.of(new ListPrices()),
        CORE_LINTED_FROM,
        Optional.of(CORE_SOURCE));
  }

  private static MigrationSet at(Path place, String schema) {
    return new MigrationSet(
        place.toString(),
        schema,
        HISTORY,
        MigrationFiles.at(place),
        List.of(),
        "0",
        Optional.of(place));
  }

  /// Sample data for the schema of this set, with a history of its own.
  public MigrationSet seeds() {
    return new MigrationSet(
        name + " seeds",
        schema,
        SEED_HISTORY,
        name.equals(CORE)
            ? MigrationFiles.onClassPath(SEED_FOLDER)
            : MigrationFiles.at(Path.of(name).resolve(MigrationFiles.SEED)),
        List.of(),
        "0",
        Optional.empty());
  }

  /// The same files with another history.
  public MigrationSet withTable(String other) {
    return new MigrationSet(name, schema, other, files, javaMigrations, lintedFrom, source);
  }

  public MigrationSet versionedOnly() {
    return new MigrationSet(name, schema, table, files.without("R"), List.of(), lintedFrom, source);
  }

  public boolean isCore() {
    return name.equals(CORE);
  }

  /// The history's table, quoted.
  public String history() {
    return quoted(schema) + "." + quoted(table);
  }

  /// A table's name as a migration has it, with its schema.
  public String qualified(String name) {
    return name.contains(".") ? name : schema + "." + name;
  }

  public static String quoted(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }
}
