package dev.stipend.migration.history;

import dev.stipend.migration.Histories;
import dev.stipend.migration.check.MentionedObjects;
import dev.stipend.migration.check.MigrationProblem;
import dev.stipend.migration.files.HistoryPlace;
import dev.stipend.migration.files.MigrationSet;
import dev.stipend.migration.files.Pack;
import dev.stipend.migration.files.ScriptReader;
import dev.stipend.platform.sql.Identifiers;
import dev.stipend.platform.sql.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.flywaydb.core.api.MigrationInfo;

/// How a pack stands in its schema: which variant it is, what has run, and what lies in its way. A
/// history that an earlier release left among the host's tables is moved, once.
public final class PackHistory {
  private static final String VARIANT = "variant ";
  private static final int NAMED = 5;

  private final Connection connection;
  private final MigrationSet set;

  public PackHistory(Connection connection, MigrationSet set) {
    this.connection = connection;
    this.set = set;
  }

  /// The set as it stands in a database; a set that is no pack is as it was.
  ///
  /// @throws dev.stipend.migration.StoppedException if there is no such variant
  public static MigrationSet settled(Connection connection, MigrationSet set) throws SQLException {
    if (set.pack().isEmpty()) {
      return set;
    }
    Optional<String> known = known(connection, set.kept());
    if (known.isEmpty()) {
      return set;
    }
    Optional<String> variant =
        set.variant()
            .or(
                () ->
                    known
                        .filter(comment -> comment.startsWith(VARIANT))
                        .map(comment -> comment.substring(VARIANT.length())));
    Set<String> applied = new HashSet<>();
    Query.rows(
            connection,
            "SELECT version FROM %s WHERE success AND version IS NOT NULL".formatted(set.history()))
        .forEach(row -> applied.add(row.text(0)));
    return MigrationSet.of(set.pack().get(), Optional.of(set.schema()), variant, applied);
  }

  /// What is noted of a history; empty if there is none, or it must not be read.
  private static Optional<String> known(Connection connection, HistoryPlace place)
      throws SQLException {
    return Query.rows(
            connection,
            """
            SELECT coalesce(obj_description(c.oid, 'pg_class'), '')
            FROM pg_class c
            JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = ?
              AND c.relname = ?
              AND has_schema_privilege(n.oid, 'USAGE')
              AND has_table_privilege(c.oid, 'SELECT')
            """,
            place.schema(),
            place.table())
        .stream()
        .findFirst()
        .map(row -> row.text(0));
  }

  /// Notes which variant it is, where there is a history.
  public void remember() throws SQLException {
    if (set.variant().isPresent() && new HistoryTable(connection, set).exists()) {
      Query.execute(
          connection,
          "COMMENT ON TABLE %s IS '%s%s'"
              .formatted(set.history(), VARIANT, set.variant().get().replace("'", "''")));
    }
  }

  /// The same after a run that failed: only if what is applied is the variant's, and no other's.
  public void rememberIfInEffect(HistoryState standing) throws SQLException {
    Optional<Pack.Variant> variant =
        set.pack()
            .flatMap(pack -> set.variant().map(word -> pack.variants().get(word)))
            .filter(known -> known != null);
    Set<String> applied =
        standing.appliedNewestFirst().stream()
            .map(MigrationInfo::getScript)
            .collect(Collectors.toSet());
    boolean isOwn =
        variant
            .filter(
                known ->
                    applied.stream().anyMatch(known.migrations()::containsKey)
                        || standing.appliedNewestFirst().stream()
                            .map(each -> each.getVersion().getVersion())
                            .noneMatch(known.omits()::contains))
            .isPresent();
    if (isOwn && !applied.isEmpty()) {
      remember();
    }
  }

