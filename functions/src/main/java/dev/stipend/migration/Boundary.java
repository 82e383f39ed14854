package dev.stipend.migration;

import dev.stipend.migration.check.MentionedObjects;
import dev.stipend.migration.check.MentionedObjects.Effect;
import dev.stipend.migration.check.MentionedObjects.Mention;
import dev.stipend.migration.check.MigrationProblem;
import dev.stipend.migration.check.SearchPath;
import dev.stipend.migration.files.Script;
import dev.stipend.migration.lint.SqlText;
import dev.stipend.platform.sql.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Holds a set to its own schema, before anything runs: reads in its files what they would reach
/// outside of it. Only members of extensions are for everybody. What words do not tell is found by
/// {@link OutsideObjects} when the migration has run, and rolled back.
final class Boundary {
  private static final Set<String> SYSTEM = Set.of("pg_catalog", "information_schema", "pg_temp");
  private static final String START = "(?i)(?:^|(?:;|\\bBEGIN|\\bTHEN|\\bELSE|\\bLOOP) )";
  private static final String NAME = "(\"[^\"]+\"|[\\w$]+)";

  /// What lies in no schema, and is everybody's.
  private static final Pattern SHARED =
      Pattern.compile(
          START
              + "((?:CREATE|ALTER|DROP) (?:DATABASE|ROLE|USER(?! MAPPING)|GROUP|TABLESPACE|EVENT"
              + " TRIGGER)|(?:ALTER|DROP) SCHEMA|ALTER SYSTEM|(?:DROP|REASSIGN) OWNED|ALTER DEFAULT"
              + " PRIVILEGES(?! .*\\bIN SCHEMA\\b))");

  private static final Pattern OTHER_SCHEMA =
      Pattern.compile(
          START
              + "(?:CREATE SCHEMA (?:IF NOT EXISTS )?|ALTER [^;]*\\bSET SCHEMA |(?:GRANT|REVOKE)"
              + " [^;]*\\b(?:ON|IN) SCHEMA |ALTER DEFAULT PRIVILEGES [^;]*\\bIN SCHEMA )"
              + NAME);

  private static final Pattern EXTENSION =
      Pattern.compile(
          START
              + "(CREATE|ALTER|DROP) EXTENSION (?:IF (?:NOT )?EXISTS )?"
              + NAME
              + "(?:[^;]*?\\bSCHEMA "
              + NAME
              + ")?");

  private static final Pattern PATH =
      Pattern.compile(START + "SET (?:LOCAL |SESSION )?search_path (?:= ?|TO )([^;]+)");

  private static final Pattern BLOCK =
      Pattern.compile("(?i)^DO\\b.*\\b(?:to_regclass|pg_class|information_schema)\\b");

  private final String schema;
  private final SearchPath path;
  private final OutsideObjects outside;
  private final Map<String, String> extensions = new HashMap<>();
  private final Map<MentionedObjects.Kind, Set<String>> present = new HashMap<>();
  private final Set<MigrationProblem> problems = new LinkedHashSet<>();

  private Boundary(Run run) throws SQLException {
    schema = run.set().schema();
    path = run.path();
    outside = OutsideObjects.of(run.connection(), schema);
    Query.rows(
            run.connection(),
            """
            SELECT extname, nspname
            FROM pg_extension
            JOIN pg_namespace ON pg_namespace.oid = extnamespace
            """)
        .forEach(row -> extensions.put(row.text(0), row.text(1)));
    readPresent(run.connection());
  }

  private void readPresent(Connection connection) throws SQLException {
    for (MentionedObjects.Kind kind : MentionedObjects.Kind.values()) {
      present.put(kind, new HashSet<>());
    }
    Query.rows(
            connection,
            """
            WITH inside AS (SELECT to_regnamespace(quote_ident(?)) AS ns)
            SELECT 'RELATION', relname FROM pg_class, inside WHERE relnamespace = ns
            UNION ALL SELECT 'TYPE', typname FROM pg_type, inside WHERE typnamespace = ns
            UNION ALL SELECT 'ROUTINE', proname FROM pg_proc, inside WHERE pronamespace = ns
            """,
            schema)
        .forEach(row -> names(MentionedObjects.Kind.valueOf(row.text(0))).add(row.text(1)));
  }

  /// What these files would do outside of their set's schema; empty if nothing.
  ///
  /// @param scripts in the order in which they would run
  static List<MigrationProblem> problems(Run run, List<Script> scripts) throws SQLException {
    Boundary boundary = new Boundary(run);
    for (Script script : scripts) {
      for (Script.Statement statement : script.statements()) {
        boundary.look("%s line %d".formatted(script.file(), statement.line()), statement.sql());
      }
    }
    return List.copyOf(boundary.problems);
  }

