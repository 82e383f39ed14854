package dev.stipend.migration.check;

import dev.stipend.platform.sql.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Lists what schemas consist of, down to columns. What PostgreSQL makes along with something else,
/// such as the index of a primary key, goes without saying.
public final class SchemaObjects {
  /// Where the catalog has an object; `part` is the number of a column, else 0.
  public record Address(String catalog, String oid, String part) {}

  /// An object by names that outlive its numbers.
  ///
  /// @param type as `pg_identify_object` has it
  /// @param identity its name with its schema, and what else identifies it
  /// @param drop the statement that drops it, and does nothing where it is gone
  public record Identity(Address address, String type, String identity, String drop) {
    public String described() {
      return type + " " + identity;
    }

    /// A default goes with its column; one of somebody else's column is changed, not made.
    boolean canBeDropped() {
      return !drop.isEmpty();
    }
  }

  /// The number of `pg_class`, the same everywhere.
  private static final String RELATIONS = "1259";

  private static final String OBJECTS =
      """
      WITH ns AS (
        SELECT oid FROM pg_namespace
        WHERE CASE WHEN ? = '' THEN nspname NOT LIKE 'pg\\_%'
            AND nspname NOT IN ('information_schema', 'stipend_migrations') ELSE nspname = ? END),
      rel AS (
        SELECT c.*, i.indrelid
        FROM pg_class c
        LEFT JOIN pg_index i ON i.indexrelid = c.oid
        JOIN pg_class whole ON whole.oid = coalesce(i.indrelid, c.oid)
        WHERE c.relnamespace IN (SELECT oid FROM ns)
          AND whole.relname NOT IN ('flyway_schema_history', 'flyway_seed_history', 'migration_fingerprint', '_prisma_migrations')
          AND NOT EXISTS (
            SELECT 1 FROM pg_depend d
            WHERE d.classid = CAST('pg_class' AS regclass) AND d.objid = whole.oid AND d.deptype = 'e')),
      object (catalog, oid, part, parent) AS (
        SELECT CAST('pg_class' AS regclass), rel.oid, 0, coalesce(indrelid, 0) FROM rel
        UNION ALL
        SELECT CAST('pg_class' AS regclass), attrelid, attnum, attrelid
        FROM pg_attribute JOIN rel ON rel.oid = attrelid
        WHERE attnum > 0 AND NOT attisdropped AND relkind IN ('r', 'p', 'f')
        UNION ALL
        SELECT CAST('pg_constraint' AS regclass), c.oid, 0, conrelid
        FROM pg_constraint c JOIN rel ON rel.oid = conrelid WHERE contype NOT IN ('n', 't')
        UNION ALL
        SELECT CAST('pg_trigger' AS regclass), t.oid, 0, tgrelid
        FROM pg_trigger t JOIN rel ON rel.oid = tgrelid WHERE NOT tgisinternal
        UNION ALL
        SELECT CAST('pg_policy' AS regclass), p.oid, 0, polrelid FROM pg_policy p JOIN rel ON rel.oid = polrelid
        UNION ALL
        SELECT CAST('pg_rewrite' AS regclass), r.oid, 0, ev_class FROM pg_rewrite r JOIN rel ON rel.oid = ev_class
        UNION ALL
        SELECT CAST('pg_attrdef' AS regclass), d.oid, 0, adrelid FROM pg_attrdef d JOIN rel ON rel.oid = adrelid
        UNION ALL
        SELECT CAST('pg_statistic_ext' AS regclass), s.oid, 0, stxrelid
        FROM pg_statistic_ext s JOIN rel ON rel.oid = stxrelid
        UNION ALL
        SELECT CAST('pg_proc' AS regclass), oid, 0, 0 FROM pg_proc WHERE pronamespace IN (SELECT oid FROM ns)
        UNION ALL
        SELECT CAST('pg_type' AS regclass), oid, 0, 0 FROM pg_type WHERE typnamespace IN (SELECT oid FROM ns)
        UNION ALL
        SELECT CAST('pg_operator' AS regclass), oid, 0, 0 FROM pg_operator WHERE oprnamespace IN (SELECT oid FROM ns)
        UNION ALL
        SELECT CAST('pg_collation' AS regclass), oid, 0, 0 FROM pg_collation WHERE collnamespace IN (SELECT oid FROM ns)
        UNION ALL
        SELECT CAST('pg_ts_config' AS regclass), oid, 0, 0 FROM pg_ts_config WHERE cfgnamespace IN (SELECT oid FROM ns))
      SELECT CAST(catalog AS oid), object.oid, part, coalesce(nullif(parent, 0), (
          SELECT refobjid FROM pg_depend d
          WHERE d.classid = catalog AND d.objid = object.oid AND d.objsubid = part
            AND d.refclassid = CAST('pg_class' AS regclass) AND d.deptype = 'a'
          LIMIT 1), 0)
      FROM object
      WHERE NOT EXISTS (
        SELECT 1 FROM pg_depend d
        WHERE d.classid = catalog AND d.objid = object.oid AND d.objsubid = part AND d.deptype IN ('i', 'P', 'S', 'e'))
      """;

