package dev.stipend.migration.check;

import dev.stipend.migration.files.MigrationSet;
import dev.stipend.migration.files.Script;
import dev.stipend.migration.files.ScriptReader;
import dev.stipend.migration.lint.ParsedStatement;
import dev.stipend.platform.sql.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.resource.LoadableResource;

/// Guesses which version a schema without a history is at, by its tables and columns alone. What
/// is stamped is compared in full.
final class StampGuess {
  private final Connection connection;
  private final MigrationSet set;

  StampGuess(Connection connection, MigrationSet set) {
    this.connection = connection;
    this.set = set;
  }

  /// The same problem, with a version to stamp if one fits.
  MigrationProblem completed(MigrationProblem problem) throws SQLException {
    Optional<String> version = version();
    return version.isEmpty()
        ? problem
        : new MigrationProblem(
            problem.kind(),
            problem.cause(),
            "%s By its tables and columns the schema is at version %2$s: stamp %2$s compares the rest."
                .formatted(problem.fix(), version.get()));
  }

  private Optional<String> version() throws SQLException {
    Set<String> there = there();
    ScriptReader reader = new ScriptReader();
    Set<String> expected = new LinkedHashSet<>();
    Optional<String> fits = Optional.empty();
    for (LoadableResource file :
        set.files().getResources("V", new String[] {".sql"}).stream()
            .filter(each -> Script.version(each.getFilename()).isPresent())
            .sorted(Comparator.comparing(StampGuess::version))
            .toList()) {
      List<String> statements =
          reader.read(file).statements().stream().map(Script.Statement::sql).toList();
      Set<String> inBlocks = new HashSet<>();
      for (String sql : statements) {
        Verification.follow(ParsedStatement.of(sql), expected);
        inBlocks.addAll(madeInBlock(sql));
      }
      expected.addAll(inBlocks);
      // A file of blocks that make nothing does not show whether it has run.
      boolean shows = !inBlocks.isEmpty() || !statements.stream().allMatch(StampGuess::isBlock);
      if (shows
          && !expected.isEmpty()
          && expected.stream().map(this::own).allMatch(there::contains)) {
        fits = Script.version(file.getFilename());
      }
    }
    return fits;
  }

  /// Tables and indexes that a DO block makes.
  private static Set<String> madeInBlock(String sql) {
    Set<String> made = new HashSet<>();
    if (isBlock(sql)) {
      MentionedObjects.of(sql).stream()
          .filter(each -> each.effect() == MentionedObjects.Effect.CREATED)
          .filter(each -> each.kind() == MentionedObjects.Kind.RELATION)
          .forEach(each -> made.add(each.name()));
    }
    return made;
  }

  private static boolean isBlock(String sql) {
    return ParsedStatement.of(sql).has("^DO\\b");
  }

  private static MigrationVersion version(LoadableResource file) {
    return MigrationVersion.fromVersion(Script.version(file.getFilename()).orElseThrow());
  }

  private String own(String name) {
    String prefix = set.schema() + ".";
    return name.startsWith(prefix) ? name.substring(prefix.length()) : name;
  }

  /// Tables and indexes, and columns behind them.
  private Set<String> there() throws SQLException {
    Set<String> there = new HashSet<>();
    Query.rows(
            connection,
            """
            SELECT relname, concat(relname, chr(9), attname)
            FROM pg_class
            JOIN pg_attribute ON attrelid = pg_class.oid AND attnum > 0 AND NOT attisdropped
            WHERE relnamespace = to_regnamespace(quote_ident(?))
              AND relkind IN ('r', 'p', 'i', 'I')
            """,
            set.schema())
        .forEach(
            row -> {
              there.add(row.text(0));
              there.add(row.text(1));
            });
    return there;
  }
}
