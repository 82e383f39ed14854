package dev.stipend.migration.lint;

import dev.stipend.migration.files.MigrationFiles;
import dev.stipend.migration.files.Script;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Looks through the files that are about to run, in their order. Tables that the same run makes
/// are empty: nothing hurts them. So are those that an unfinished run has made, as long as nobody
/// has filled them.
public final class Lint {
  private static final Pattern IGNORE = Pattern.compile("--\\s*lint:ignore\\s+([a-z-]+)\\s+\\S+");
  private static final Pattern NOT_NULL_CHECK =
      Pattern.compile("(?i)CHECK \\(\\s*\"?(\\w+)\"? IS NOT NULL\\s*\\)");
  private static final Pattern SET_NOT_NULL =
      Pattern.compile("(?i)ALTER (?:COLUMN )?\"?(\\w+)\"? SET NOT NULL");
  private static final Pattern EXTENSION =
      Pattern.compile("(?i)^CREATE EXTENSION (?:IF NOT EXISTS )?\"?([\\w-]+)");
  private static final String CONSTRAINT = "(CHECK \\(|FOREIGN KEY|REFERENCES )";

  /// How little there is in a table that no code uses yet.
  public enum Fresh {
    EMPTY,
    /// It has rows, but so few that a lock on it is short; they are not to be lost.
    SMALL
  }

  private final MigrationFiles files;
  private final Predicate<String> extensionIsAvailable;
  private final Map<String, Fresh> fresh = new HashMap<>();
  private final Set<String> notNull = new HashSet<>();
  private final List<LintFinding> findings = new ArrayList<>();

  private Lint(MigrationFiles files, Predicate<String> extensionIsAvailable) {
    this.files = files;
    this.extensionIsAvailable = extensionIsAvailable;
  }

  /// Checks files.
  ///
  /// @param applied scripts that have run: what they made sure of counts
  /// @param pending scripts that are about to run
  /// @param unfinished tables that an unfinished run has made
  public static List<LintFinding> of(
      List<Script> applied,
      List<Script> pending,
      Map<String, Fresh> unfinished,
      MigrationFiles files,
      Predicate<String> extensionIsAvailable) {
    Lint lint = new Lint(files, extensionIsAvailable);
    lint.fresh.putAll(unfinished);
    applied.forEach(lint::remember);
    pending.forEach(lint::look);
    return lint.findings;
  }

  private void remember(Script script) {
    script
        .statements()
        .forEach(
            statement ->
                NOT_NULL_CHECK
                    .matcher(ParsedStatement.of(statement.sql()).plain())
                    .results()
                    .forEach(check -> notNull.add(check.group(1))));
  }

  private void look(Script script) {
    boolean adds = false;
    EnumValues values = new EnumValues();
    for (Script.Statement statement : script.statements()) {
      ParsedStatement shape = ParsedStatement.of(statement.sql());
      shape.createdTable().ifPresent(table -> fresh.put(table, Fresh.EMPTY));
      Found found = new Found(script, statement, findings);
      if (!statement.transactional() && script.statements().size() > 1) {
        found.add(LintRule.NOT_ALONE);
      }
      everywhere(shape, found, script);
      values.used(statement).ifPresent(value -> found.add(LintRule.ENUM_VALUE, value));
      boolean isFresh =
          shape.alteredTable().or(shape::indexedTable).map(fresh::containsKey).orElse(false);
      if (!isFresh) {
        existing(shape, found);
        adds |= shape.has("\\bNOT VALID\\b");
        if (adds && shape.has("\\bVALIDATE CONSTRAINT\\b")) {
          found.add(LintRule.VALIDATED_TOGETHER);
        }
      }
    }
    remember(script);
    if (Script.version(script.file()).isPresent()
        && !script.file().startsWith("U")
        && files.undo(script.file()).isEmpty()) {
      findings.add(LintRule.NO_UNDO.at(script.file(), 1));
    }
  }

