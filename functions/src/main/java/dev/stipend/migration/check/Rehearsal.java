package dev.stipend.migration.check;

import dev.stipend.migration.FailureText;
import dev.stipend.migration.OutsideObjects;
import dev.stipend.migration.Plan;
import dev.stipend.migration.Run;
import dev.stipend.migration.RunOutcome;
import dev.stipend.migration.StoppedException;
import dev.stipend.migration.files.Script;
import dev.stipend.migration.lint.ParsedStatement;
import dev.stipend.platform.sql.Identifiers;
import dev.stipend.platform.sql.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;

/// Runs migrations in a transaction that is rolled back, to see whether they run and what they
/// make. What cannot run in a transaction is run in the form that can.
public final class Rehearsal {
  /// The name that the real schema has meanwhile; nobody else ever sees it.
  static final String ASIDE = "stipend_set_aside";

  private final Run run;
  private final Connection connection;
  private final String inVain;

  /// What to do in the transaction.
  interface Act<T> {
    T done() throws SQLException;
  }

  /// The same without an answer.
  public interface First {
    void done() throws SQLException;
  }

  /// @param inVain what to say where it does not work, before why
  public Rehearsal(Run run, String inVain) {
    this.run = run;
    this.connection = run.connection();
    this.inVain = inVain;
  }

  /// Runs them in an empty schema of the same name. The real one gets another name for that time,
  /// which locks none of its tables and is seen by no other session.
  ///
  /// @param look at what they have made
  <T> T aside(List<Plan.Step> steps, Act<T> look) throws SQLException {
    return rolledBack(
        () -> {
          String schema = Identifiers.quoted(run.set().schema());
          boolean there = isThere();
          if (there) {
            execute("ALTER SCHEMA %s RENAME TO %s".formatted(schema, ASIDE));
          }
          execute("CREATE SCHEMA " + schema);
          steps(steps, there && hasExtensions() ? run.path().with(ASIDE) : run.path());
          return look.done();
        });
  }

  /// Runs them where they belong, and sees whether they keep to their schema.
  ///
  /// @param first what is done before
  public void inPlace(List<Plan.Step> steps, First first) throws SQLException {
    OutsideObjects outside = OutsideObjects.of(connection, run.set().schema());
    Set<String> touched =
        rolledBack(
            () -> {
              first.done();
              Set<String> before = outside.touched(connection);
              steps(steps, run.path());
              Set<String> after = outside.touched(connection);
              after.removeAll(before);
              return after;
            });
    if (!touched.isEmpty()) {
      throw new StoppedException(
          RunOutcome.REFUSED,
          "%s: the files reach outside of schema %s, to %s."
              .formatted(inVain, run.set().schema(), String.join(", ", touched)));
    }
  }

  private <T> T rolledBack(Act<T> act) throws SQLException {
    connection.setAutoCommit(false);
    try {
      return act.done();
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  private boolean isThere() throws SQLException {
    return Query.row(connection, "SELECT to_regnamespace(quote_ident(?))", run.set().schema())
        .optional(0)
        .isPresent();
  }

  private boolean hasExtensions() throws SQLException {
    return !Query.rows(
            connection, "SELECT 1 FROM pg_extension WHERE extnamespace = to_regnamespace(?)", ASIDE)
        .isEmpty();
  }

  private void steps(List<Plan.Step> steps, SearchPath path) throws SQLException {
    for (Plan.Step step : steps) {
      run.context().check();
      path.set(connection);
      if (step.script().isPresent()) {
        script(step.script().get());
      } else {
        java(step);
      }
    }
  }

  private void script(Script script) throws SQLException {
    for (Script.Statement statement : script.statements()) {
      ParsedStatement shape = ParsedStatement.of(statement.sql());
      if (shape.has("^(BEGIN|START|COMMIT|END|ROLLBACK|ABORT|PREPARE TRANSACTION)\\b")) {
        throw stopped(script, statement, "it would end the rehearsal");
      }
      if (!shape.has("^VACUUM\\b")) {
        try {
          inTransaction(statement).execute(connection);
        } catch (SQLException failure) {
          throw stopped(script, statement, FailureText.cause(failure));
        }
      }
    }
    // What is deferred would keep tables from being altered, as it does not between transactions.
    execute("SET CONSTRAINTS ALL IMMEDIATE");
    execute("SET CONSTRAINTS ALL DEFERRED");
  }

  private static Script.Statement inTransaction(Script.Statement statement) {
    return statement.transactional()
        ? statement
        : new Script.Statement(
            statement.sql().replaceAll("(?i)\\bCONCURRENTLY\\b", ""),
            statement.line(),
            true,
            statement.data());
  }

  private StoppedException stopped(Script script, Script.Statement statement, String why) {
    return new StoppedException(
        RunOutcome.REFUSED,
        "%s: %s line %d: %s.".formatted(inVain, script.file(), statement.line(), why));
  }

  private void java(Plan.Step step) throws SQLException {
    for (JavaMigration migration : run.set().javaMigrations()) {
      if (migration.getDescription().equals(step.migration().getDescription())) {
        try {
          migration.migrate(new Here(connection, run.flyway().settings()));
        } catch (Exception failure) {
          throw new StoppedException(
              RunOutcome.REFUSED,
              "%s: %s: %s."
                  .formatted(inVain, migration.getDescription(), FailureText.cause(failure)));
        }
      }
    }
  }

  private void execute(String sql) throws SQLException {
    try {
      Query.execute(connection, sql);
    } catch (SQLException failure) {
      throw new StoppedException(
          RunOutcome.REFUSED, "%s: %s.".formatted(inVain, FailureText.cause(failure)));
    }
  }

  /// What a migration in Java is given.
  private record Here(Connection connection, Configuration settings) implements Context {
    @Override
    public Configuration getConfiguration() {
      return settings;
    }

    @Override
    public Connection getConnection() {
      return connection;
    }
  }
}
