package dev.stipend.migration.prisma;

import dev.stipend.migration.RunOutcome;
import dev.stipend.migration.StoppedException;
import dev.stipend.migration.files.MigrationSet;
import dev.stipend.migration.files.Script;
import dev.stipend.migration.files.ScriptReader;
import dev.stipend.migration.history.HistoryState;
import dev.stipend.migration.lint.ParsedStatement;
import dev.stipend.migration.report.Progress;
import dev.stipend.migration.report.ReportDraft;
import dev.stipend.platform.sql.FailureCause;
import dev.stipend.platform.sql.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;

/// Runs the pending files of a set of Prisma's, one after the other.
public final class PrismaRuns {
  /// A lock, a deadlock, the end of the time: the file itself is not at fault.
  private static final Set<String> PASSING = Set.of("55P03", "40P01", "57014");

  private static final String TRANSACTION =
      "^(BEGIN|START TRANSACTION|COMMIT|END|ROLLBACK|ABORT)\\b";

  private final Connection connection;
  private final MigrationSet set;
  private final ScriptReader reader;
  private final PrismaHistory history;

  public PrismaRuns(Connection connection, MigrationSet set, ScriptReader reader) {
    this.connection = connection;
    this.set = set;
    this.reader = reader;
    this.history = new PrismaHistory(connection, set);
  }

  /// How folders and history stand.
  public HistoryState standing(Optional<String> target) {
    try {
      return PrismaState.of(connection, set, target);
    } catch (SQLException failure) {
      throw new FlywayException(failure.getMessage(), failure);
    }
  }

  /// Says what Prisma says before it applies anything: a failed migration stops it, a file that is
  /// edited or gone does not.
  public static void guard(HistoryState standing, ReportDraft draft) {
    if (!standing.failed().isEmpty()) {
      throw new StoppedException(RunOutcome.MIGRATION_FAILED, failed(standing));
    }
    draft.warnings.addAll(standing.divergences());
  }

  /// What failed, and how to go on.
  public static String failed(HistoryState standing) {
    PrismaMigration failed = (PrismaMigration) standing.failed().getFirst();
    Optional<PrismaRow> row = failed.row();
    return "%1$s failed%2$s%3$s, and no other migration runs before that is resolved. If nothing of it is left, or all was undone, run resolve --rolled-back %1$s, and deploy runs it again; if its work was finished by hand, run resolve --applied %1$s."
        .formatted(
            failed.name(),
            row.map(PrismaRow::started).map(" at %s"::formatted).orElse(""),
            row.flatMap(PrismaRow::logs)
                .map(logs -> " (%s)".formatted(shortened(logs)))
                .orElse(""));
  }

  private static String shortened(String logs) {
    return logs.lines()
        .map(String::strip)
        .filter(line -> line.contains("ERROR"))
        .findFirst()
        .orElseGet(() -> logs.lines().findFirst().orElse(""));
  }

  /// Runs what is pending.
  public void migrate(Optional<String> target, Progress progress) {
    try {
      history.create();
      for (MigrationInfo migration : standing(target).pending()) {
        run((PrismaMigration) migration, progress);
      }
    } catch (SQLException failure) {
      throw new FlywayException(failure.getMessage(), failure);
    }
  }

  private void run(PrismaMigration migration, Progress progress) throws SQLException {
    PrismaFile file = migration.file().orElseThrow();
    Script script = reader.read(file.resource());
    boolean transactional =
        script.transactional()
            && script.statements().stream()
                .noneMatch(each -> ParsedStatement.of(each.sql()).has(TRANSACTION));
    progress.begin();
    connection.setAutoCommit(!transactional);
    String id = history.begin(file);
    try {
      statements(migration, script, id, transactional);
      progress.end(migration.getScript());
      history.finish(id);
      if (transactional) {
        connection.commit();
      }
    } finally {
      if (!connection.isClosed() && !connection.getAutoCommit()) {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    }
  }

  private void statements(
      PrismaMigration migration, Script script, String id, boolean transactional)
      throws SQLException {
    for (Script.Statement statement : script.statements()) {
      try {
        Query.execute(connection, statement.sql());
      } catch (SQLException failure) {
        boolean lone = transactional || script.statements().size() == 1;
        boolean recorded = record(migration, id, failure, lone);
        throw new PrismaFailure(
            migration.name(),
            migration.getScript(),
            statement.line(),
            transactional,
            recorded,
            failure);
      }
    }
  }

  /// Leaves the row of a failure, or none if it may be tried again as it is.
  ///
  /// @return whether there is a row
  private boolean record(
      PrismaMigration migration, String id, SQLException failure, boolean repeatable)
      throws SQLException {
    if (connection.isClosed() || !connection.isValid(1)) {
      return false;
    }
    if (connection.getAutoCommit()) {
      Query.execute(connection, "ROLLBACK");
    } else {
      connection.rollback();
      connection.setAutoCommit(true);
    }
    if (repeatable && FailureCause.state(failure).filter(PASSING::contains).isPresent()) {
      history.forget(id);
      return false;
    }
    history.fail(id, migration.file().orElseThrow(), logs(failure));
    return true;
  }

  private static String logs(SQLException failure) {
    return "Error querying the database: "
        + FailureCause.state(failure).map("db error %s: "::formatted).orElse("")
        + failure.getMessage();
  }
}
