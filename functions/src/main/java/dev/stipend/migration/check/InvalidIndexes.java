package dev.stipend.migration.check;

import dev.stipend.migration.Run;
import dev.stipend.migration.drift.FingerprintStore;
import dev.stipend.migration.files.Script;
import dev.stipend.migration.files.ScriptReader;
import dev.stipend.migration.history.HistoryState;
import dev.stipend.migration.lint.ParsedStatement;
import dev.stipend.platform.sql.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.api.MigrationInfo;

/// Clears away what a broken CREATE INDEX CONCURRENTLY leaves: a row in the history that says it
/// failed, and an index, mostly one that is not valid. IF NOT EXISTS would keep that one and report
/// success.
public final class InvalidIndexes {
  private final Run run;
  private final ScriptReader reader;

  public InvalidIndexes(Run run) {
    this.run = run;
    this.reader = run.flyway().scripts();
  }

  /// Clears them.
  ///
  /// @return whether the history has changed
  public boolean clear(HistoryState standing) throws SQLException {
    for (MigrationInfo migration : standing.pending()) {
      Optional<Script> script = lone(migration);
      if (script.isPresent()) {
        dropLeft(script.get());
      }
    }
    boolean changed = false;
    if (run.set().isPrisma()) {
      // What has failed there is resolved by its owner.
      return changed;
    }
    for (MigrationInfo migration : standing.failed()) {
      Optional<Script> script = lone(migration);
      if (script.isPresent()) {
        dropLeft(script.get());
        run.history().deleteFailed(migration.getScript());
        changed = true;
      }
    }
    return changed;
  }

  /// The script, if it is one statement outside of a transaction about an index: that has either
  /// done its work or left an index that is not valid.
  private Optional<Script> lone(MigrationInfo migration) {
    return run.set()
        .files()
        .find(migration.getScript())
        .map(reader::read)
        .filter(script -> !script.transactional() && script.statements().size() == 1)
        .filter(
            script ->
                ParsedStatement.of(script.statements().getFirst().sql())
                    .has("^(CREATE (UNIQUE )?|DROP |RE)INDEX "));
  }

  private void dropLeft(Script script) throws SQLException {
    ParsedStatement shape = ParsedStatement.of(script.statements().getFirst().sql());
    Optional<String> index = shape.concurrentIndex().map(ParsedStatement::bare);
    Optional<String> table = shape.indexedTable();
    if (index.isEmpty() || table.isEmpty()) {
      return;
    }
    Connection connection = run.connection();
    List<Query.Row> left =
        Query.rows(
            connection,
            """
            SELECT format('%I.%I', n.nspname, c.relname), i.indisvalid
            FROM pg_index i
            JOIN pg_class c ON c.oid = i.indexrelid
            JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relname = ?
              AND i.indrelid = to_regclass(?)
            """,
            index.get(),
            run.set().qualified(table.get()));
    if (left.isEmpty() || (left.getFirst().isTrue(1) && isAnothers(index.get()))) {
      return;
    }
    Query.execute(connection, "DROP INDEX CONCURRENTLY " + left.getFirst().text(0));
    run.draft()
        .warnings
        .add(
            "Index %s was left %s by an earlier run; it was dropped and will be built again."
                .formatted(
                    left.getFirst().text(0),
                    left.getFirst().isTrue(1) ? "without its row in the history" : "invalid"));
  }

  /// Whether the last successful run had left it: then it is not of the pending migration. One that
  /// is may be valid: a server finishes an index although the process that asked for it has died.
  /// With Prisma, another tool may have made it.
  private boolean isAnothers(String index) throws SQLException {
    return run.set().isPrisma() || new FingerprintStore(run).has("index " + index);
  }
}
