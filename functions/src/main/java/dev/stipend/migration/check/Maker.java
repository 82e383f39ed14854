package dev.stipend.migration.check;

import dev.stipend.migration.Run;
import dev.stipend.migration.files.Script;
import dev.stipend.migration.history.HistoryState;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.api.MigrationInfo;

/// Finds which migration has made what is gone.
public final class Maker {
  private Maker() {}

  /// The applied migration that made an object which no later one has dropped; empty if there is
  /// none.
  public static Optional<MigrationInfo> of(Run run, HistoryState standing, String name) {
    for (MigrationInfo migration : standing.appliedNewestFirst()) {
      Optional<MentionedObjects.Effect> last =
          run.set()
              .files()
              .find(migration.getScript())
              .map(run.flyway().scripts()::read)
              .flatMap(script -> last(script, name));
      if (last.isPresent()) {
        return last.filter(MentionedObjects.Effect.CREATED::equals).map(effect -> migration);
      }
    }
    return Optional.empty();
  }

  private static Optional<MentionedObjects.Effect> last(Script script, String name) {
    List<MentionedObjects.Effect> effects =
        script.statements().stream()
            .flatMap(statement -> MentionedObjects.of(statement.sql()).stream())
            .filter(mention -> mention.name().equals(name))
            .map(MentionedObjects.Mention::effect)
            .filter(effect -> effect != MentionedObjects.Effect.USED)
            .toList();
    return effects.isEmpty() ? Optional.empty() : Optional.of(effects.getLast());
  }

  /// What to do about it, as one sentence.
  public static String advice(MigrationInfo made) {
    return "Bring it back, or drop what else is left of %s and run resolve --rolled-back %s, so that deploy runs it again."
        .formatted(HistoryState.name(made), made.getVersion());
  }
}
