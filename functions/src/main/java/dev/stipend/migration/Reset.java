package dev.stipend.migration;

import dev.stipend.migration.check.MadeObjects;
import dev.stipend.migration.check.Rehearsal;
import dev.stipend.migration.check.SchemaObjects;
import dev.stipend.migration.files.HistoryPlace;
import dev.stipend.migration.history.HistoryState;
import dev.stipend.platform.sql.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/// Drops what the set has made, object by object, and nothing else. It is rehearsed first, together
/// with making it again: what cannot be made again is not dropped.
final class Reset {
  private static final int NAMED = 10;
  private static final String IN_VAIN = "It could not be made again";

  private final Run run;
  private final Connection connection;

  Reset(Run run) {
    this.run = run;
    this.connection = run.connection();
  }

  /// Leaves a schema in which nothing is migrated. The caller has asked whether that is meant.
  void drop() throws SQLException {
    try {
      List<SchemaObjects.Identity> made = new MadeObjects(run).present();
      rehearse(made);
      connection.setAutoCommit(false);
      drop(made);
      // What is left must not look like a schema that nobody has ever migrated.
      run.history().create();
      connection.commit();
    } catch (StoppedException refused) {
      run.draft().warnings.add("Nothing was dropped.");
      throw refused;
    } finally {
      if (!connection.getAutoCommit()) {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    }
    List<String> left = MadeObjects.all(connection, run.set().schema()).stream().sorted().toList();
    if (!left.isEmpty()) {
      run.draft()
          .warnings
          .add("Left alone, since these migrations did not make it: %s.".formatted(few(left)));
    }
  }

  private void rehearse(List<SchemaObjects.Identity> made) throws SQLException {
    HistoryState fresh = run.flyway().fromNothing();
    new Rehearsal(run, IN_VAIN)
        .inPlace(
            new Plan(run, fresh).steps(),
            () -> {
              drop(made);
              new Deploy(run, RandomGenerator.getDefault()).check(fresh);
            });
    // The deploy that follows says it again.
    run.draft().findings.clear();
  }

  private void drop(List<SchemaObjects.Identity> made) throws SQLException {
    Map<SchemaObjects.Address, String> before = SchemaObjects.everywhere(connection);
    List<SchemaObjects.Identity> known = SchemaObjects.identities(connection, before.keySet());
    for (SchemaObjects.Identity object : made.reversed()) {
      Query.execute(connection, object.drop());
    }
    HistoryPlace kept = run.set().kept();
    for (String own :
        List.of(kept.history(), kept.withTable(kept.seeds()).history(), kept.quotedFingerprint())) {
      Query.execute(connection, "DROP TABLE IF EXISTS " + own);
    }
    List<String> lost = lost(made, before, known);
    if (!lost.isEmpty()) {
      throw new StoppedException(
          RunOutcome.REFUSED,
          "reset would also drop what these migrations did not make: %s. Drop that first, or remove what makes it depend on them."
              .formatted(few(lost)));
    }
  }

  /// What is gone that the set has not made, and that is no part of what it has made.
  private List<String> lost(
      List<SchemaObjects.Identity> made,
      Map<SchemaObjects.Address, String> before,
      List<SchemaObjects.Identity> known)
      throws SQLException {
    Map<SchemaObjects.Address, String> gone = before;
    gone.keySet().removeAll(SchemaObjects.everywhere(connection).keySet());
    Set<SchemaObjects.Address> strangers = SchemaObjects.wholes(gone);
    Set<String> columns = new HashSet<>();
    for (SchemaObjects.Identity object : made) {
      strangers.remove(object.address());
      columns.add(object.described());
    }
    return known.stream()
        .filter(object -> strangers.contains(object.address()))
        .filter(
            object -> !columns.contains(object.identity().replaceFirst("^for ", "table column ")))
        .map(SchemaObjects.Identity::described)
        .sorted()
        .toList();
  }

  private static String few(List<String> all) {
    String some = String.join(", ", all.subList(0, Math.min(NAMED, all.size())));
    return all.size() > NAMED ? "%s and %d more".formatted(some, all.size() - NAMED) : some;
  }
}
