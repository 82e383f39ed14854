package dev.stipend.migration.drift;

import dev.stipend.platform.sql.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What a schema is made of, object by object, each with its definition as PostgreSQL writes it.
/// Partitions are data: they come and go. So do the migrator's own tables.
public record Fingerprint(Map<String, String> objects) {
  private static final String OBJECTS =
      """
      WITH ns AS (SELECT to_regnamespace(quote_ident(?)) AS oid),
      rel AS (
        SELECT c.*
        FROM pg_class c, ns
        WHERE c.relnamespace = ns.oid
          AND NOT c.relispartition
          AND c.relname NOT IN ('flyway_schema_history', 'flyway_seed_history', 'migration_fingerprint', '_prisma_migrations')
          AND NOT EXISTS (
            SELECT 1 FROM pg_depend d
            WHERE d.classid = CAST('pg_class' AS regclass) AND d.objid = c.oid AND d.deptype = 'e'))
      SELECT CASE relkind WHEN 'v' THEN 'view ' WHEN 'm' THEN 'materialized view ' ELSE 'table ' END || relname,
        concat_ws(' ', CASE relpersistence WHEN 'u' THEN 'unlogged' END, pg_get_partkeydef(oid),
          CAST(reloptions AS text), CASE WHEN relrowsecurity THEN 'row security' END,
          CASE WHEN relkind IN ('v', 'm') THEN pg_get_viewdef(oid) END)
      FROM rel WHERE relkind IN ('r', 'p', 'v', 'm', 'f')
      UNION ALL
      SELECT 'column ' || relname || '.' || attname,
        concat_ws(' ', format_type(atttypid, atttypmod), CASE WHEN attnotnull THEN 'NOT NULL' END,
          CASE attgenerated WHEN '' THEN 'DEFAULT ' ELSE 'GENERATED ' END || pg_get_expr(adbin, adrelid),
          CASE attidentity WHEN '' THEN NULL ELSE 'IDENTITY' END)
      FROM rel
      JOIN pg_attribute a ON attrelid = rel.oid AND attnum > 0 AND NOT attisdropped
      LEFT JOIN pg_attrdef d ON d.adrelid = attrelid AND d.adnum = attnum
      WHERE relkind IN ('r', 'p', 'v', 'm', 'f')
      UNION ALL
      SELECT 'index ' || rel.relname, concat_ws(' ', pg_get_indexdef(i.indexrelid),
        CASE WHEN NOT i.indisvalid THEN 'INVALID' END)
      FROM rel JOIN pg_index i ON i.indexrelid = rel.oid
      JOIN pg_class t ON t.oid = i.indrelid
      WHERE t.relname NOT IN ('flyway_schema_history', 'flyway_seed_history', 'migration_fingerprint', '_prisma_migrations')
      UNION ALL
      SELECT 'constraint ' || relname || '.' || conname, pg_get_constraintdef(con.oid)
      FROM rel JOIN pg_constraint con ON conrelid = rel.oid WHERE contype NOT IN ('n', 't')
      UNION ALL
      SELECT 'trigger ' || relname || '.' || tgname, pg_get_triggerdef(t.oid) || ' ' || CAST(tgenabled AS text)
      FROM rel JOIN pg_trigger t ON tgrelid = rel.oid WHERE NOT tgisinternal
      UNION ALL
      SELECT 'policy ' || relname || '.' || polname,
        concat_ws(' ', polcmd, CAST(polroles AS text), pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid))
      FROM rel JOIN pg_policy ON polrelid = rel.oid
      UNION ALL
      SELECT 'sequence ' || relname, concat_ws(' ', format_type(seqtypid, NULL), seqstart, seqincrement, seqmax, seqcycle)
      FROM rel JOIN pg_sequence ON seqrelid = rel.oid
      UNION ALL
      SELECT 'function ' || proname || '(' || pg_get_function_identity_arguments(p.oid) || ')',
        md5(replace(pg_get_functiondef(p.oid), ?, ?))
      FROM pg_proc p, ns
      WHERE pronamespace = ns.oid
        AND prokind IN ('f', 'p')
        AND NOT EXISTS (
          SELECT 1 FROM pg_depend d
          WHERE d.classid = CAST('pg_proc' AS regclass) AND d.objid = p.oid AND d.deptype = 'e')
      UNION ALL
      SELECT 'type ' || typname, concat_ws(' ', format_type(nullif(typbasetype, 0), typtypmod),
        (SELECT string_agg(enumlabel, ', ' ORDER BY enumsortorder) FROM pg_enum WHERE enumtypid = t.oid))
      FROM pg_type t, ns
      WHERE typnamespace = ns.oid AND typtype IN ('e', 'd')
      """;

  public static Fingerprint of(Connection connection, String schema) throws SQLException {
    connection.setAutoCommit(false);
    try {
      return within(connection, schema, "");
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  /// Reads it with a search_path of its own, on which definitions depend, in a transaction that
  /// must be rolled back.
  ///
  /// @param aside the name for now of the schema that has this name otherwise, or nothing
  public static Fingerprint within(Connection connection, String schema, String aside)
      throws SQLException {
    Query.execute(connection, "SET LOCAL search_path = pg_catalog; SET LOCAL DateStyle = 'ISO'");
    String from = aside.isEmpty() ? "" : aside + ".";
    String to = Query.row(connection, "SELECT quote_ident(?) || '.'", schema).text(0);
    Map<String, String> objects = new TreeMap<>();
    Query.rows(connection, OBJECTS, schema, from, to)
        .forEach(
            row ->
                objects.put(
                    row.text(0), from.isEmpty() ? row.text(1) : row.text(1).replace(from, to)));
    return new Fingerprint(objects);
  }

  /// What differs, from what it was to this.
  public List<Difference> since(Fingerprint was) {
    List<Difference> differences = new ArrayList<>();
    TreeSet<String> names = new TreeSet<>(objects.keySet());
    names.addAll(was.objects().keySet());
    for (String name : names) {
      Optional<String> then = Optional.ofNullable(was.objects().get(name));
      Optional<String> now = Optional.ofNullable(objects.get(name));
      if (!then.equals(now) && !isPartOf(name, names, then.isPresent() ? objects : was.objects())) {
        differences.add(new Difference(name, then, now));
      }
    }
    return differences;
  }

  /// Columns and constraints of a table that is new or gone go without saying.
  private static boolean isPartOf(
      String name, TreeSet<String> names, Map<String, String> otherSide) {
    int dot = name.indexOf('.');
    int space = name.indexOf(' ');
    if (dot < 0 || space < 0 || name.startsWith("function ")) {
      return false;
    }
    String relation = name.substring(space + 1, dot);
    return Stream.of("table ", "view ", "materialized view ")
        .map(kind -> kind + relation)
        .anyMatch(table -> names.contains(table) && !otherSide.containsKey(table));
  }
}