  private static final String IDENTITIES =
      """
      SELECT catalog, oid, part, o.type, o.identity, CASE o.type
          WHEN 'table column' THEN format('ALTER TABLE IF EXISTS %I.%I DROP COLUMN IF EXISTS %I CASCADE',
            names[1], names[2], names[3])
          WHEN 'table constraint' THEN format('ALTER TABLE IF EXISTS %I.%I DROP CONSTRAINT IF EXISTS %I CASCADE',
            names[1], names[2], names[3])
          WHEN 'default value' THEN ''
          ELSE CASE WHEN o.type IN ('trigger', 'policy', 'rule')
            THEN format('DROP %s IF EXISTS %I ON %I.%I CASCADE', upper(o.type), names[3], names[1], names[2])
            ELSE format('DROP %s IF EXISTS %s CASCADE', replace(upper(o.type), ' OBJECT', ''), o.identity) END
          END
      FROM unnest(?, ?, ?) AS given (catalog, oid, part),
        pg_identify_object(CAST(catalog AS oid), CAST(oid AS oid), CAST(part AS integer)) o,
        pg_identify_object_as_address(CAST(catalog AS oid), CAST(oid AS oid), CAST(part AS integer))
          AS address (kind, names, arguments)
      WHERE o.identity IS NOT NULL
      """;

  private SchemaObjects() {}

  /// Each object of a schema, with the number of the table that it is a part of, or 0.
  static Map<Address, String> in(Connection connection, String schema) throws SQLException {
    Map<Address, String> objects = new HashMap<>();
    for (Query.Row row : Query.rows(connection, OBJECTS, schema, schema)) {
      objects.put(new Address(row.text(0), row.text(1), row.text(2)), row.text(3));
    }
    return objects;
  }

  public static Map<Address, String> everywhere(Connection connection) throws SQLException {
    return in(connection, "");
  }

  /// Leaves out what is part of something else that is among them.
  public static Set<Address> wholes(Map<Address, String> objects) {
    Set<String> relations = new HashSet<>();
    objects.keySet().stream()
        .filter(address -> address.catalog().equals(RELATIONS) && address.part().equals("0"))
        .forEach(address -> relations.add(address.oid()));
    Set<Address> wholes = new HashSet<>();
    objects.forEach(
        (address, parent) -> {
          if (!relations.contains(parent)) {
            wholes.add(address);
          }
        });
    return wholes;
  }

  public static List<Identity> identities(Connection connection, Collection<Address> addresses)
      throws SQLException {
    List<Identity> identities = new ArrayList<>();
    for (Query.Row row :
        Query.rows(
            connection,
            IDENTITIES,
            texts(connection, addresses.stream().map(Address::catalog).toList()),
            texts(connection, addresses.stream().map(Address::oid).toList()),
            texts(connection, addresses.stream().map(Address::part).toList()))) {
      identities.add(
          new Identity(
              new Address(row.text(0), row.text(1), row.text(2)),
              row.text(3),
              row.text(4),
              row.text(5)));
    }
    return identities;
  }

  private static java.sql.Array texts(Connection connection, List<String> values)
      throws SQLException {
    return connection.createArrayOf("text", values.toArray());
  }
}