  /// Moves what an earlier release kept in the schema itself. The caller has the lock.
  public void adopt() throws SQLException {
    if (set.pack().isEmpty() || new HistoryTable(connection, set).exists() || !hasOld()) {
      return;
    }
    HistoryPlace old = old();
    HistoryPlace kept = set.kept();
    connection.setAutoCommit(false);
    try {
      Query.execute(connection, "CREATE SCHEMA IF NOT EXISTS " + kept.schema());
      move(old.table(), kept.table());
      move(old.seeds(), kept.seeds());
      move(old.fingerprint(), kept.fingerprint());
      connection.commit();
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  private HistoryPlace old() {
    return HistoryPlace.in(set.schema());
  }

  private void move(String from, String to) throws SQLException {
    String schema = Identifiers.quoted(set.schema());
    String table = schema + "." + Identifiers.quoted(from);
    if (Query.row(connection, "SELECT to_regclass(?)", table).optional(0).isEmpty()) {
      return;
    }
    List<Query.Row> indexes =
        Query.rows(
            connection,
            """
            SELECT relname
            FROM pg_index
            JOIN pg_class ON pg_class.oid = indexrelid
            WHERE indrelid = to_regclass(?)
              AND strpos(relname, ?) > 0
            """,
            table,
            from);
    for (Query.Row index : indexes) {
      Query.execute(
          connection,
          "ALTER INDEX %s.%s RENAME TO %s"
              .formatted(
                  schema,
                  Identifiers.quoted(index.text(0)),
                  Identifiers.quoted(index.text(0).replace(from, to))));
    }
    Query.execute(
        connection, "ALTER TABLE %s RENAME TO %s".formatted(table, Identifiers.quoted(to)));
    Query.execute(
        connection,
        "ALTER TABLE %s.%s SET SCHEMA %s"
            .formatted(schema, Identifiers.quoted(to), set.kept().schema()));
  }

  /// Whether an earlier release left a history of these files in the schema.
  private boolean hasOld() throws SQLException {
    return Histories.hasOurs(connection, set, set.schema(), old().table());
  }

  /// What lies in the way of a pack that was never deployed to its schema: things with the names of
  /// those that it makes.
  public Optional<MigrationProblem> problem() throws SQLException {
    if (new HistoryTable(connection, set).exists() || hasOld()) {
      return Optional.empty();
    }
    Optional<String> other = otherPack();
    if (other.isPresent()) {
      return Optional.of(
          new MigrationProblem(
              MigrationProblem.Kind.HISTORY_TABLES,
              "Schema %s belongs to pack %s.".formatted(set.schema(), other.get()),
              "Give --schema another for pack %s.".formatted(set.name())));
    }
    Set<String> there = there(made());
    if (there.isEmpty()) {
      return Optional.empty();
    }
    String some = there.stream().limit(NAMED).collect(Collectors.joining(", "));
    return Optional.of(
        new MigrationProblem(
            MigrationProblem.Kind.HISTORY_TABLES,
            "Schema %s has %s%s already, and pack %s was never deployed there."
                    .formatted(
                        set.schema(),
                        some,
                        there.size() > NAMED ? " and %d more".formatted(there.size() - NAMED) : "",
                        set.name())
                + new EnumLabels(connection, set).differences(),
            "If they are somebody else's, deploy to another --schema, or drop them. If they are the"
                + " pack's, made in another way, stamp VERSION, which compares them, then"
                + " deploy."
                + set.pack().flatMap(Pack::overExisting).map(" Or "::concat).orElse("")));
  }

  /// A pack that was deployed to the schema before.
  private Optional<String> otherPack() throws SQLException {
    for (String pack : Pack.names()) {
      HistoryPlace place = HistoryPlace.of(pack, set.schema());
      if (!pack.equals(set.name()) && known(connection, place).isPresent()) {
        return Optional.of(pack);
      }
    }
    return Optional.empty();
  }

  private Set<String> made() {
    ScriptReader reader = new ScriptReader();
    return set.files().getResources("V", new String[] {".sql"}).stream()
        .flatMap(file -> reader.read(file).statements().stream())
        .flatMap(statement -> MentionedObjects.of(statement.sql()).stream())
        .filter(each -> each.effect() == MentionedObjects.Effect.CREATED)
        .filter(each -> each.kind() != MentionedObjects.Kind.ROUTINE)
        .map(MentionedObjects.Mention::name)
        .collect(Collectors.toSet());
  }

  private Set<String> there(Set<String> names) throws SQLException {
    Set<String> there = new TreeSet<>();
    Query.rows(
            connection,
            """
            SELECT 'table ' || relname
            FROM pg_class
            WHERE relnamespace = to_regnamespace(quote_ident(?))
              AND relkind IN ('r', 'p', 'v', 'm', 'f')
              AND relname = ANY (?)
            UNION ALL
            SELECT 'type ' || typname
            FROM pg_type
            WHERE typnamespace = to_regnamespace(quote_ident(?))
              AND typtype IN ('e', 'd')
              AND typname = ANY (?)
            """,
            set.schema(),
            connection.createArrayOf("text", names.toArray()),
            set.schema(),
            connection.createArrayOf("text", names.toArray()))
        .forEach(row -> there.add(row.text(0)));
    return there;
  }
}
