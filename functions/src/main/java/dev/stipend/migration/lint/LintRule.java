package dev.stipend.migration.lint;

import java.util.Locale;

/// What a migration must not do, or should not. The text of a statement decides; to override a
/// rule, put `-- lint:ignore RULE reason` above it.
public enum LintRule {
  INDEX_NOT_CONCURRENT(
      true,
      "blocks writes while the index is built; CREATE INDEX CONCURRENTLY in a file of its own"),
  CONSTRAINT_NOT_VALID(
      true,
      "reads the whole table under a lock; add it NOT VALID, and VALIDATE it in the next file"),
  VALIDATED_TOGETHER(
      true, "NOT VALID and VALIDATE in one file keep the lock for both; VALIDATE in the next file"),
  UNIQUE_WITHOUT_INDEX(
      true, "builds its index under a lock; make it CONCURRENTLY first, then ADD … USING INDEX"),
  SET_NOT_NULL(
      true,
      "reads the whole table under a lock; first a CHECK (… IS NOT NULL) NOT VALID, validated"),
  REQUIRED_COLUMN(true, "fails if the table has a row; give it a DEFAULT"),
  COLUMN_TYPE(true, "may rewrite the table under a lock; add a column, fill it, then switch"),
  RENAME(true, "breaks the code that runs until the deployment ends; add the new name beside it"),
  DROP(true, "breaks code that still uses it; state in a line -- contract: … since when none does"),
  SESSION_SET(
      true, "would stay in force for everything after it; use SET LOCAL, or SET on a function"),
  TRANSACTION(true, "would end the migration's own transaction in the middle; leave it out"),
  NOT_ALONE(true, "cannot run in a transaction, so it has to be alone in its file"),
  EXTENSION(true, "is not available on this server; install it, or choose another server"),
  ENUM_VALUE(
      true,
      "cannot be used before this file is committed; move the statement to a file of its own, with"
          + " a later version"),
  WHOLE_TABLE(
      false, "touches every row in one transaction; do it in batches if the table is large"),
  IF_NOT_EXISTS(false, "would keep an invalid or different object of that name and report success"),
  TYPE(false, "timestamptz, text and numeric cause less surprise"),
  NO_UNDO(false, "there is no U file to undo it with");

  private final boolean error;
  private final String message;

  LintRule(boolean error, String message) {
    this.error = error;
    this.message = message;
  }

  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// The same about something that it names.
  LintFinding at(String file, int line, String about) {
    return new LintFinding(file, line, label(), error, about + " " + message);
  }

  LintFinding at(String file, int line) {
    return new LintFinding(file, line, label(), error, message);
  }
}
