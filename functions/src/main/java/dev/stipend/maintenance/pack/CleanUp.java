package dev.stipend.maintenance.pack;

import dev.stipend.maintenance.pack.ArchivedTable.RowKey;
import dev.stipend.maintenance.pack.MaintenanceRules.ArchiveRule;
import dev.stipend.migration.CountedNoun;
import dev.stipend.time.TimeLeft;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Deletes the rows of `usage_logs` that {@link LegacyMigration} has copied to `ai_requests`, as
/// long as they say the same. They need no archive: what they say is still in the database.
final class CleanUp {
  private static final int ROWS_AT_ONCE = 5_000;

  /// So that a row of any time counts, even one whose sender's clock is wrong.
  private static final Duration AHEAD = Duration.ofDays(3_650);

  private final PackSession session;
  private final Instant now;
  private final TimeLeft left;
  private final TaskDraft draft;

  CleanUp(PackSession session, Instant now, TimeLeft left, TaskDraft draft) {
    this.session = session;
    this.now = now;
    this.left = left;
    this.draft = draft;
  }

  void run(boolean dryRun) throws SQLException {
    session.limitStatements();
    ArchivedTable table =
        ArchivedTable.of(
            session,
            new ArchiveRule(LegacyMigration.TABLE, "created_at", 1, Map.of()),
            now.plus(AHEAD),
            """
            EXISTS (
              SELECT FROM %s r
              WHERE r.import_key = 'usage_logs:' || t.id
                AND r.user_id = t.user_id
                AND r.input_tokens = t.input_tokens
                AND r.output_tokens = t.output_tokens
                AND r.total_cost = t.cost)\
            """
                .formatted(session.quoted("ai_requests")));
    long rows = dryRun ? table.count() : delete(table);
    draft.add(rows);
    long referred = table.countReferred();
    if (referred > 0) {
      draft.note(
          "%s of table usage_logs: migrated, but kept, since other tables refer to them."
              .formatted(CountedNoun.of(referred, "row")));
    }
    draft.item(
        "usage_logs: %s that are in ai_requests".formatted(CountedNoun.of(rows, "row")),
        "table",
        LegacyMigration.TABLE,
        "rows",
        rows,
        "keptBecauseReferred",
        referred);
  }

  private long delete(ArchivedTable table) throws SQLException {
    long deleted = 0;
    for (List<RowKey> keys = table.next(ROWS_AT_ONCE);
        !keys.isEmpty();
        keys = table.next(ROWS_AT_ONCE)) {
      if (left.isUsedUp()) {
        draft.unfinished("all migrated rows were deleted");
        return deleted;
      }
      session.limitStatements();
      long gone = delete(table, keys);
      if (gone == 0) {
        draft.problem("Rows of table usage_logs are changed while they are deleted; they stay.");
        return deleted;
      }
      deleted += gone;
    }
    return deleted;
  }

  private long delete(ArchivedTable table, List<RowKey> keys) throws SQLException {
    return session
        .inTransaction(
            () ->
                table.lock(keys) == 0
                    ? Optional.of(table.delete(keys).rows())
                    : Optional.<Long>empty())
        .orElse(0L);
  }
}
