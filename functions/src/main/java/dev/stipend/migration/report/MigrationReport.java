package dev.stipend.migration.report;

import dev.stipend.migration.PlannedMigration;
import dev.stipend.migration.RunOutcome;
import dev.stipend.migration.check.MigrationProblem;
import dev.stipend.migration.check.NamedCheck;
import dev.stipend.migration.drift.Difference;
import dev.stipend.migration.lint.LintFinding;
import dev.stipend.migration.operations.OperationsReport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a verb found or did.
///
/// @param host where the database is, with its port; empty if nobody got there
/// @param message one sentence for people
/// @param version the schema's version now; empty before the first migration, or if it is not known
/// @param required the set's newest version
/// @param applied versions and names of the migrations that ran, or were undone
/// @param pending versions and names of the migrations that have not run
/// @param tables the names of the schema's tables, where the verb is about them
/// @param checks what the pack looks at in its own schema
/// @param preparation statements that come before the plan's, where something else runs them
/// @param holder who has the lock; empty if nobody has, or nobody asked
/// @param operations what an operator asked for
public record MigrationReport(
    String verb,
    String set,
    String schema,
    Optional<String> host,
    Optional<String> database,
    RunOutcome outcome,
    String message,
    Optional<String> version,
    Optional<String> required,
    List<String> applied,
    List<String> pending,
    List<HistoryLine> history,
    List<String> tables,
    List<String> preparation,
    List<PlannedMigration> plan,
    List<LintFinding> findings,
    List<Difference> differences,
    List<NamedCheck> checks,
    List<MigrationProblem> problems,
    List<String> warnings,
    Optional<String> holder,
    Optional<OperationsReport> operations) {

  /// A migration and how it stands.
  ///
  /// @param installedOn when it ran, ISO 8601 in UTC
  public record HistoryLine(
      Optional<String> version,
      String description,
      String state,
      Optional<String> installedOn,
      Optional<String> installedBy,
      Optional<Integer> milliseconds) {

    Map<String, Object> toMap() {
      Map<String, Object> map = new LinkedHashMap<>();
      version.ifPresent(value -> map.put("version", value));
      map.put("description", description);
      map.put("state", state);
      installedOn.ifPresent(value -> map.put("installedOn", value));
      installedBy.ifPresent(value -> map.put("installedBy", value));
      milliseconds.ifPresent(value -> map.put("milliseconds", value));
      return map;
    }
  }

  /// What a shell script goes by.
  public int exitCode() {
    return outcome == RunOutcome.PREREQUISITE
        ? problems.getFirst().kind().exitCode()
        : outcome.exitCode();
  }

  public boolean isOk() {
    return exitCode() == 0;
  }

  /// The report as the values of a JSON object. Its fields stay as they are; lists that a verb has
  /// nothing to do with are left out.
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("verb", verb);
    map.put("set", set);
    map.put("schema", schema);
    host.ifPresent(value -> map.put("host", value));
    database.ifPresent(value -> map.put("database", value));
    map.put("outcome", outcome.word());
    map.put("exitCode", exitCode());
    map.put("message", message);
    version.ifPresent(value -> map.put("schemaVersion", value));
    required.ifPresent(value -> map.put("requiredVersion", value));
    map.put("applied", applied);
    map.put("pending", pending);
    put(map, "history", history.stream().map(HistoryLine::toMap).toList());
    put(map, "tables", tables);
    put(map, "preparation", preparation);
    put(map, "plan", plan.stream().map(PlannedMigration::toMap).toList());
    put(map, "findings", findings.stream().map(LintFinding::toMap).toList());
    put(map, "differences", differences.stream().map(Difference::toMap).toList());
    put(map, "checks", checks.stream().map(NamedCheck::toMap).toList());
    put(map, "problems", problems.stream().map(MigrationProblem::toMap).toList());
    put(map, "warnings", warnings);
    holder.ifPresent(value -> map.put("holder", value));
    operations.ifPresent(value -> map.put("operations", value.toMap()));
    return map;
  }

  private static void put(Map<String, Object> map, String name, List<?> values) {
    if (!values.isEmpty()) {
      map.put(name, values);
    }
  }
}
