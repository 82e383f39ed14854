package dev.stipend.migration.check;

import dev.stipend.migration.Run;
import dev.stipend.migration.files.Script;
import dev.stipend.migration.history.HistoryState;
import dev.stipend.migration.lint.ParsedStatement;
import dev.stipend.platform.database.SchemaGuard;
import dev.stipend.platform.sql.Identifiers;
import dev.stipend.platform.sql.Query;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What migrations say in their `-- requires:` lines must be there before they run: a table in the
/// set's own schema, and in no other that happens to have one of that name.
public final class Requirements {
  private final Run run;
  private final HistoryState standing;

  public Requirements(Run run, HistoryState standing) {
    this.run = run;
    this.standing = standing;
  }

  /// All that is required and neither there nor made by a file before.
  public List<MigrationProblem> missing(List<Script> scripts) throws SQLException {
    List<MigrationProblem> missing = new ArrayList<>();
    Set<String> coming = new HashSet<>();
    for (Script script : scripts) {
      for (Script.Requirement requirement : script.requirements()) {
        if (!coming.contains(key(requirement.kind(), requirement.name()))
            && !isThere(requirement)) {
          missing.add(problem(script.file(), requirement));
        }
      }
      Script.version(script.file()).ifPresent(version -> coming.add(key("migration", version)));
      script.statements().stream()
          .flatMap(statement -> ParsedStatement.of(statement.sql()).createdTable().stream())
          .forEach(table -> coming.add(key("table", table)));
    }
    return missing;
  }

  private String key(String kind, String name) {
    return kind + " " + own(name).orElse(name).toLowerCase(Locale.ROOT);
  }

  /// A table's name without the set's own schema; empty if it names another.
  private Optional<String> own(String name) {
    String[] parts = name.split("\\.", 2);
    if (parts.length == 1) {
      return Optional.of(name);
    }
    return parts[0].replace("\"", "").equalsIgnoreCase(run.set().schema())
        ? Optional.of(parts[1])
        : Optional.empty();
  }

  private boolean isThere(Script.Requirement requirement) throws SQLException {
    return switch (requirement.kind()) {
      case "table" -> {
        Optional<String> table = own(requirement.name());
        yield table.isPresent()
            && Query.row(
                    run.connection(),
                    "SELECT to_regclass(?)",
                    Identifiers.quoted(run.set().schema()) + "." + table.get())
                .optional(0)
                .isPresent();
      }
      case "extension" ->
          !Query.rows(
                  run.connection(),
                  "SELECT 1 FROM pg_extension WHERE extname = ?",
                  requirement.name())
              .isEmpty();
      case "migration" ->
          standing
                  .find(requirement.name())
                  .map(migration -> migration.getState().isApplied())
                  .orElse(false)
              || SchemaGuard.has(run.connection(), requirement.name());
      default -> false;
    };
  }

  private MigrationProblem problem(String file, Script.Requirement requirement)
      throws SQLException {
    boolean foreign = requirement.kind().equals("table") && own(requirement.name()).isEmpty();
    String schema = run.set().schema();
    return switch (requirement.kind()) {
      case "table" ->
          foreign
              ? problem(
                  file,
                  requirement,
                  "which this set cannot use: it runs in schema %s and looks only there."
                      .formatted(schema),
                  "Name the table without a schema, or run the set where it belongs with --schema.")
              : table(file, requirement);
      case "extension" -> extension(file, requirement);
      case "migration" ->
          problem(
              file,
              requirement,
              "which does not exist.",
              requirement
                  .from()
                  .map("Run %s first."::formatted)
                  .orElse("Deploy the set that has it first (deploy --set core)."));
      default ->
          problem(
              file,
              requirement,
              "which is nothing that can be required.",
              "Write table, extension or migration after requires:.");
    };
  }

  /// A table was never there, or it was and is gone.
  private MigrationProblem table(String file, Script.Requirement requirement) {
    String schema = run.set().schema();
    String name = own(requirement.name()).orElse(requirement.name()).replace("\"", "");
    return Maker.of(run, standing, name)
        .map(
            made ->
                problem(
                    file,
                    requirement,
                    "which %s made in schema %s, and something other than migrations has dropped."
                        .formatted(HistoryState.name(made), schema),
                    Maker.advice(made)))
        .orElseGet(
            () ->
                problem(
                    file,
                    requirement,
                    "which does not exist in schema %s.".formatted(schema),
                    requirement
                        .from()
                        .map("Run %s there first."::formatted)
                        .orElse(
                            "Run the migrations that make it there first: the host's own, or"
                                + " another --set.")));
  }

  /// An extension may lack in the database, or on the server.
  private MigrationProblem extension(String file, Script.Requirement requirement)
      throws SQLException {
    String name = requirement.name();
    boolean available =
        !Query.rows(run.connection(), "SELECT 1 FROM pg_available_extensions WHERE name = ?", name)
            .isEmpty();
    if (available) {
      return problem(
          file,
          requirement,
          "which the server has and this database does not.",
          "CREATE EXTENSION %s; as a role that may do it, then deploy again.".formatted(name));
    }
    String major =
        Query.row(
                run.connection(),
                "SELECT CAST(current_setting('server_version_num') AS integer) / 10000")
            .text(0);
    return problem(
        file,
        requirement,
        "which this server does not have.",
        "Install its package on the server (%s), then CREATE EXTENSION %s; or choose a server that has it, as Neon and RDS do."
            .formatted(
                name.equals("vector")
                    ? "postgresql-%s-pgvector on Debian".formatted(major)
                    : "postgresql-contrib has many",
                name));
  }

  private static MigrationProblem problem(
      String file, Script.Requirement requirement, String cause, String fix) {
    return new MigrationProblem(
        MigrationProblem.Kind.REQUIREMENT,
        "%s requires %s %s, %s".formatted(file, requirement.kind(), requirement.name(), cause),
        fix);
  }
}
