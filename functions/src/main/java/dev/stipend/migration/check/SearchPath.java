package dev.stipend.migration.check;

import dev.stipend.migration.files.MigrationSet;
import dev.stipend.platform.sql.Identifiers;
import dev.stipend.platform.sql.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Where names without a schema are looked for: in the set's own schema, and then only where
/// extensions live whose members the set's files name. What else lies there is refused by {@link
/// Boundary}.
public record SearchPath(List<String> schemas) {
  private static final Pattern WORD = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_$]*");
  private static final Pattern CALL = Pattern.compile("([\\p{L}_][\\p{L}\\p{N}_$]*)\"?\\s*\\(");
  private static final Pattern OPERATOR = Pattern.compile("[-+*/<>=~!@#%^&|`?]+");

  /// Members of extensions by which a file may use them. An operator that PostgreSQL has, too, says
  /// nothing.
  private static final String MEMBERS =
      """
      SELECT n.nspname, m.name, m.called
      FROM pg_depend d
      JOIN (
        SELECT CAST('pg_type' AS regclass) AS catalog, oid, typnamespace AS ns, typname AS name, FALSE AS called
        FROM pg_type
        UNION ALL SELECT CAST('pg_class' AS regclass), oid, relnamespace, relname, FALSE FROM pg_class
        UNION ALL SELECT CAST('pg_opclass' AS regclass), oid, opcnamespace, opcname, FALSE FROM pg_opclass
        UNION ALL SELECT CAST('pg_collation' AS regclass), oid, collnamespace, collname, FALSE FROM pg_collation
        UNION ALL SELECT CAST('pg_proc' AS regclass), oid, pronamespace, proname, TRUE FROM pg_proc
        UNION ALL
        SELECT CAST('pg_operator' AS regclass), oid, oprnamespace, oprname, FALSE
        FROM pg_operator o
        WHERE NOT EXISTS (
          SELECT 1 FROM pg_operator
          WHERE oprname = o.oprname AND oprnamespace = CAST('pg_catalog' AS regnamespace))) m
        ON m.catalog = d.classid AND m.oid = d.objid
      JOIN pg_namespace n ON n.oid = m.ns
      WHERE d.deptype = 'e'
        AND d.refclassid = CAST('pg_extension' AS regclass)
        AND n.nspname NOT IN ('pg_catalog', 'information_schema', ?)
      ORDER BY n.nspname
      """;

  public static SearchPath of(Connection connection, MigrationSet set) throws SQLException {
    Set<String> schemas = new LinkedHashSet<>(List.of(set.schema()));
    List<Query.Row> members = Query.rows(connection, MEMBERS, set.schema());
    if (!members.isEmpty()) {
      String text = set.files().text() + set.seeds().files().text();
      Set<String> words = words(WORD, 0, text);
      words.addAll(words(OPERATOR, 0, text));
      Set<String> calls = words(CALL, 1, text);
      members.stream()
          .filter(row -> (row.isTrue(2) ? calls : words).contains(row.text(1)))
          .forEach(row -> schemas.add(row.text(0)));
    }
    return new SearchPath(List.copyOf(schemas));
  }

  private static Set<String> words(Pattern pattern, int group, String text) {
    return pattern
        .matcher(text)
        .results()
        .map(word -> word.group(group))
        .collect(Collectors.toCollection(HashSet::new));
  }

  public boolean has(String schema) {
    return schemas.contains(schema);
  }

  /// The same with one more schema after the first.
  SearchPath with(String schema) {
    List<String> more = new ArrayList<>(schemas);
    more.add(1, schema);
    return new SearchPath(more);
  }

  public String sql() {
    return "SET search_path = "
        + schemas.stream().map(Identifiers::quoted).collect(Collectors.joining(", "));
  }

  /// For the rest of the session, whatever a file may have set.
  public void set(Connection connection) throws SQLException {
    Query.execute(connection, sql());
  }
}
