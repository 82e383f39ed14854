package dev.stipend.migration.files;

import dev.stipend.migration.lint.ParsedStatement;
import java.util.List;
import java.util.regex.Pattern;
import org.flywaydb.core.api.resource.LoadableResource;

/// Splits a file into statements. Flyway runs what this reads, so that what is shown is what runs.
public final class ScriptReader {
  /// What PostgreSQL refuses to run in a transaction.
  private static final String NOT_IN_TRANSACTION =
      "^((CREATE|DROP) (DATABASE|TABLESPACE|SUBSCRIPTION)\\b"
          + "|ALTER SYSTEM\\b"
          + "|ALTER DATABASE \\S+ SET TABLESPACE\\b"
          + "|(CREATE|CREATE UNIQUE|DROP) INDEX CONCURRENTLY\\b"
          + "|REINDEX (\\(.*?\\) ?)?(VERBOSE )?(SCHEMA|DATABASE|SYSTEM)\\b"
          + "|REINDEX (\\(.*?\\) ?)?(VERBOSE )?(INDEX|TABLE) CONCURRENTLY\\b"
          + "|ALTER TABLE .*\\bDETACH PARTITION \\S+ CONCURRENTLY\\b"
          + "|VACUUM\\b"
          + "|CLUSTER( VERBOSE)?$"
          + "|DISCARD ALL\\b)";

  /// How dbmate's files say that they do not want one.
  private static final Pattern WITHOUT_TRANSACTION =
      Pattern.compile("(?m)^--\\s*migrate:(?:up|down)\\b.*\\btransaction:\\s*false\\b");

  /// Reads one file.
  public Script read(LoadableResource file) {
    return read(file.getRelativePath(), MigrationFiles.text(file));
  }

  static Script read(String name, String text) {
    List<Script.Statement> statements =
        StatementSplitter.split(text).stream()
            .map(
                piece ->
                    new Script.Statement(
                        piece.sql(),
                        piece.line(),
                        !ParsedStatement.of(piece.sql()).has(NOT_IN_TRANSACTION),
                        piece.data()))
            .toList();
    return new Script(
        name,
        text,
        statements.stream().allMatch(Script.Statement::transactional)
            && !WITHOUT_TRANSACTION.matcher(text).find(),
        statements);
  }
}
