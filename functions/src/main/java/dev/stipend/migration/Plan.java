package dev.stipend.migration;

import dev.stipend.migration.check.MigrationProblem;
import dev.stipend.migration.check.Requirements;
import dev.stipend.migration.drift.UnfinishedRun;
import dev.stipend.migration.files.Script;
import dev.stipend.migration.files.ScriptReader;
import dev.stipend.migration.history.HistoryState;
import dev.stipend.migration.lint.Lint;
import dev.stipend.migration.lint.LintFinding;
import dev.stipend.migration.lint.ParsedStatement;
import dev.stipend.platform.sql.Identifiers;
import dev.stipend.platform.sql.Query;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;

/// What would run: the pending migrations and their files, split as Flyway splits them.
public final class Plan {
  /// What is this small is read and written in no time, whoever waits for it.
  private static final long SMALL_BYTES = 8L << 20;

  private final Run run;
  private final HistoryState standing;
  private final ScriptReader reader;

  /// A migration and its file; one in Java has none.
  public record Step(MigrationInfo migration, Optional<Script> script) {}

  public Plan(Run run, HistoryState standing) {
    this.run = run;
    this.standing = standing;
    this.reader = run.flyway().scripts();
  }

  public List<Step> steps() {
    return standing.pending().stream().map(this::step).toList();
  }

  /// What has to come before, where the statements are run by something else.
  List<String> preparation() throws SQLException {
    String schema = run.set().schema();
    boolean there =
        Query.row(run.connection(), "SELECT to_regnamespace(quote_ident(?))", schema)
            .optional(0)
            .isPresent();
    String path = run.path().sql();
    return there
        ? List.of(path)
        : List.of("CREATE SCHEMA IF NOT EXISTS " + Identifiers.quoted(schema), path);
  }

  List<PlannedMigration> shown() {
    return steps().stream().map(Plan::shown).toList();
  }

  private Step step(MigrationInfo migration) {
    return new Step(migration, run.set().files().find(migration.getScript()).map(reader::read));
  }

  private static PlannedMigration shown(Step step) {
    return step.script()
        .map(script -> shown(HistoryState.name(step.migration()), script))
        .orElseGet(() -> ListPrices.planned(HistoryState.name(step.migration())));
  }

  static PlannedMigration shown(String name, Script script) {
    return new PlannedMigration(
        name,
        script.transactional(),
        script.statements().stream()
            .map(
                statement ->
                    new PlannedMigration.PlannedStatement(
                        statement.sql(),
                        statement.line(),
                        ParsedStatement.of(statement.sql()).lock(),
                        Optional.empty(),
                        statement.data()))
            .toList());
  }

  /// What the lint says of the pending files that its rules hold for.
  public List<LintFinding> findings() throws SQLException {
    Set<String> extensions = new HashSet<>();
    Query.rows(run.connection(), "SELECT name FROM pg_available_extensions")
        .forEach(row -> extensions.add(row.text(0)));
    List<Script> applied = new ArrayList<>();
    List<Script> unfinished = new ArrayList<>();
    Set<String> since = new UnfinishedRun(run).scripts();
    standing
        .appliedNewestFirst()
        .forEach(
            migration ->
                run.set()
                    .files()
                    .find(migration.getScript())
                    .map(reader::read)
                    .ifPresent(
                        script -> {
                          applied.add(script);
                          if (since.contains(migration.getScript())) {
                            unfinished.add(script);
                          }
                        }));
    List<LintFinding> all =
        Lint.of(applied, scripts(), madeSince(unfinished), run.set().files(), extensions::contains);
    MigrationVersion from = MigrationVersion.fromVersion(run.set().lintedFrom());
    return all.stream()
        .filter(
            finding ->
                Script.version(finding.file())
                    .map(version -> MigrationVersion.fromVersion(version).compareTo(from) >= 0)
                    .orElse(true))
        .toList();
  }

  /// Tables that a run has made and did not end well, and that nobody has filled since.
  private Map<String, Lint.Fresh> madeSince(List<Script> unfinished) throws SQLException {
    Map<String, Lint.Fresh> fresh = new HashMap<>();
    for (Script script : unfinished) {
      for (Script.Statement statement : script.statements()) {
        Optional<String> table = ParsedStatement.of(statement.sql()).createdTable();
        if (table.isPresent()) {
          size(table.get()).ifPresent(size -> fresh.put(table.get(), size));
        }
      }
    }
    return fresh;
  }

  /// Empty if a table is as large as one in use may be, or is not there.
  private Optional<Lint.Fresh> size(String table) throws SQLException {
    String name = run.set().qualified(table);
    Query.Row there =
        Query.row(
            run.connection(),
            "SELECT coalesce(pg_table_size(to_regclass(?)) <= ?, FALSE)",
            name,
            SMALL_BYTES);
    if (!there.isTrue(0)) {
      return Optional.empty();
    }
    boolean hasRows =
        Query.row(run.connection(), "SELECT EXISTS (SELECT 1 FROM %s)".formatted(name)).isTrue(0);
    return Optional.of(hasRows ? Lint.Fresh.SMALL : Lint.Fresh.EMPTY);
  }

  /// What keeps the pending files from running: what they would reach outside of their schema, and
  /// what they require and is not there.
  public List<MigrationProblem> obstacles() throws SQLException {
    List<MigrationProblem> obstacles = new ArrayList<>(Boundary.problems(run, scripts()));
    obstacles.addAll(requirements());
    return obstacles;
  }

  /// What they require and is not there.
  public List<MigrationProblem> requirements() throws SQLException {
    return new Requirements(run, standing).missing(scripts());
  }

  private List<Script> scripts() {
    return steps().stream().flatMap(step -> step.script().stream()).toList();
  }
}
