package dev.stipend.platform.host;

import dev.stipend.platform.sql.Identifiers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/// A session on the database of a watched application. It is closed by whoever opened it.
public final class HostSession implements AutoCloseable {
  private static final Duration LOCK_WAIT = Duration.ofSeconds(2);

  private final Connection connection;
  private final String host;

  HostSession(Connection connection, String host) {
    this.connection = connection;
    this.host = host;
  }

  /// What is done in one transaction.
  @FunctionalInterface
  public interface Work<T> {
    /// Does it.
    T run(Connection connection) throws SQLException;
  }

  /// Runs one transaction, which reads only unless the session was opened to write. Unqualified
  /// names are looked for in one schema.
  ///
  /// @param most what each statement may take
  /// @throws HostException if the database does not do it
  public <T> T run(String schema, Duration most, Work<T> work) {
    return run(List.of(schema), most, work);
  }

  /// The same, where the error about a missing privilege says what grants it.
  ///
  /// @param grants statements, without the role that they are for
  public <T> T run(String schema, Duration most, List<String> grants, Work<T> work) {
    try {
      return run(schema, most, work);
    } catch (HostException failure) {
      throw failure.isForbidden() ? failure.with(toRole(grants)) : failure;
    }
  }

  private String toRole(List<String> grants) {
    try {
      String role = Identifiers.quoted(connection.getMetaData().getUserName());
      return grants.stream()
          .map(grant -> "%s TO %s;".formatted(grant, role))
          .collect(Collectors.joining(" "));
    } catch (SQLException lost) {
      throw HostException.of(lost, host);
    }
  }

  /// The same where unqualified names are looked for in several schemas, in their order.
  public <T> T run(List<String> schemas, Duration most, Work<T> work) {
    try {
      limit(schemas, most);
      T result = work.run(connection);
      connection.commit();
      return result;
    } catch (SQLException failure) {
      rollback(failure);
      throw HostException.of(failure, host);
    } catch (RuntimeException failure) {
      rollback(failure);
      throw failure;
    }
  }

  /// What a view or the host's settings say does not matter: these come last, for this transaction.
  private void limit(List<String> schemas, Duration most) throws SQLException {
    try (PreparedStatement limits =
        connection.prepareStatement(
            """
            SELECT set_config('statement_timeout', ?, TRUE), set_config('lock_timeout', ?, TRUE),
              set_config('idle_in_transaction_session_timeout', ?, TRUE),
              set_config('search_path', (SELECT string_agg(quote_ident(name), ', ') FROM unnest(?) AS name), TRUE), set_config('TimeZone', 'UTC', TRUE),
              set_config('DateStyle', 'ISO', TRUE), set_config('IntervalStyle', 'postgres', TRUE),
              set_config('extra_float_digits', '1', TRUE), set_config('bytea_output', 'hex', TRUE)
            """)) {
      limits.setString(1, Long.toString(most.toMillis()));
      limits.setString(2, Long.toString(LOCK_WAIT.toMillis()));
      limits.setString(3, Long.toString(most.toMillis() * 2));
      limits.setArray(4, connection.createArrayOf("text", schemas.toArray()));
      limits.execute();
    }
  }

  private void rollback(Exception failure) {
    try {
      connection.rollback();
    } catch (SQLException lost) {
      failure.addSuppressed(lost);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException gone) {
      // It is gone already.
    }
  }
}
