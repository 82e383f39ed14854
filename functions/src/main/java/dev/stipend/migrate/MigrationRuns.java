package dev.stipend.migrate;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/// Writes down that a run happened, on a connection of its own, so that a failed one is there too.
final class MigrationRuns {
  private MigrationRuns() {}

  static void record(
      Connection connection,
      Instant started,
      Instant finished,
      MigrationReport report,
      @Nullable String fromVersion)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            INSERT INTO stipend.migration_runs (
              verb, code_version, started_at, finished_at, outcome, from_version, to_version)
            VALUES (?, ?, ?, ?, 'succeeded', ?, ?)
            """)) {
      statement.setString(1, report.verb());
      statement.setString(2, SchemaVersion.REQUIRED);
      statement.setObject(3, started.atOffset(ZoneOffset.UTC));
      statement.setObject(4, finished.atOffset(ZoneOffset.UTC));
      statement.setString(5, fromVersion);
      statement.setString(6, report.version().orElse(null));
      statement.executeUpdate();
    }
  }
}
