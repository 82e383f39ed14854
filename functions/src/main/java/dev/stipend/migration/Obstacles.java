package dev.stipend.migration;

import dev.stipend.migration.check.MigrationProblem;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// What the preflight found that a verb cannot do with. All of a kind is said at once.
final class Obstacles {
  private Obstacles() {}

  /// @param found in the order of their gravity
  /// @throws StoppedException if there is anything that the verb does not mend itself
  static void stopFor(Run run, List<MigrationProblem> found) throws SQLException {
    List<MigrationProblem> left =
        found.stream().filter(problem -> !mendedBy(run.request(), problem)).toList();
    if (left.isEmpty()) {
      return;
    }
    MigrationProblem.Kind kind = left.getFirst().kind();
    List<MigrationProblem> said = new ArrayList<>();
    if (kind == MigrationProblem.Kind.HISTORY_TABLES && looksAtFiles(run.request().verb())) {
      // Whatever the schema is at, what its files require has to come first.
      said.addAll(new Plan(run, run.standing()).requirements());
    }
    left.stream().filter(problem -> problem.kind() == kind).forEach(said::add);
    run.draft().problems.addAll(said);
    throw StoppedException.of(said);
  }

  private static boolean looksAtFiles(Verb verb) {
    return verb == Verb.DEPLOY || verb == Verb.PLAN;
  }

  /// Stamping is how a schema without a history gets one, and so is saying what is applied; reset
  /// makes it anew.
  private static boolean mendedBy(MigrationRequest request, MigrationProblem problem) {
    Verb verb = request.verb();
    boolean baseline = verb == Verb.RESOLVE && request.text(Option.APPLIED).isPresent();
    return problem.kind() == MigrationProblem.Kind.HISTORY_TABLES
        && (verb == Verb.STAMP || verb == Verb.RESET || baseline);
  }
}
