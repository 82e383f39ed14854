package dev.stipend.migration.history;

import dev.stipend.migration.Run;
import dev.stipend.migration.RunOutcome;
import dev.stipend.migration.StoppedException;
import dev.stipend.migration.check.MadeByScript;
import dev.stipend.migration.drift.Difference;
import dev.stipend.migration.drift.FingerprintStore;
import dev.stipend.migration.drift.UnfinishedRun;
import dev.stipend.platform.sql.Query;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.flywaydb.core.api.MigrationInfo;

/// A migration that the history has as applied, and whose work was undone by hand.
final class Vanished {
  private final Run run;

  Vanished(Run run) {
    this.run = run;
  }

  /// Lets it count as not applied.
  ///
  /// @throws StoppedException if it is not applied, or something that it made is still there
  void forget(MigrationInfo migration) throws SQLException {
    String name = HistoryState.name(migration);
    if (!migration.getState().isApplied()) {
      throw refused("%s is not applied: deploy runs it.".formatted(name));
    }
    Set<String> made =
        run.set()
            .files()
            .find(migration.getScript())
            .map(run.flyway().scripts()::read)
            .map(MadeByScript::of)
            .orElse(Set.of());
    if (made.isEmpty()) {
      throw refused(
          "%s is applied, and its file does not tell what to look for to see whether it was undone. Undo it with downgrade."
              .formatted(name));
    }
    List<String> there = there(made);
    if (!there.isEmpty()) {
      throw refused(
          "%s is applied, and %s of it is there. Undo it with downgrade; or drop that by hand, and repeat this."
              .formatted(name, String.join(", ", there)));
    }
    run.history().delete(migration.getVersion().getVersion());
    new UnfinishedRun(run).again(migration.getScript());
    FingerprintStore store = new FingerprintStore(run);
    store.forget(
        store.differences().stream()
            .filter(each -> each.is().isEmpty() && MadeByScript.has(made, each))
            .map(Difference::object)
            .toList());
    HistoryState now = run.standing();
    run.draft().standing(now);
    boolean next = HistoryState.names(now.pending()).contains(name);
    run.draft()
        .end(
            RunOutcome.DONE,
            "%s counts as not applied: nothing of what it made is there. The next deploy%s runs it."
                .formatted(name, next ? "" : " --out-of-order"));
  }

  private List<String> there(Set<String> made) throws SQLException {
    List<String> there = new ArrayList<>();
    for (String name : made) {
      if (!Query.rows(
              run.connection(),
              """
              WITH inside AS (SELECT to_regnamespace(quote_ident(?)) AS ns)
              SELECT 1 FROM pg_class, inside WHERE relnamespace = ns AND relname = ?
              UNION ALL SELECT 1 FROM pg_type, inside WHERE typnamespace = ns AND typname = ?
              UNION ALL SELECT 1 FROM pg_proc, inside WHERE pronamespace = ns AND proname = ?
              """,
              run.set().schema(),
              name,
              name,
              name)
          .isEmpty()) {
        there.add(name);
      }
    }
    return there;
  }

  private static StoppedException refused(String why) {
    return new StoppedException(RunOutcome.REFUSED, why);
  }
}
