package dev.stipend.migration.check;

import dev.stipend.migration.CountedNoun;
import dev.stipend.migration.Run;
import dev.stipend.migration.drift.Difference;
import dev.stipend.migration.drift.FingerprintStore;
import dev.stipend.migration.files.MigrationSet;
import dev.stipend.migration.files.ScriptReader;
import dev.stipend.migration.history.HistoryState;
import dev.stipend.migration.lint.ParsedStatement;
import dev.stipend.migration.lint.SqlText;
import dev.stipend.platform.sql.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.flywaydb.core.api.MigrationInfo;

/// Looks whether the schema is what its applied migrations made, and sound.
public final class Verification {
  /// What a check found.
  ///
  /// @param error whether something is broken; else it is only slow
  public record Finding(boolean error, String message) {}

  private final Run run;
  private final Connection connection;
  private final MigrationSet set;
  private final Set<Finding> findings = new LinkedHashSet<>();

  public Verification(Run run) {
    this.run = run;
    this.connection = run.connection();
    this.set = run.set();
  }

  public List<Finding> of(HistoryState standing) throws SQLException {
    // Prisma goes on where a file was edited or is gone.
    standing
        .divergences()
        .forEach(divergence -> findings.add(new Finding(!set.isPrisma(), divergence)));
    tablesAndColumns(run.flyway().scripts(), standing);
    sinceTheLastRun();
    indexes();
    foreignKeys();
    return List.copyOf(findings);
  }

  /// Objects that the last run left and that are missing or different now, whatever the files say.
  private void sinceTheLastRun() throws SQLException {
    List<Difference> differences = new FingerprintStore(run).differences();
    List<String> gone =
        differences.stream()
            .filter(each -> each.is().isEmpty() && each.object().startsWith("table "))
            .map(each -> " ON " + set.qualified(each.object().substring("table ".length())) + " ")
            .toList();
    for (Difference difference : differences) {
      String was = difference.was().orElse("");
      String is = difference.is().orElse("");
      boolean mended = was.equals(is + " NOT VALID");
      if (difference.was().isEmpty() || is.endsWith(" INVALID") || mended) {
        continue;
      }
      if (difference.is().isPresent()) {
        findings.add(new Finding(true, difference.sentence()));
      } else if (gone.stream().noneMatch(was::contains)) {
        findings.add(new Finding(true, missing(difference.object(), was)));
      }
    }
  }

  private String missing(String object, String was) {
    String[] named = object.split(" ", 2);
    String[] parts = named[1].split("\\.", 2);
    return switch (named[0]) {
      case "table", "column", "index" ->
          "%s %s.%s is missing".formatted(named[0], set.schema(), named[1]);
      case "constraint" ->
          "%s %s of %s is missing"
              .formatted(
                  was.startsWith("FOREIGN KEY") ? "foreign key" : named[0],
                  parts[1],
                  set.qualified(parts[0]));
      default -> object + " is missing";
    };
  }

  /// Follows the applied migrations: what they made and did not take away must be there.
  private void tablesAndColumns(ScriptReader reader, HistoryState standing) throws SQLException {
    Set<String> expected = new LinkedHashSet<>();
    StringBuilder blocks = new StringBuilder();
    standing.appliedNewestFirst().stream()
        .filter(migration -> !set.omits(migration.getVersion().getVersion()))
        .sorted(Comparator.comparing(MigrationInfo::getVersion))
        .flatMap(migration -> set.files().find(migration.getScript()).stream())
        .flatMap(file -> reader.read(file).statements().stream())
        .forEach(
            statement -> {
              ParsedStatement shape = ParsedStatement.of(statement.sql());
              follow(shape, expected);
              blocks.append(shape.has("^DO ") ? SqlText.executed(statement.sql()) : "");
            });
    for (String name : expected) {
      String[] parts = name.split("\t", 2);
      if (blocks.indexOf(ParsedStatement.bare(parts[0])) >= 0) {
        // What a block does to a table depends on what it finds.
        continue;
      }
      if (Query.row(connection, "SELECT to_regclass(?)", set.qualified(parts[0]))
          .optional(0)
          .isEmpty()) {
        findings.add(new Finding(true, "table %s is missing".formatted(set.qualified(parts[0]))));
      } else if (parts.length > 1 && !hasColumn(parts[0], parts[1])) {
        findings.add(
            new Finding(
                true, "column %s.%s is missing".formatted(set.qualified(parts[0]), parts[1])));
      }
    }
  }

