package dev.stipend.migration.database;

import dev.stipend.migration.StoppedException;
import dev.stipend.migration.check.MigrationProblem;
import dev.stipend.platform.sql.Identifiers;
import dev.stipend.platform.sql.Query;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.postgresql.PGConnection;

/// The one connection that a run works on: lock, SQL and history are all in its session.
public final class Session implements AutoCloseable {
  public static final String APPLICATION = "stipend-migrate";
  private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration LEAST_STATEMENT = Duration.ofSeconds(1);
  private static final int LONGEST_NAME = 63;

  private final Connection connection;
  private final PGConnection driver;

  private Session(Connection connection) throws SQLException {
    this.connection = connection;
    this.driver = connection.unwrap(PGConnection.class);
  }

  /// Takes over a connection and gives its session the settings of a migration. They go as
  /// statements, because proxies drop start-up parameters, and are read back.
  ///
  /// @param role whom the objects shall belong to; without one, who connects
  public static Session of(
      Connection connection, TimeBudget budget, String name, Optional<String> role)
      throws SQLException {
    Session session = new Session(connection);
    String application =
        "%s %s".formatted(APPLICATION, name).replaceAll("[^ -~]", "?").strip().replace("'", "");
    application = application.substring(0, Math.min(LONGEST_NAME, application.length()));
    Query.execute(
        connection,
        """
        SET application_name = '%s';
        SET TimeZone = 'UTC';
        SET lock_timeout = %d;
        SET idle_in_transaction_session_timeout = 60000;
        SET client_connection_check_interval = 5000;
        SET statement_timeout = %d
        """
            .formatted(application, LOCK_TIMEOUT.toMillis(), statementTimeout(budget)));
    if (role.isPresent()) {
      Query.execute(connection, "SET ROLE " + Identifiers.quoted(role.get()));
    }
    Query.Row settings =
        Query.row(
            connection,
            "SELECT current_setting('application_name'), current_setting('lock_timeout')");
    if (!settings.text(0).equals(application) || !settings.text(1).equals("5s")) {
      throw new StoppedException(
          new MigrationProblem(
              MigrationProblem.Kind.POOLED,
              "The session does not keep its settings.",
              "Connect to PostgreSQL itself in DATABASE_URL, not through a proxy."));
    }
    return session;
  }

  public Connection connection() {
    return connection;
  }

  /// A connection for a library that closes what it is given; closing it does nothing.
  public Connection lent() {
    return (Connection)
        Proxy.newProxyInstance(
            Session.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("close")) {
                return null;
              }
              try {
                return method.invoke(connection, arguments);
              } catch (InvocationTargetException failure) {
                throw failure.getCause();
              }
            });
  }

  /// What the run may take for a statement from now on.
  public void limitStatements(TimeBudget budget) throws SQLException {
    Query.execute(connection, "SET statement_timeout = " + statementTimeout(budget));
  }

  /// 0 is no limit.
  private static long statementTimeout(TimeBudget budget) {
    return budget
        .usable()
        .map(time -> Math.max(LEAST_STATEMENT.toMillis(), time.toMillis()))
        .orElse(0L);
  }

  /// The server process as the driver knows it, which is another one behind a pooler.
  public int announcedPid() {
    return driver.getBackendPID();
  }

  /// Cancels what runs, from another thread. What comes next on this session is not affected.
  public void cancel() throws SQLException {
    driver.cancelQuery();
  }

  public boolean isBroken() {
    try {
      return !connection.isValid(1);
    } catch (SQLException broken) {
      return true;
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
