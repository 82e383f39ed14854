package dev.stipend.migrate;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;

/// What would run: the pending migrations and their files, split as Flyway splits them.
final class Plan {
  private final Run run;
  private final Standing standing;
  private final ScriptReader reader;

  /// A migration and its file; one in Java has none.
  record Step(MigrationInfo migration, Optional<Script> script) {}

  Plan(Run run, Standing standing) {
    this.run = run;
    this.standing = standing;
    this.reader = run.flyway().scripts();
  }

  List<Step> steps() {
    return standing.pending().stream().map(this::step).toList();
  }

  List<PlannedMigration> shown() {
    return steps().stream().map(Plan::shown).toList();
  }

  private Step step(MigrationInfo migration) {
    return new Step(migration, run.set().files().find(migration.getScript()).map(reader::read));
  }

  private static PlannedMigration shown(Step step) {
    return shown(
        Standing.name(step.migration()),
        step.script()
            .orElseGet(
                () ->
                    new Script(
                        step.migration().getScript(),
                        "",
                        true,
                        List.of(new Script.Statement(ListPrices.UPSERT, 1, true)))));
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
                        StatementShape.of(statement.sql()).lock()))
            .toList());
  }

  /// What the lint says of the pending files that its rules hold for.
  List<LintFinding> findings() throws SQLException {
    Set<String> extensions = new HashSet<>();
    Query.rows(run.connection(), "SELECT name FROM pg_available_extensions")
        .forEach(row -> extensions.add(row.text(0)));
    List<Script> applied = new ArrayList<>();
    standing
        .appliedNewestFirst()
        .forEach(
            migration ->
                run.set()
                    .files()
                    .find(migration.getScript())
                    .map(reader::read)
                    .ifPresent(applied::add));
    List<LintFinding> all =
        Lint.of(
            applied,
            steps().stream().flatMap(step -> step.script().stream()).toList(),
            run.set().files(),
            extensions::contains);
    MigrationVersion from = MigrationVersion.fromVersion(run.set().lintedFrom());
    return all.stream()
        .filter(
            finding ->
                Script.version(finding.file())
                    .map(version -> MigrationVersion.fromVersion(version).compareTo(from) >= 0)
                    .orElse(true))
        .toList();
  }

  /// The first thing that a pending file requires and that is neither there nor made before it.
  Optional<Problem> missing() throws SQLException {
    Set<String> coming = new HashSet<>();
    for (Step step : steps()) {
      Script script = step.script().orElse(null);
      if (script == null) {
        continue;
      }
      for (Script.Requirement requirement : script.requirements()) {
        if (!coming.contains(requirement.kind() + " " + requirement.name())
            && !isThere(requirement)) {
          return Optional.of(Requirements.problem(script.file(), requirement));
        }
      }
      Script.version(script.file()).ifPresent(version -> coming.add("migration " + version));
      script.statements().stream()
          .flatMap(statement -> StatementShape.of(statement.sql()).createdTable().stream())
          .forEach(table -> coming.add("table " + table));
    }
    return Optional.empty();
  }

  private boolean isThere(Script.Requirement requirement) throws SQLException {
    return Requirements.isThere(run.connection(), standing, requirement);
  }
}