  /// Keeps up with what there should be: names of tables, and of columns behind their tables'.
  static void follow(ParsedStatement shape, Set<String> expected) {
    shape.createdTable().ifPresent(expected::add);
    shape.droppedTable().ifPresent(table -> expected.removeIf(name -> isOf(table, name)));
    shape
        .alteredTable()
        .ifPresent(
            table -> {
              shape.droppedColumns().forEach(name -> expected.remove(column(table, name)));
              shape.addedColumns().forEach(name -> expected.add(column(table, name)));
              shape
                  .renamedColumn()
                  .filter(names -> expected.remove(column(table, names.getKey())))
                  .ifPresent(names -> expected.add(column(table, names.getValue())));
              shape.renamedTable().ifPresent(name -> rename(table, name, expected));
            });
  }

  private static void rename(String table, String name, Set<String> expected) {
    List<String> of = expected.stream().filter(each -> isOf(table, each)).toList();
    String schema = table.contains(".") ? table.substring(0, table.indexOf('.') + 1) : "";
    of.forEach(each -> expected.add(schema + name + each.substring(table.length())));
    of.forEach(expected::remove);
  }

  private static boolean isOf(String table, String name) {
    return name.equals(table) || name.startsWith(column(table, ""));
  }

  private static String column(String table, String name) {
    return table + "\t" + name;
  }

  private boolean hasColumn(String table, String column) throws SQLException {
    return !Query.rows(
            connection,
            """
            SELECT 1
            FROM pg_attribute
            WHERE attrelid = to_regclass(?)
              AND attname = ?
              AND NOT attisdropped
            """,
            set.qualified(table),
            ParsedStatement.bare(column))
        .isEmpty();
  }

  private void indexes() throws SQLException {
    Query.rows(
            connection,
            """
            SELECT format('%I.%I', nspname, relname)
            FROM pg_index
            JOIN pg_class ON pg_class.oid = indexrelid
            JOIN pg_namespace ON pg_namespace.oid = relnamespace
            WHERE nspname = ?
              AND NOT indisvalid
            """,
            set.schema())
        .forEach(
            row -> findings.add(new Finding(true, "index %s is invalid".formatted(row.text(0)))));
  }

  private void foreignKeys() throws SQLException {
    List<Query.Row> keys =
        Query.rows(
            connection,
            """
            SELECT c.conname,
              (SELECT format('%I.%I', nspname, relname)
                FROM pg_class t JOIN pg_namespace n ON n.oid = relnamespace WHERE t.oid = c.conrelid),
              (SELECT format('%I.%I', nspname, relname)
                FROM pg_class t JOIN pg_namespace n ON n.oid = relnamespace WHERE t.oid = c.confrelid),
              c.convalidated,
              (SELECT string_agg(format('t.%I IS NOT NULL', a.attname), ' AND ')
                FROM unnest(c.conkey) k JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k),
              (SELECT string_agg(format('r.%I = t.%I', ra.attname, a.attname), ' AND ')
                FROM unnest(c.conkey, c.confkey) AS k (mine, theirs)
                JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.mine
                JOIN pg_attribute ra ON ra.attrelid = c.confrelid AND ra.attnum = k.theirs),
              EXISTS (
                SELECT 1 FROM pg_index i
                WHERE i.indrelid = c.conrelid
                  AND i.indisvalid
                  AND CAST((string_to_array(CAST(i.indkey AS text), ' '))[1:cardinality(c.conkey)] AS smallint[])
                    @> c.conkey)
            FROM pg_constraint c
            WHERE c.contype = 'f'
              AND c.connamespace = to_regnamespace(quote_ident(?))
              AND c.conparentid = 0
            ORDER BY c.conname
            """,
            set.schema());
    for (Query.Row key : keys) {
      String name = "foreign key %s of %s".formatted(key.text(0), key.text(1));
      if (!key.isTrue(3)) {
        findings.add(new Finding(true, name + " is not validated"));
        long orphans =
            Query.row(
                    connection,
                    "SELECT count(*) FROM %s t WHERE %s AND NOT EXISTS (SELECT 1 FROM %s r WHERE %s)"
                        .formatted(key.text(1), key.text(4), key.text(2), key.text(5)))
                .number(0);
        if (orphans > 0) {
          findings.add(
              new Finding(
                  true,
                  "%s %s".formatted(CountedNoun.of(orphans, "row breaks", "rows break"), name)));
        }
      }
      if (!key.isTrue(6)) {
        findings.add(new Finding(false, name + " has no index that begins with its columns"));
      }
    }
  }
}
