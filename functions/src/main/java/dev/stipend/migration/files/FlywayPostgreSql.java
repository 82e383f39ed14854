package dev.stipend.migration.files;

import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.internal.parser.ParsingContext;
import org.flywaydb.core.internal.sqlscript.SqlScriptFactory;
import org.flywaydb.database.postgresql.PostgreSQLDatabaseType;

/// PostgreSQL as Flyway knows it, but with files that {@link ScriptReader} splits: Flyway's own
/// parser ends a body in SQL at the END of its first CASE, and knows no escapes in texts. Flyway
/// finds it by `META-INF/services`.
public final class FlywayPostgreSql extends PostgreSQLDatabaseType {
  /// Before Flyway's.
  @Override
  public int getPriority() {
    return super.getPriority() + 1;
  }

  @Override
  public SqlScriptFactory createSqlScriptFactory(
      Configuration configuration, ParsingContext parsingContext) {
    ScriptReader reader = new ScriptReader();
    return (file, mixed, files) -> new FlywayScript(file, reader.read(file));
  }
}
