package dev.stipend.migrate;

import java.sql.Connection;
import java.sql.SQLException;

/// What a migration says in its `-- requires:` lines must be there before it runs.
final class Requirements {
  private Requirements() {}

  static boolean isThere(Connection connection, Standing standing, Script.Requirement requirement)
      throws SQLException {
    return switch (requirement.kind()) {
      case "table" ->
          Query.row(connection, "SELECT to_regclass(?)", requirement.name())
              .optional(0)
              .isPresent();
      case "extension" ->
          !Query.rows(
                  connection, "SELECT 1 FROM pg_extension WHERE extname = ?", requirement.name())
              .isEmpty();
      case "migration" ->
          standing
                  .find(requirement.name())
                  .map(migration -> migration.getState().isApplied())
                  .orElse(false)
              || SchemaGuard.has(connection, requirement.name());
      default -> false;
    };
  }

  static Problem problem(String file, Script.Requirement requirement) {
    String fix =
        switch (requirement.kind()) {
          case "table" ->
              "Run the migrations that make it first: the host's own, or another --set.";
          case "extension" ->
              "CREATE EXTENSION %s as a role that may, then deploy again."
                  .formatted(requirement.name());
          case "migration" -> "Deploy the set that has it first (deploy --set core).";
          default -> "Write table, extension or migration behind requires:.";
        };
    return new Problem(
        Problem.Kind.REQUIREMENT,
        "%s requires %s %s, which is not there."
            .formatted(file, requirement.kind(), requirement.name()),
        fix);
  }
}
