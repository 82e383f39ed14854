package dev.stipend.migration.files;

import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.api.resource.LoadableResource;
import org.flywaydb.core.internal.parser.ParsingContext;
import org.flywaydb.core.internal.sqlscript.SqlScript;
import org.flywaydb.core.internal.sqlscript.SqlScriptFactory;
import org.flywaydb.core.internal.sqlscript.SqlStatement;
import org.flywaydb.core.internal.sqlscript.SqlStatementIterator;
import org.flywaydb.database.postgresql.PostgreSQLDatabaseType;

/// Splits a file into statements with Flyway's own parser, so that what is shown is what runs.
public final class ScriptReader {
  private final Configuration configuration;
  private final MigrationFiles files;
  private final SqlScriptFactory scripts;

  public ScriptReader(Configuration configuration, MigrationFiles files) {
    this.configuration = configuration;
    this.files = files;
    this.scripts =
        new PostgreSQLDatabaseType().createSqlScriptFactory(configuration, new ParsingContext());
  }

  /// Reads one file.
  ///
  /// @throws org.flywaydb.core.api.FlywayException if the file cannot be split
  public Script read(LoadableResource file) {
    SqlScript script = scripts.createSqlScript(file, configuration.isMixed(), files);
    List<Script.Statement> statements = new ArrayList<>();
    try (SqlStatementIterator each = script.getSqlStatements()) {
      while (each.hasNext()) {
        SqlStatement statement = each.next();
        statements.add(
            new Script.Statement(
                statement.getSql(),
                statement.getLineNumber(),
                statement.canExecuteInTransaction()));
      }
    }
    return new Script(
        file.getFilename(), MigrationFiles.text(file), script.executeInTransaction(), statements);
  }
}
