package dev.stipend.migration.files;

import java.sql.SQLException;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.api.resource.LoadableResource;
import org.flywaydb.core.internal.jdbc.JdbcTemplate;
import org.flywaydb.core.internal.jdbc.Result;
import org.flywaydb.core.internal.jdbc.Results;
import org.flywaydb.core.internal.sqlscript.Delimiter;
import org.flywaydb.core.internal.sqlscript.ParsedSqlStatement;
import org.flywaydb.core.internal.sqlscript.SqlScript;
import org.flywaydb.core.internal.sqlscript.SqlScriptExecutor;
import org.flywaydb.core.internal.sqlscript.SqlStatement;
import org.flywaydb.core.internal.sqlscript.SqlStatementIterator;
import org.jspecify.annotations.Nullable;

/// A script in the form in which Flyway takes it.
record FlywayScript(LoadableResource file, Script script) implements SqlScript {
  @Override
  public SqlStatementIterator getSqlStatements() {
    return new Statements(script.statements().iterator());
  }

  @Override
  public int getSqlStatementCount() {
    return script.statements().size();
  }

  @Override
  public Collection<SqlScript> getReferencedSqlScripts() {
    return List.of();
  }

  @Override
  public LoadableResource getResource() {
    return file;
  }

  @Override
  public boolean executeInTransaction() {
    return script.transactional();
  }

  @Override
  public boolean shouldExecute() {
    return true;
  }

  @Override
  public boolean placeholderReplacement() {
    return false;
  }

  @Override
  public void validate() {
    // The lint says what is wrong with it, before anything runs.
  }

  @Override
  public int compareTo(SqlScript other) {
    return file.getRelativePath().compareTo(other.getResource().getRelativePath());
  }

  /// One after the other.
  private record Statements(Iterator<Script.Statement> each) implements SqlStatementIterator {
    @Override
    public boolean hasNext() {
      return each.hasNext();
    }

    /// Flyway asks until there is null.
    @Override
    public @Nullable SqlStatement next() {
      if (!each.hasNext()) {
        return null;
      }
      Script.Statement statement = each.next();
      return statement.data().isPresent() ? new Copy(statement) : parsed(statement);
    }

    @Override
    public void close() {
      // It is all in memory.
    }
  }

  private static ParsedSqlStatement parsed(Script.Statement statement) {
    return new ParsedSqlStatement(
        0,
        statement.line(),
        1,
        statement.sql(),
        Delimiter.SEMICOLON,
        statement.transactional(),
        false);
  }

  /// A COPY with its data.
  private static final class Copy extends ParsedSqlStatement {
    private final Script.Statement statement;

    Copy(Script.Statement statement) {
      super(0, statement.line(), 1, statement.sql(), Delimiter.SEMICOLON, true, false);
      this.statement = statement;
    }

    @Override
    public Results execute(
        JdbcTemplate template, SqlScriptExecutor executor, Configuration configuration) {
      Results results = new Results();
      try {
        statement.execute(template.getConnection());
        results.addResult(new Result(0, List.of(), List.of(), statement.sql()));
      } catch (SQLException failure) {
        results.setException(failure);
      }
      return results;
    }
  }
}
