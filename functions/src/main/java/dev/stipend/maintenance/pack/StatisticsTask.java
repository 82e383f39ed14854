package dev.stipend.maintenance.pack;

import dev.stipend.migration.CountedNoun;
import dev.stipend.platform.sql.Query;
import dev.stipend.platform.sql.Query.Row;
import dev.stipend.platform.sql.Statements;
import dev.stipend.time.TimeLeft;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/// Updates the statistics of tables that have changed since they were analyzed, or never were. A
/// table with many dead rows is vacuumed as well, so that what left it makes room.
final class StatisticsTask {
  private final PackSession session;
  private final TimeLeft left;
  private final TaskDraft draft;
  private final boolean dryRun;

  StatisticsTask(PackSession session, TimeLeft left, TaskDraft draft, boolean dryRun) {
    this.session = session;
    this.left = left;
    this.draft = draft;
    this.dryRun = dryRun;
  }

  /// Analyzes what has to be.
  ///
  /// @param removed how many rows have left each table just now, or would
  void run(Map<String, Long> removed) throws SQLException {
    session.limitStatements();
    for (Row table : tables()) {
      String name = table.text(0);
      boolean isDue = table.isTrue(2) || removed.getOrDefault(name, 0L) > 0;
      if (isDue && left.isUsedUp()) {
        draft.unfinished("table %s was analyzed".formatted(name));
        return;
      }
      if (isDue) {
        draft.attempt(
            "Table %s could not be analyzed".formatted(name),
            () -> analyze(name, table.text(1), table.isTrue(3)));
      }
    }
  }

  private List<Row> tables() throws SQLException {
    return Query.rows(
        session.connection(),
        """
        SELECT t.relname, format('%I.%I', n.nspname, t.relname),
          s.last_analyze IS NULL OR s.n_mod_since_analyze > 0,
          s.n_dead_tup > 0 AND s.n_dead_tup * 5 >= s.n_live_tup AND t.relkind = 'r'
        FROM pg_class t
        JOIN pg_namespace n ON n.oid = t.relnamespace
        JOIN pg_stat_all_tables s ON s.relid = t.oid
        WHERE n.nspname = ?
          AND t.relname = ANY (?)
        ORDER BY t.relname
        """,
        session.schema(),
        Statements.array("text", session.tables()));
  }

  private void analyze(String name, String quoted, boolean vacuum) throws SQLException {
    if (!dryRun) {
      session.limitStatements();
      Query.execute(session.connection(), (vacuum ? "VACUUM (ANALYZE) " : "ANALYZE ") + quoted);
    }
    draft.add(1);
    draft.item(name + (vacuum ? ", with vacuum" : ""), "table", name, "vacuum", vacuum);
  }

  static String summary(long tables, boolean dryRun) {
    return CountedNoun.of(tables, "table") + (dryRun ? " would be analyzed" : " analyzed");
  }
}
