package dev.stipend.migration;

import dev.stipend.migration.check.MentionedObjects;
import dev.stipend.platform.sql.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// What there is outside of a schema and its extensions: other people's objects, as they were when
/// this was read. A set must not touch them.
///
/// @param schema the one that everything else is outside of
/// @param things every object, by what the catalog knows it by
/// @param used those that an object of the schema depends on
public record OutsideObjects(String schema, Map<Key, Thing> things, Set<Key> used) {
  /// The catalog that has an object, and its number there.
  record Key(String catalog, String oid) {}

  /// An object.
  ///
  /// @param kind as in {@link MentionedObjects.Kind}, or another word
  /// @param ofExtension whether it belongs to an extension: such objects are for everybody
  /// @param writer the transaction that wrote its row
  record Thing(String kind, String schema, String name, boolean ofExtension, String writer) {
    public String described() {
      return kind.equals("SCHEMA") ? "schema " + name : schema + "." + name;
    }
  }

  private static final String THINGS =
      """
      WITH outside AS (
        SELECT oid, nspname
        FROM pg_namespace
        WHERE nspname <> ?
          AND nspname NOT LIKE 'pg\\_%'
          AND nspname NOT IN ('information_schema', 'stipend_migrations')),
      thing AS (
        SELECT 'RELATION' AS kind, CAST('pg_class' AS regclass) AS catalog, c.oid, c.relnamespace AS ns,
          c.relname AS name, coalesce(i.indrelid, c.oid) AS owner, c.xmin AS writer
        FROM pg_class c
        LEFT JOIN pg_index i ON i.indexrelid = c.oid
        UNION ALL
        SELECT 'TYPE', CAST('pg_type' AS regclass), oid, typnamespace, typname, oid, xmin
        FROM pg_type
        WHERE typrelid = 0 AND typcategory <> 'A'
        UNION ALL
        SELECT 'ROUTINE', CAST('pg_proc' AS regclass), oid, pronamespace, proname, oid, xmin
        FROM pg_proc
        UNION ALL
        SELECT 'OPERATOR', CAST('pg_operator' AS regclass), oid, oprnamespace, oprname, oid, xmin
        FROM pg_operator
        UNION ALL
        SELECT 'SCHEMA', CAST('pg_namespace' AS regclass), oid, oid, nspname, oid, xmin
        FROM pg_namespace)
      SELECT CAST(catalog AS oid), thing.oid, kind, nspname, name, EXISTS (
          SELECT 1 FROM pg_depend d
          WHERE d.classid = thing.catalog AND d.objid = thing.owner AND d.deptype = 'e'),
        writer
      FROM thing
      JOIN outside ON outside.oid = thing.ns
      """;

  /// Only what this transaction or a later one has written.
  private static final String RECENT =
      """
      WHERE (CAST(CAST(writer AS text) AS bigint) - CAST(CAST(pg_current_xact_id() AS text) AS bigint))
        & 4294967295 < 2147483648
      """;

  private static final String USED =
      """
      WITH inside AS (SELECT to_regnamespace(quote_ident(?)) AS ns),
      rel AS (SELECT c.oid FROM pg_class c, inside WHERE relnamespace = ns),
      mine AS (
        SELECT CAST('pg_class' AS regclass) AS catalog, oid FROM rel
        UNION ALL SELECT CAST('pg_proc' AS regclass), oid FROM pg_proc, inside WHERE pronamespace = ns
        UNION ALL SELECT CAST('pg_type' AS regclass), oid FROM pg_type, inside WHERE typnamespace = ns
        UNION ALL SELECT CAST('pg_constraint' AS regclass), oid FROM pg_constraint, inside WHERE connamespace = ns
        UNION ALL SELECT CAST('pg_attrdef' AS regclass), oid FROM pg_attrdef WHERE adrelid IN (SELECT oid FROM rel)
        UNION ALL SELECT CAST('pg_rewrite' AS regclass), oid FROM pg_rewrite WHERE ev_class IN (SELECT oid FROM rel)
        UNION ALL SELECT CAST('pg_trigger' AS regclass), oid FROM pg_trigger WHERE tgrelid IN (SELECT oid FROM rel)
        UNION ALL SELECT CAST('pg_policy' AS regclass), oid FROM pg_policy WHERE polrelid IN (SELECT oid FROM rel))
      SELECT DISTINCT CAST(d.refclassid AS oid), d.refobjid
      FROM pg_depend d
      JOIN mine ON mine.catalog = d.classid AND mine.oid = d.objid
      """;