  private void look(String where, String sql) {
    String plain = SqlText.executed(sql);
    Matcher shared = SHARED.matcher(plain);
    if (shared.find()) {
      add(where, shared.group(1).toUpperCase(Locale.ROOT), "Do that outside of migrations.");
    }
    OTHER_SCHEMA
        .matcher(plain)
        .results()
        .map(found -> folded(found.group(1)))
        .filter(name -> !name.equals(schema))
        .forEach(name -> add(where, "schema " + name, "Do that outside of migrations."));
    EXTENSION.matcher(plain).results().forEach(found -> extension(where, found));
    PATH.matcher(plain).results().forEach(found -> searchPath(where, found.group(1)));
    for (MentionedObjects.Qualified name : MentionedObjects.qualified(sql)) {
      if (isForeign(name.before(), name.name(), false)) {
        qualified(where, name.before(), name.name());
      }
    }
    // A block that looks first whether there is such a table does nothing where there is none.
    boolean looksFirst = BLOCK.matcher(plain).find();
    for (Mention mention : MentionedObjects.of(sql)) {
      if (!looksFirst || mention.schema().isPresent() || mention.effect() != Effect.USED) {
        mention(where, mention);
      }
    }
  }

  private void extension(String where, java.util.regex.MatchResult found) {
    String name = folded(found.group(2));
    String at = Optional.ofNullable(extensions.get(name)).orElse(schema);
    boolean creates = found.group(1).equalsIgnoreCase("CREATE");
    String target =
        creates && !extensions.containsKey(name) && found.group(3) != null
            ? folded(found.group(3))
            : at;
    if (!(creates && extensions.containsKey(name)) && !target.equals(schema)) {
      add(
          where,
          "extension %s in schema %s".formatted(name, target),
          "Do that outside of migrations, as a role that may do it.");
    }
  }

  private void searchPath(String where, String names) {
    for (String name : names.split(",", -1)) {
      String one = folded(name.strip());
      if (!one.isEmpty() && !one.equals("''") && !SYSTEM.contains(one) && !path.has(one)) {
        add(where, "schema %s by its search_path".formatted(one), "Leave the search_path alone.");
      }
    }
  }

  private void mention(String where, Mention mention) {
    Set<String> names = names(mention.kind());
    if (mention.schema().isPresent()) {
      if (isForeign(mention.schema().get(), mention.name(), true)) {
        qualified(where, mention.schema().get(), mention.name());
        return;
      }
    } else if (mention.effect() != Effect.CREATED && !isPresent(mention)) {
      stranger(mention)
          .ifPresent(
              found ->
                  add(
                      where,
                      "%s.%s, since schema %s has no %s"
                          .formatted(found.schema(), found.name(), schema, found.name()),
                      "Make it in schema %s first, or run the set where it belongs with --schema %s."
                          .formatted(schema, found.schema())));
    }
    if (mention.effect() == Effect.CREATED) {
      names.add(mention.name());
    } else if (mention.effect() == Effect.DROPPED) {
      names.remove(mention.name());
    }
  }

  private void qualified(String where, String other, String name) {
    add(
        where,
        other + "." + name,
        "Write %s without a schema, or run the set where it belongs with --schema %s."
            .formatted(name, other));
  }

  /// Tables bring indexes and sequences with them, named after them.
  private boolean isPresent(Mention mention) {
    Set<String> names = names(mention.kind());
    return names.contains(mention.name())
        || (mention.kind() == MentionedObjects.Kind.RELATION
            && names.stream().anyMatch(name -> mention.name().startsWith(name + "_")));
  }

  /// Somebody else's object that the name could be taken for.
  private Optional<OutsideObjects.Thing> stranger(Mention mention) {
    List<OutsideObjects.Thing> things =
        outside.named(mention.name()).stream()
            .filter(thing -> thing.kind().equals(mention.kind().name()))
            .toList();
    return things.stream().anyMatch(OutsideObjects.Thing::ofExtension)
        ? Optional.empty()
        : things.stream().findFirst();
  }

  /// @param certain whether a schema must stand there; else it may be a table or an alias
  private boolean isForeign(String other, String name, boolean certain) {
    if (other.equals(schema) || SYSTEM.contains(other)) {
      return false;
    }
    List<OutsideObjects.Thing> there =
        outside.named(name).stream().filter(thing -> thing.schema().equals(other)).toList();
    return there.isEmpty() ? certain : there.stream().noneMatch(OutsideObjects.Thing::ofExtension);
  }

  private Set<String> names(MentionedObjects.Kind kind) {
    return java.util.Objects.requireNonNull(present.get(kind));
  }

  private void add(String where, String what, String fix) {
    problems.add(
        new MigrationProblem(
            MigrationProblem.Kind.BOUNDARY,
            "%s would reach %s; a set keeps to its own schema.".formatted(where, what),
            fix));
  }

  private static String folded(String name) {
    return name.startsWith("\"")
        ? name.substring(1, name.length() - 1)
        : name.toLowerCase(Locale.ROOT);
  }
}
