package dev.stipend.migration.check;

import dev.stipend.migration.lint.SqlTokens;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Finds the objects that a statement names, in the places where only the name of an object can
/// stand. Bodies of functions are left out: they run later, when they are called.
public final class MentionedObjects {
  /// What kind of object a name is looked up as.
  public enum Kind {
    RELATION,
    TYPE,
    ROUTINE
  }

  /// What becomes of the object.
  public enum Effect {
    CREATED,
    DROPPED,
    USED
  }

  /// An object's name, folded as PostgreSQL folds it, and its schema if the statement has one.
  public record Mention(Kind kind, Optional<String> schema, String name, Effect effect) {}

  /// A name with another before it: that of a schema, a table or an alias.
  public record Qualified(String before, String name) {}

  private static final Set<String> SKIPPED =
      Set.of("IF", "NOT", "EXISTS", "ONLY", "CONCURRENTLY", "LATERAL");
  private static final Set<String> NO_NAMES =
      Set.of(
          "SELECT",
          "VALUES",
          "WITH",
          "TABLE",
          "VIEW",
          "SEQUENCE",
          "FUNCTION",
          "PROCEDURE",
          "ROUTINE",
          "TYPE",
          "DOMAIN",
          "SCHEMA",
          "ALL",
          "ON",
          "SET",
          "WHERE",
          "COLUMN",
          "FOREIGN");
  private static final Set<String> CALLS_WITH_FROM =
      Set.of("EXTRACT", "SUBSTRING", "TRIM", "OVERLAY", "POSITION");
  private static final Set<String> BEFORE_A_STATEMENT =
      Set.of("", ";", "(", ")", "AS", "BEGIN", "THEN", "ELSE", "LOOP");

  private final SqlTokens sql;
  private final Set<String> queries = new HashSet<>();
  private final List<Mention> found = new ArrayList<>();
  private final Deque<String> calls = new ArrayDeque<>();
  private String verb = "";
  private boolean tableFollowsOn;

  private MentionedObjects(SqlTokens sql) {
    this.sql = sql;
  }

  public static List<Mention> of(String statement) {
    MentionedObjects mentions = new MentionedObjects(SqlTokens.of(statement));
    for (int at = 0; at < mentions.sql.size(); at++) {
      mentions.nameOfQuery(at);
      mentions.definition(at);
      mentions.query(at);
    }
    return mentions.found.stream()
        .filter(each -> each.schema().isPresent() || !mentions.queries.contains(each.name()))
        .toList();
  }

  public static List<Qualified> qualified(String statement) {
    SqlTokens sql = SqlTokens.of(statement);
    List<Qualified> all = new ArrayList<>();
    for (int at = 0; at < sql.size(); at++) {
      if (!sql.is(at - 1, ".") && sql.isQualified(at)) {
        all.add(new Qualified(sql.name(at), sql.name(at + 2)));
      }
    }
    return all;
  }

  /// WITH gives names to queries; they are looked for before those of tables.
  private void nameOfQuery(int at) {
    if (sql.isName(at) && Set.of("WITH", "RECURSIVE", ",").contains(sql.word(at - 1))) {
      int next = sql.afterParentheses(at + 1);
      if (sql.is(next, "AS") && Set.of("(", "NOT", "MATERIALIZED").contains(sql.word(next + 1))) {
        queries.add(sql.name(at));
      }
    }
  }

  /// What CREATE, ALTER, DROP and their like are about.
  private void definition(int at) {
    switch (sql.word(at)) {
      case "CREATE", "ALTER", "DROP" -> verb = sql.word(at);
      case ";", "COMMENT" -> verb = "";
      case "GRANT", "REVOKE", "TRIGGER", "POLICY" -> {
        verb = "";
        tableFollowsOn = true;
      }
      case "TABLE", "VIEW", "SEQUENCE" -> objects(at + 1, Kind.RELATION);
      case "INDEX" -> {
        tableFollowsOn = verb.equals("CREATE");
        objects(at + 1, Kind.RELATION);
      }
      case "TYPE", "DOMAIN" -> objects(at + 1, Kind.TYPE);
      case "FUNCTION", "PROCEDURE", "ROUTINE", "AGGREGATE" -> objects(at + 1, Kind.ROUTINE);
      case "ON" -> {
        if (tableFollowsOn) {
          tableFollowsOn = false;
          use(at + 1);
        }
      }
      case "COLUMN" -> {
        if (sql.is(at - 1, "ON")) {
          tableOfColumn(at + 1);
        }
      }
      case "TO" -> {
        if (sql.is(at - 1, "RENAME") && sql.isName(at + 1) && !found.isEmpty()) {
          Mention old = found.getLast();
          found.add(new Mention(old.kind(), old.schema(), sql.name(at + 1), Effect.CREATED));
        }
      }
      default -> {
        // It names nothing.
      }
    }
  }

