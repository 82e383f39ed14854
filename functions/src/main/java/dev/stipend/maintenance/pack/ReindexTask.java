package dev.stipend.maintenance.pack;

import dev.stipend.migration.CountedNoun;
import dev.stipend.platform.sql.FailureCause;
import dev.stipend.platform.sql.Query;
import dev.stipend.platform.sql.Query.Row;
import dev.stipend.platform.sql.Statements;
import dev.stipend.time.TimeLeft;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Builds the indexes of tables anew of which much has changed since the last time: a fifth of
/// their rows updated or deleted, or all rows that there are if it was never done. `CONCURRENTLY`,
/// so that nobody who writes waits. What an earlier attempt has left behind is dropped first.
final class ReindexTask {
  private static final Duration LOCK_WAIT = Duration.ofSeconds(60);
  private static final String CANCELLED = "57014";

  /// A fifth.
  private static final int SHARE = 5;

  private final PackSession session;
  private final MaintenanceJournal journal;
  private final Instant now;
  private final TimeLeft left;
  private final TaskDraft draft;
  private final boolean dryRun;

  ReindexTask(PackSession session, Instant now, TimeLeft left, TaskDraft draft, boolean dryRun) {
    this.session = session;
    this.journal = new MaintenanceJournal(session);
    this.now = now;
    this.left = left;
    this.draft = draft;
    this.dryRun = dryRun;
  }

  private record Index(String name, String quoted, String table, long changes, long bytes) {}

  /// Rebuilds what has to be.
  ///
  /// @param removed how many rows would leave each table before, in a dry run
  void run(Set<String> tables, Map<String, Long> removed) throws SQLException {
    session.limitStatements();
    dropLeftovers(session.tables());
    for (Index index : due(tables, removed)) {
      if (left.isUsedUp()) {
        draft.unfinished("index %s was built anew".formatted(index.name()));
        return;
      }
      if (dryRun) {
        draft.add(1);
        report(index, index.bytes());
      } else {
        draft.attempt(
            "Index %s could not be built anew".formatted(index.name()), () -> rebuild(index));
      }
    }
  }

  private List<Index> due(Set<String> tables, Map<String, Long> removed) throws SQLException {
    Map<String, Long> rebuilt = journal.rebuilt();
    List<Row> rows =
        Query.rows(
            session.connection(),
            """
            SELECT x.relname, format('%I.%I', n.nspname, x.relname), t.relname,
              coalesce(s.n_tup_upd + s.n_tup_del, 0), greatest(coalesce(s.n_live_tup, 0), CAST(t.reltuples AS bigint)),
              pg_relation_size(t.oid), pg_relation_size(x.oid)
            FROM pg_class t
            JOIN pg_namespace n ON n.oid = t.relnamespace
            JOIN pg_index i ON i.indrelid = t.oid
            JOIN pg_class x ON x.oid = i.indexrelid
            LEFT JOIN pg_stat_all_tables s ON s.relid = t.oid
            WHERE n.nspname = ?
              AND t.relname = ANY (?)
              AND t.relkind = 'r'
              AND i.indisvalid
              AND NOT i.indisexclusion
            ORDER BY t.relname, x.relname
            """,
            session.schema(),
            Statements.array("text", tables));
    return rows.stream()
        .filter(
            row -> {
              long changes = row.number(3) + removed.getOrDefault(row.text(2), 0L);
              return isDue(rebuilt.get(row.text(0)), changes, row.number(4), row.number(5));
            })
        .map(row -> new Index(row.text(0), row.text(1), row.text(2), row.number(3), row.number(6)))
        .toList();
  }

  private static boolean isDue(@Nullable Long then, long changes, long rows, long tableBytes) {
    if (then == null) {
      return tableBytes > 0;
    }
    // A server that was restored or has crashed counts from 0 again.
    long since = changes < then ? changes : changes - then;
    return since > 0 && since * SHARE >= rows;
  }

  private void rebuild(Index index) throws SQLException {
    session.limitStatements(left.atMost(LOCK_WAIT));
    try {
      Query.execute(session.connection(), "REINDEX INDEX CONCURRENTLY " + index.quoted());
    } catch (SQLException failure) {
      if (!session.isBroken()) {
        session.limitStatements();
        dropLeftovers(Set.of(index.table()));
      }
      if (FailureCause.hasState(failure, CANCELLED)) {
        draft.problem(
            "Index %s was not built anew in the time that was left; the command line has no such limit."
                .formatted(index.name()));
        return;
      }
      throw failure;
    }
    draft.add(1);
    journal.rebuilt(index.name(), index.changes(), now);
    report(
        index,
        Query.row(session.connection(), "SELECT pg_relation_size(to_regclass(?))", index.quoted())
            .number(0));
  }

  private void report(Index index, long after) {
    draft.item(
        "%s of %s: %s"
            .formatted(index.name(), index.table(), ArchiveTask.size(index.bytes(), after)),
        "index",
        index.name(),
        "table",
        index.table(),
        "bytesBefore",
        index.bytes(),
        "bytesAfter",
        after);
  }

  /// Drops the invalid indexes that a killed REINDEX CONCURRENTLY leaves, unless somebody builds
  /// one right now.
  private void dropLeftovers(Set<String> tables) throws SQLException {
    List<Row> leftovers =
        Query.rows(
            session.connection(),
            """
            SELECT x.relname, format('%I.%I', n.nspname, x.relname), t.relname, pg_relation_size(x.oid),
              EXISTS (SELECT FROM pg_stat_progress_create_index p WHERE p.relid = t.oid)
            FROM pg_index i
            JOIN pg_class x ON x.oid = i.indexrelid
            JOIN pg_class t ON t.oid = i.indrelid
            JOIN pg_namespace n ON n.oid = x.relnamespace
            WHERE n.nspname = ?
              AND t.relname = ANY (?)
              AND NOT i.indisvalid
              AND x.relname ~ '_cc(new|old)[0-9]*$'
            ORDER BY x.relname
            """,
            session.schema(),
            Statements.array("text", tables));
    for (Row leftover : leftovers) {
      if (leftover.isTrue(4)) {
        draft.note(
            "Index %s is left alone: somebody builds an index of its table now."
                .formatted(leftover.text(0)));
      } else {
        draft.attempt(
            "Index %s, left by a killed run, could not be dropped".formatted(leftover.text(0)),
            () -> drop(leftover));
      }
    }
  }

  private void drop(Row leftover) throws SQLException {
    if (!dryRun) {
      Query.execute(session.connection(), "DROP INDEX CONCURRENTLY " + leftover.text(1));
    }
    draft.add(1);
    draft.item(
        "%s of %s: left invalid by a killed run, %sdropped"
            .formatted(leftover.text(0), leftover.text(2), dryRun ? "would be " : ""),
        "index",
        leftover.text(0),
        "table",
        leftover.text(2),
        "dropped",
        true,
        "bytesBefore",
        leftover.number(3),
        "bytesAfter",
        dryRun ? leftover.number(3) : 0L);
  }

  static String summary(long indexes, boolean dryRun) {
    return CountedNoun.of(indexes, "index", "indexes")
        + (dryRun ? " would be rebuilt or dropped" : " rebuilt or dropped");
  }
}