  /// Relations that a statement as much as reads are locked until the transaction ends; whatever it
  /// drops or alters is locked against others.
  private static final String LOCKED =
      """
      SELECT CASE locktype WHEN 'relation' THEN CAST(CAST('pg_class' AS regclass) AS oid) ELSE classid END,
        CASE locktype WHEN 'relation' THEN relation ELSE objid END
      FROM pg_locks
      WHERE pid = pg_backend_pid()
        AND granted
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND (locktype = 'relation' OR locktype = 'object' AND mode LIKE '%Exclusive%')
      """;

  /// Which transactions are this one or a part of it. The numbers in the catalog are the lower half
  /// of the real ones.
  private static final String OURS =
      """
      WITH me AS (SELECT CAST(CAST(pg_current_xact_id() AS text) AS bigint) AS xact),
      writer AS (
        SELECT given, me.xact, (CAST(given AS bigint) - me.xact) & 4294967295 AS later
        FROM unnest(?) AS given, me)
      SELECT given
      FROM writer
      WHERE CASE WHEN later < 2147483648
        THEN pg_xact_status(CAST(CAST(xact + later AS text) AS xid8)) = 'in progress' END
      """;

  public static OutsideObjects of(Connection connection, String schema) throws SQLException {
    Map<Key, Thing> things = things(connection, schema, THINGS);
    Set<Key> used = used(connection, schema);
    used.retainAll(things.keySet());
    return new OutsideObjects(schema, things, used);
  }

  private static Map<Key, Thing> things(Connection connection, String schema, String query)
      throws SQLException {
    Map<Key, Thing> things = new HashMap<>();
    for (Query.Row row : Query.rows(connection, query, schema)) {
      things.put(
          new Key(row.text(0), row.text(1)),
          new Thing(row.text(2), row.text(3), row.text(4), row.isTrue(5), row.text(6)));
    }
    return things;
  }

  private static Set<Key> used(Connection connection, String schema) throws SQLException {
    Set<Key> used = new HashSet<>();
    for (Query.Row row : Query.rows(connection, USED, schema)) {
      used.add(new Key(row.text(0), row.text(1)));
    }
    return used;
  }

  /// What of it the transaction on this connection has read, changed, dropped or come to depend on,
  /// and what it has made there.
  public Set<String> touched(Connection connection) throws SQLException {
    Map<Key, Thing> now = new HashMap<>(things);
    now.putAll(things(connection, schema, THINGS + RECENT));
    Set<Key> keys = ours(connection, now);
    for (Query.Row row : Query.rows(connection, LOCKED)) {
      keys.add(new Key(row.text(0), row.text(1)));
    }
    Set<Key> usedNow = used(connection, schema);
    usedNow.removeAll(used);
    keys.addAll(usedNow);
    Set<String> touched = new TreeSet<>();
    for (Key key : keys) {
      Thing thing = now.get(key);
      if (thing != null && !thing.ofExtension()) {
        touched.add(thing.described());
      }
    }
    return touched;
  }

  /// What this transaction has written.
  private Set<Key> ours(Connection connection, Map<Key, Thing> now) throws SQLException {
    Map<Key, Thing> written = new HashMap<>(now);
    written.entrySet().removeAll(things.entrySet());
    Set<String> writers = new HashSet<>();
    written.values().forEach(thing -> writers.add(thing.writer()));
    Set<String> ours = new HashSet<>();
    if (!writers.isEmpty()) {
      Query.rows(connection, OURS, connection.createArrayOf("text", writers.toArray()))
          .forEach(row -> ours.add(row.text(0)));
    }
    written.values().removeIf(thing -> !ours.contains(thing.writer()));
    return new HashSet<>(written.keySet());
  }

  /// The objects of this name.
  List<Thing> named(String name) {
    return things.values().stream().filter(thing -> thing.name().equals(name)).toList();
  }
}
