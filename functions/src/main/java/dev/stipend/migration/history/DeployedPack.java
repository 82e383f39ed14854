package dev.stipend.migration.history;

import dev.stipend.migration.check.MentionedObjects;
import dev.stipend.migration.files.MigrationSet;
import dev.stipend.migration.files.Pack;
import dev.stipend.migration.files.ScriptReader;
import dev.stipend.platform.sql.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.flywaydb.core.api.resource.LoadableResource;

/// A pack as it stands in a schema, for whoever works on its tables.
///
/// @param set in the variant that was deployed
/// @param applied the versions that have run; none if the pack was never deployed there
/// @param isComplete whether all have run
/// @param tables those that the migrations which have run say they make, as far as they are there
public record DeployedPack(
    MigrationSet set, Set<String> applied, boolean isComplete, Set<String> tables) {
  private static final Pattern VERSION = Pattern.compile("(?:.*/)?V([0-9]+)__.*");

  /// Reads how it stands.
  ///
  /// @throws dev.stipend.migration.StoppedException if there is no such pack, or the schema is no
  ///     host's
  public static DeployedPack read(Connection connection, String pack, Optional<String> schema)
      throws SQLException {
    MigrationSet set =
        PackHistory.settled(
            connection, MigrationSet.of(Pack.find(pack), schema, Optional.empty(), Set.of()));
    Set<String> applied = applied(connection, set.history());
    List<LoadableResource> files =
        List.copyOf(set.files().getResources("V", new String[] {".sql"}));
    List<LoadableResource> run =
        files.stream().filter(file -> applied.contains(version(file))).toList();
    return new DeployedPack(
        set, applied, run.size() == files.size(), there(connection, set.schema(), made(run)));
  }

  private static Set<String> applied(Connection connection, String history) throws SQLException {
    Set<String> versions = new HashSet<>();
    if (Query.row(connection, "SELECT to_regclass(?)", history).optional(0).isPresent()) {
      Query.rows(
              connection,
              "SELECT version FROM %s WHERE success AND version IS NOT NULL".formatted(history))
          .forEach(row -> versions.add(row.text(0)));
    }
    return versions;
  }

  private static String version(LoadableResource file) {
    Matcher name = VERSION.matcher(file.getRelativePath());
    return name.matches() ? name.group(1) : "";
  }

  private static Set<String> made(List<LoadableResource> files) {
    ScriptReader reader = new ScriptReader();
    return files.stream()
        .flatMap(file -> reader.read(file).statements().stream())
        .flatMap(statement -> MentionedObjects.of(statement.sql()).stream())
        .filter(each -> each.effect() == MentionedObjects.Effect.CREATED)
        .filter(each -> each.kind() == MentionedObjects.Kind.RELATION)
        .map(MentionedObjects.Mention::name)
        .collect(Collectors.toSet());
  }

  private static Set<String> there(Connection connection, String schema, Set<String> names)
      throws SQLException {
    Set<String> there = new TreeSet<>();
    Query.rows(
            connection,
            """
            SELECT relname
            FROM pg_class
            WHERE relnamespace = to_regnamespace(quote_ident(?))
              AND relkind IN ('r', 'p')
              AND relname = ANY (?)
            """,
            schema,
            connection.createArrayOf("text", names.toArray()))
        .forEach(row -> there.add(row.text(0)));
    return there;
  }
}
