package dev.stipend.migration;

import dev.stipend.migration.check.SearchPath;
import dev.stipend.migration.database.Environment;
import dev.stipend.migration.database.Session;
import dev.stipend.migration.database.TimeBudget;
import dev.stipend.migration.drift.UnfinishedRun;
import dev.stipend.migration.files.MigrationSet;
import dev.stipend.migration.history.History;
import dev.stipend.migration.history.HistoryState;
import dev.stipend.migration.history.HistoryTable;
import dev.stipend.migration.prisma.PrismaHistory;
import dev.stipend.migration.report.ReportDraft;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationState;

/// A run at work: what every verb has at hand.
///
/// @param path where names without a schema are looked for
/// @param environment where this is; it decides what is allowed
public record Run(
    MigrationRequest request,
    RunContext context,
    MigrationSet set,
    Session session,
    SearchPath path,
    FlywayRuns flyway,
    Environment environment,
    ReportDraft draft) {

  public Connection connection() {
    return session.connection();
  }

  public TimeBudget budget() {
    return context.budget();
  }

  public History history() {
    return set.isPrisma()
        ? new PrismaHistory(connection(), set)
        : new HistoryTable(connection(), set);
  }

  /// How history and files stand, without regard to a target.
  public HistoryState standing() {
    return flyway.standing(outOfOrder(), Optional.empty());
  }

  /// Whether migrations that are older than the newest applied one run, too: because that was asked
  /// for, or because all of them have run here before and were rolled back.
  public boolean outOfOrder() {
    try {
      Set<String> again = new UnfinishedRun(this).rolledBack();
      return request.has(Option.OUT_OF_ORDER)
          || (!again.isEmpty()
              && flyway.standing(false, Optional.empty()).all().stream()
                  .filter(each -> each.getState() == MigrationState.IGNORED)
                  .allMatch(each -> again.contains(each.getScript())));
    } catch (SQLException failure) {
      throw new FlywayException(failure.getMessage(), failure);
    }
  }
}
