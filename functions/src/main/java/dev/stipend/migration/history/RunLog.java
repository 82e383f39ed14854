package dev.stipend.migration.history;

import dev.stipend.migration.RunContext;
import dev.stipend.migration.Verb;
import dev.stipend.migration.files.MigrationSet;
import dev.stipend.migration.report.MigrationReport;
import dev.stipend.platform.database.SchemaVersion;
import dev.stipend.platform.sql.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes a row of `migration_runs` when a run starts and again when it ends, on a connection of
/// its own: a run that is killed leaves the first. On an empty database there is no table yet, and
/// in the end there is; after a downgrade, the other way round.
public final class RunLog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunLog.class);
  private static final int LONGEST_ERROR = 4000;

  /// How an earlier run for the same request ended.
  public record Finished(boolean succeeded, String error) {}

  private final Connection connection;
  private final MigrationSet set;
  private final Verb verb;
  private final Optional<String> requestId;
  private final Instant started;
  private @Nullable String id;
  private @Nullable String from;

  public RunLog(
      Connection connection, MigrationSet set, Verb verb, RunContext context, Instant started) {
    this.connection = connection;
    this.set = set;
    this.verb = verb;
    this.requestId = context.requestId();
    this.started = started;
  }

  /// How the last finished run for this request ended; empty if there is none.
  public Optional<Finished> earlier() {
    if (requestId.isEmpty()) {
      return Optional.empty();
    }
    try {
      return exists()
          ? Query.rows(
                  connection,
                  """
                  SELECT outcome = 'succeeded', coalesce(error, '')
                  FROM stipend.migration_runs
                  WHERE request_id = ?
                    AND outcome <> 'running'
                  ORDER BY started_at DESC
                  LIMIT 1
                  """,
                  requestId.get())
              .stream()
              .findFirst()
              .map(row -> new Finished(row.isTrue(0), row.text(1)))
          : Optional.empty();
    } catch (SQLException failure) {
      LOG.warn("migration_runs cannot be read", failure);
      return Optional.empty();
    }
  }

  public void start(Optional<String> version) {
    from = version.orElse(null);
    write("running", null, null, null);
  }

  public void finish(MigrationReport report, Instant finished) {
    write(
        report.isOk() ? "succeeded" : "failed",
        finished,
        report.version().orElse(null),
        report.isOk() ? null : shortened(report.outcome().word() + ": " + report.message()));
  }

  private void write(
      String outcome, @Nullable Instant finished, @Nullable String to, @Nullable String error) {
    try {
      if (!exists()) {
        return;
      }
      if (id != null && update(outcome, finished, to, error)) {
        return;
      }
      id =
          Query.row(
                  connection,
                  """
                  INSERT INTO stipend.migration_runs (
                    verb, request_id, code_version, started_at, finished_at, outcome, from_version, to_version, error)
                  VALUES (?, nullif(?, ''), ?, ?, CAST(nullif(?, '') AS timestamptz), ?, nullif(?, ''), nullif(?, ''),
                    nullif(?, ''))
                  RETURNING id
                  """,
                  set.isCore() ? verb.label() : verb.label() + " " + set.name(),
                  requestId.orElse(""),
                  SchemaVersion.REQUIRED,
                  started.atOffset(ZoneOffset.UTC),
                  text(finished),
                  outcome,
                  text(from),
                  text(to),
                  text(error))
              .text(0);
    } catch (SQLException failure) {
      LOG.warn("The run cannot be written to migration_runs", failure);
    }
  }

  private boolean update(
      String outcome, @Nullable Instant finished, @Nullable String to, @Nullable String error)
      throws SQLException {
    return Query.update(
            connection,
            """
            UPDATE stipend.migration_runs
            SET outcome = ?,
                finished_at = CAST(nullif(?, '') AS timestamptz),
                to_version = nullif(?, ''),
                error = nullif(?, '')
            WHERE id = CAST(? AS uuid)
            """,
            outcome,
            text(finished),
            text(to),
            text(error),
            id)
        > 0;
  }

  private boolean exists() throws SQLException {
    return Query.row(connection, "SELECT to_regclass('stipend.migration_runs')")
        .optional(0)
        .isPresent();
  }

  private static String text(@Nullable Object value) {
    return value == null ? "" : value.toString();
  }

  private static String shortened(String error) {
    return error.substring(0, Math.min(LONGEST_ERROR, error.length()));
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