  /// What is wrong whatever the table.
  private void everywhere(ParsedStatement shape, Found found, Script script) {
    if (shape.has("^(SET (?!LOCAL\\b)|RESET )|^SELECT (pg_catalog\\.)?set_config\\(")) {
      found.add(LintRule.SESSION_SET);
    }
    if (shape.has("^(BEGIN|START TRANSACTION|COMMIT|END|ROLLBACK|ABORT|SAVEPOINT)\\b")) {
      found.add(LintRule.TRANSACTION);
    }
    if (shape.has("\\bRENAME (TO|COLUMN|CONSTRAINT)\\b|\\bRENAME \\S+ TO\\b")) {
      found.add(LintRule.RENAME);
    }
    if (shape.has(
            "^DROP (TABLE|VIEW|MATERIALIZED|FUNCTION|PROCEDURE|TYPE|SCHEMA|SEQUENCE)\\b|^ALTER"
                + " TABLE .*\\bDROP (COLUMN|(?!CONSTRAINT|DEFAULT|NOT|EXPRESSION|IDENTITY)\\w)")
        && shape.droppedTable().map(fresh::get).filter(Fresh.EMPTY::equals).isEmpty()
        && !script.hasContractNote()) {
      found.add(LintRule.DROP);
    }
    Matcher extension = EXTENSION.matcher(shape.plain());
    if (extension.find() && !extensionIsAvailable.test(extension.group(1))) {
      found.add(LintRule.EXTENSION, "extension " + extension.group(1));
    }
    if (shape.has("^CREATE .*\\bIF NOT EXISTS\\b") && !shape.has("^CREATE (EXTENSION|SCHEMA)")) {
      found.add(LintRule.IF_NOT_EXISTS);
    }
    if (shape.has("\\b(timestamp(?! with)|varchar|char|money|serial|bigserial)\\b")
        && (shape.createdTable().isPresent() || shape.has("^ALTER TABLE .*\\bADD\\b"))) {
      found.add(LintRule.TYPE);
    }
  }

  /// What hurts a table that may have rows.
  private void existing(ParsedStatement shape, Found found) {
    if (shape.createsIndex() && shape.has("^CREATE (UNIQUE )?INDEX (?!CONCURRENTLY)")) {
      found.add(LintRule.INDEX_NOT_CONCURRENT);
    }
    if (shape.has("^UPDATE\\b(?!.*\\bWHERE\\b)|^DELETE\\b(?!.*\\bWHERE\\b)")) {
      found.add(LintRule.WHOLE_TABLE);
    }
    if (shape.alteredTable().isEmpty()) {
      return;
    }
    if (shape.has("\\bADD (CONSTRAINT \\S+ )?(COLUMN .*?)?" + CONSTRAINT)
        && !shape.has("\\bNOT VALID\\b")) {
      found.add(LintRule.CONSTRAINT_NOT_VALID);
    }
    if (shape.has("\\bADD (CONSTRAINT \\S+ )?(UNIQUE|PRIMARY KEY)\\b(?! USING INDEX)")) {
      found.add(LintRule.UNIQUE_WITHOUT_INDEX);
    }
    if (SET_NOT_NULL
        .matcher(shape.plain())
        .results()
        .anyMatch(column -> !notNull.contains(column.group(1)))) {
      found.add(LintRule.SET_NOT_NULL);
    }
    if (shape.has("\\bADD COLUMN [^,]*\\bNOT NULL\\b")
        && !shape.has("\\bADD COLUMN [^,]*\\b(DEFAULT|GENERATED)\\b")) {
      found.add(LintRule.REQUIRED_COLUMN);
    }
    if (shape.has("\\bALTER (COLUMN )?\\S+ (SET DATA )?TYPE\\b")) {
      found.add(LintRule.COLUMN_TYPE);
    }
  }

  /// Where findings about a statement go, unless it says that it knows better.
  private record Found(Script script, Script.Statement statement, List<LintFinding> findings) {
    void add(LintRule rule) {
      if (ignored().noneMatch(rule.label()::equals)) {
        findings.add(rule.at(script.file(), statement.line()));
      }
    }

    void add(LintRule rule, String about) {
      if (ignored().noneMatch(rule.label()::equals)) {
        findings.add(rule.at(script.file(), statement.line(), about));
      }
    }

    /// Rules that a comment inside the statement or right above it switches off.
    private java.util.stream.Stream<String> ignored() {
      List<String> lines = script.text().lines().toList();
      List<String> about = new ArrayList<>(statement.sql().lines().toList());
      for (int line = statement.line() - 2;
          line >= 0 && lines.get(line).strip().startsWith("--");
          line--) {
        about.add(lines.get(line));
      }
      return about.stream().flatMap(line -> IGNORE.matcher(line).results()).map(m -> m.group(1));
    }
  }
}
