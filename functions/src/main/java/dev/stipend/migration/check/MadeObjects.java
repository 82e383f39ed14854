package dev.stipend.migration.check;

import dev.stipend.migration.Plan;
import dev.stipend.migration.Run;
import dev.stipend.migration.drift.FingerprintStore;
import dev.stipend.migration.history.HistoryState;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Knows what a set has made, object by object, and so what belongs to somebody else although it
/// lies in the same schema. It is noted in each migration's own transaction, beside the
/// fingerprint. Where an earlier release ran the migrations, nothing is noted, and a rehearsal has
/// to tell.
public final class MadeObjects {
  private final Run run;
  private final Connection connection;
  private final String schema;
  private final FingerprintStore store;
  private Map<SchemaObjects.Address, String> before = Map.of();

  public MadeObjects(Run run) {
    this.run = run;
    this.connection = run.connection();
    this.schema = run.set().schema();
    this.store = new FingerprintStore(run);
  }

  /// Begins to take notes, unless there are migrations of which nothing was noted. Stipend's own
  /// are known anyway: they need nothing of others, so that a rehearsal always tells. Of Prisma's,
  /// its own engine may run some.
  public void begin(HistoryState standing) throws SQLException {
    boolean first = standing.all().stream().noneMatch(each -> each.getState().isApplied());
    if (first && !run.set().isCore() && !run.set().isPrisma()) {
      // Flyway refuses a schema that has a table and no history.
      run.history().create();
      store.takeNotes();
    }
  }

  /// Before a migration.
  public void look() throws SQLException {
    if (!run.set().isCore()) {
      before = SchemaObjects.in(connection, schema);
    }
  }

  /// After it, in its transaction.
  public void note() throws SQLException {
    Optional<List<String>> noted = store.notes();
    if (run.set().isCore() || noted.isEmpty()) {
      return;
    }
    Map<SchemaObjects.Address, String> now = SchemaObjects.in(connection, schema);
    Set<String> made = new LinkedHashSet<>(noted.get());
    if (!now.keySet().containsAll(before.keySet())) {
      made.retainAll(described(now.keySet()));
    }
    now.keySet().removeAll(before.keySet());
    made.addAll(described(SchemaObjects.wholes(now)));
    store.note(made);
  }

  /// Takes what a rehearsal has made for made by the set, since the same is there.
  public void adopt(List<String> objects) throws SQLException {
    Optional<List<String>> noted = store.notes();
    if (noted.isPresent()) {
      Set<String> made = new LinkedHashSet<>(noted.get());
      made.addAll(objects);
      store.note(made);
    }
  }

  /// What is there of what the set has made, in the order in which it was made.
  public List<SchemaObjects.Identity> present() throws SQLException {
    Optional<List<String>> noted = store.notes();
    List<String> made = noted.isPresent() ? noted.get() : rehearsed();
    List<SchemaObjects.Identity> there =
        SchemaObjects.identities(connection, SchemaObjects.in(connection, schema).keySet());
    return there.stream()
        .filter(object -> made.contains(object.described()))
        .sorted(Comparator.comparingInt(object -> made.indexOf(object.described())))
        .toList();
  }

  private List<String> rehearsed() throws SQLException {
    Set<String> applied = new HashSet<>();
    run.standing().all().stream()
        .filter(each -> each.getState().isApplied())
        .forEach(each -> applied.add(each.getScript()));
    List<Plan.Step> steps =
        new Plan(run, run.flyway().fromNothing())
            .steps().stream()
                .filter(step -> applied.contains(step.migration().getScript()))
                .toList();
    return new Rehearsal(run, "What these migrations have made cannot be determined")
        .aside(steps, () -> all(connection, schema));
  }

  /// All that is in a schema, by names.
  public static List<String> all(Connection connection, String schema) throws SQLException {
    return described(connection, SchemaObjects.wholes(SchemaObjects.in(connection, schema)));
  }

  private List<String> described(Collection<SchemaObjects.Address> objects) throws SQLException {
    return described(connection, objects);
  }

  private static List<String> described(
      Connection connection, Collection<SchemaObjects.Address> objects) throws SQLException {
    return SchemaObjects.identities(connection, objects).stream()
        .filter(SchemaObjects.Identity::canBeDropped)
        .map(SchemaObjects.Identity::described)
        .toList();
  }
}
