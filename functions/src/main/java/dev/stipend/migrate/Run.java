package dev.stipend.migrate;

import java.sql.Connection;
import java.util.Optional;

/// A run at work: what every verb has at hand.
///
/// @param path where names without a schema are looked for
/// @param environment where this is; it decides what is allowed
record Run(
    MigrationRequest request,
    RunContext context,
    MigrationSet set,
    Session session,
    SearchPath path,
    FlywayRuns flyway,
    Environment environment,
    ReportDraft draft) {

  Connection connection() {
    return session.connection();
  }

  TimeBudget budget() {
    return context.budget();
  }

  HistoryTable history() {
    return new HistoryTable(connection(), set);
  }

  /// How history and files stand, without regard to a target.
  Standing standing() {
    return flyway.standing(request.has(Option.OUT_OF_ORDER), Optional.empty());
  }
}
