package dev.stipend.migration.lint;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a statement does, judged by its text.
///
/// @param plain see {@link SqlText}
public record ParsedStatement(String plain) {
  private static final String NAME = "((?:\"[^\"]+\"|[\\w$]+)(?:\\.(?:\"[^\"]+\"|[\\w$]+))?)";
  private static final Pattern PART = Pattern.compile("\"[^\"]+\"|[^.\"]+");
  private static final Pattern SIMPLE = Pattern.compile("[a-z_][a-z0-9_$]*");
  private static final Pattern CREATED_TABLE =
      pattern("^CREATE (?:UNLOGGED |TEMP |TEMPORARY )?TABLE (?:IF NOT EXISTS )?" + NAME);
  private static final Pattern DROPPED_TABLE = pattern("^DROP TABLE (?:IF EXISTS )?" + NAME);
  private static final Pattern ALTERED_TABLE =
      pattern("^ALTER TABLE (?:IF EXISTS )?(?:ONLY )?" + NAME);
  private static final Pattern INDEX =
      pattern(
          "^CREATE (?:UNIQUE )?INDEX (CONCURRENTLY )?(?:IF NOT EXISTS )?(?:"
              + NAME
              + " )?ON (?:ONLY )?"
              + NAME);
  private static final Pattern ADDED_COLUMN =
      pattern("ADD (?:COLUMN )(?:IF NOT EXISTS )?(\"[^\"]+\"|\\w+)");
  private static final Pattern DROPPED_COLUMN =
      pattern("DROP (?:COLUMN )(?:IF EXISTS )?(\"[^\"]+\"|\\w+)");

  private static final Pattern RENAMED_TABLE = pattern("\\bRENAME TO (\"[^\"]+\"|[\\w$]+)");
  private static final Pattern RENAMED_COLUMN =
      pattern(
          "\\bRENAME (?:COLUMN )?(?!COLUMN |CONSTRAINT |TO )(\"[^\"]+\"|[\\w$]+) TO"
              + " (\"[^\"]+\"|[\\w$]+)");

  public static ParsedStatement of(String sql) {
    return new ParsedStatement(SqlText.plain(sql));
  }

  public boolean has(String regex) {
    return pattern(regex).matcher(plain).find();
  }

  public Optional<String> createdTable() {
    return first(CREATED_TABLE, 1);
  }

  public Optional<String> droppedTable() {
    return first(DROPPED_TABLE, 1);
  }

  public Optional<String> alteredTable() {
    return first(ALTERED_TABLE, 1);
  }

  public java.util.List<String> addedColumns() {
    return ADDED_COLUMN.matcher(plain).results().map(found -> folded(found.group(1))).toList();
  }

  public java.util.List<String> droppedColumns() {
    return DROPPED_COLUMN.matcher(plain).results().map(found -> folded(found.group(1))).toList();
  }

  /// The new name of an altered table.
  public Optional<String> renamedTable() {
    return alteredTable().isPresent() ? first(RENAMED_TABLE, 1) : Optional.empty();
  }

  /// The old and the new name of a column of an altered table.
  public Optional<Map.Entry<String, String>> renamedColumn() {
    Matcher found = RENAMED_COLUMN.matcher(plain);
    return alteredTable().isPresent() && found.find()
        ? Optional.of(Map.entry(folded(found.group(1)), folded(found.group(2))))
        : Optional.empty();
  }

  boolean createsIndex() {
    return INDEX.matcher(plain).find();
  }

  /// The table that an index is made on.
  public Optional<String> indexedTable() {
    return first(INDEX, 3);
  }

  /// The name of an index that is made concurrently, and so may be left behind invalid.
  public Optional<String> concurrentIndex() {
    Matcher index = INDEX.matcher(plain);
    return index.find() && index.group(1) != null
        ? Optional.ofNullable(index.group(2)).map(ParsedStatement::folded)
        : Optional.empty();
  }

  /// The strongest lock that it takes on a table; empty if none, or if the text does not show it.
  public String lock() {
    if (createdTable().isPresent()) {
      return has("\\bREFERENCES\\b") ? "SHARE ROW EXCLUSIVE (referenced table)" : "";
    }
    if (createsIndex()) {
      return has("^CREATE (UNIQUE )?INDEX CONCURRENTLY") ? "SHARE UPDATE EXCLUSIVE" : "SHARE";
    }
    if (alteredTable().isPresent()) {
      return alterLock();
    }
    if (has("^(DROP|REINDEX|REFRESH).* CONCURRENTLY\\b|^(VACUUM|ANALYZE)\\b(?!.*\\bFULL\\b)")) {
      return "SHARE UPDATE EXCLUSIVE";
    }
    if (has(
        "^(DROP (TABLE|INDEX|TRIGGER|POLICY|VIEW|MATERIALIZED)|TRUNCATE|LOCK|CLUSTER|VACUUM|REINDEX"
            + "|REFRESH|ALTER (INDEX|VIEW|MATERIALIZED))\\b")) {
      return "ACCESS EXCLUSIVE";
    }
    if (has("^CREATE (OR REPLACE )?(CONSTRAINT )?TRIGGER\\b")) {
      return "SHARE ROW EXCLUSIVE";
    }
    if (has("^(INSERT|UPDATE|DELETE|MERGE|COPY)\\b")) {
      return "ROW EXCLUSIVE";
    }
    return has("^(SELECT|WITH|TABLE|VALUES)\\b") ? "ACCESS SHARE" : "";
  }

  private String alterLock() {
    String actions = plain.replaceFirst("(?i)^ALTER TABLE (IF EXISTS )?(ONLY )?\\S+ ", "");
    ParsedStatement action = new ParsedStatement(actions);
    if (action.has("^(VALIDATE CONSTRAINT|ATTACH PARTITION|ALTER( COLUMN)? \\S+ SET STATISTICS)")
        && !actions.contains(",")) {
      return "SHARE UPDATE EXCLUSIVE";
    }
    return action.has("^ADD (CONSTRAINT \\S+ )?FOREIGN KEY") && !action.has(", ?(ADD|ALTER|DROP) ")
        ? "SHARE ROW EXCLUSIVE"
        : "ACCESS EXCLUSIVE";
  }

  private Optional<String> first(Pattern pattern, int group) {
    Matcher found = pattern.matcher(plain);
    return found.find() ? Optional.of(folded(found.group(group))) : Optional.empty();
  }

  /// A name as PostgreSQL has it: in quotes only where it needs them.
  private static String folded(String name) {
    return PART.matcher(name)
        .replaceAll(
            part -> {
              String text = part.group().replace("\"", "");
              boolean keeps = part.group().startsWith("\"") && !SIMPLE.matcher(text).matches();
              return Matcher.quoteReplacement(keeps ? part.group() : text.toLowerCase(Locale.ROOT));
            });
  }

  /// A name as catalogs have it.
  public static String bare(String name) {
    return name.replace("\"", "");
  }

  private static Pattern pattern(String regex) {
    return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
  }
}