  /// What stands in queries, and in clauses that name another table.
  private void query(int at) {
    String before = sql.word(at - 1);
    switch (sql.word(at)) {
      case "(" -> calls.push(before);
      case ")" -> calls.poll();
      case "FROM" -> {
        boolean compares =
            before.equals("DISTINCT") && Set.of("IS", "NOT").contains(sql.word(at - 2));
        String call = Optional.ofNullable(calls.peek()).orElse("");
        if (!compares && !CALLS_WITH_FROM.contains(call)) {
          sources(at + 1);
        }
      }
      case "JOIN" -> source(at + 1);
      case "USING" -> {
        if (sql.is(0, "DELETE") || sql.is(0, "MERGE")) {
          sources(at + 1);
        }
      }
      case "INTO" -> {
        if (before.equals("INSERT") || before.equals("MERGE")) {
          use(at + 1);
        }
      }
      case "UPDATE", "COPY" -> {
        if (BEFORE_A_STATEMENT.contains(before)) {
          use(at + 1);
        }
      }
      case "TRUNCATE", "LOCK" -> {
        if (BEFORE_A_STATEMENT.contains(before)) {
          sources(sql.is(at + 1, "TABLE") ? at + 2 : at + 1);
        }
      }
      case "OF" -> {
        if (before.equals("PARTITION")) {
          use(at + 1);
        }
      }
      case "PARTITION" -> {
        if (before.equals("ATTACH") || before.equals("DETACH")) {
          use(at + 1);
        }
      }
      case "REFERENCES" -> use(at + 1);
      case "INHERITS" -> use(at + 2);
      default -> {
        // It names nothing.
      }
    }
  }

  /// Names after the word for their kind; DROP may have several.
  private void objects(int from, Kind kind) {
    Effect effect =
        switch (verb) {
          case "CREATE" -> Effect.CREATED;
          case "DROP" -> Effect.DROPPED;
          default -> Effect.USED;
        };
    int next = add(from, kind, effect);
    while (effect == Effect.DROPPED && next > 0 && sql.is(sql.afterParentheses(next), ",")) {
      next = add(sql.afterParentheses(next) + 1, kind, effect);
    }
    if (effect == Effect.CREATED) {
      verb = "";
    }
  }

  private void use(int from) {
    add(from, Kind.RELATION, Effect.USED);
  }

  /// Tables between commas, with or without an alias each.
  private void sources(int from) {
    int next = source(from);
    while (next > 0) {
      int comma = next;
      if (!sql.is(comma, ",")) {
        comma += sql.is(comma, "AS") ? 2 : 1;
      }
      next = sql.is(comma, ",") ? source(comma + 1) : 0;
    }
  }

  /// A table, or a function that is called where a table may stand.
  private int source(int from) {
    int next = add(from, Kind.RELATION, Effect.USED);
    if (next > 0 && sql.is(next, "(") && !sql.is(from - 1, "TABLE")) {
      Mention called = found.removeLast();
      found.add(new Mention(Kind.ROUTINE, called.schema(), called.name(), Effect.USED));
    }
    return next;
  }

  private void tableOfColumn(int from) {
    if (sql.isQualified(from) && sql.isQualified(from + 2)) {
      use(from);
    } else if (sql.isName(from)) {
      found.add(new Mention(Kind.RELATION, Optional.empty(), sql.name(from), Effect.USED));
    }
  }

  /// Adds a name.
  ///
  /// @return where what follows the name is; 0 if there is no name
  private int add(int from, Kind kind, Effect effect) {
    int at = from;
    while (SKIPPED.contains(sql.word(at))) {
      at++;
    }
    if (!sql.isName(at) || NO_NAMES.contains(sql.word(at))) {
      return 0;
    }
    boolean qualified = sql.isQualified(at);
    Optional<String> schema = qualified ? Optional.of(sql.name(at)) : Optional.empty();
    int last = qualified ? at + 2 : at;
    found.add(new Mention(kind, schema, sql.name(last), effect));
    return last + 1;
  }
}
