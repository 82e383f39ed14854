package dev.stipend.platform.database;

import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.ds.PGSimpleDataSource;

/// Makes the pool's connections, and only to a database whose schema this build can work with. The
/// check is made once.
final class GuardedDataSource extends PGSimpleDataSource {
  private static final long serialVersionUID = 1L;

  private final transient DatabaseSessions sessions;
  private transient volatile boolean schemaKnown;

  GuardedDataSource(DatabaseSessions sessions) {
    this.sessions = sessions;
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection connection = sessions.open(connectSeconds());
    if (!schemaKnown) {
      try {
        SchemaGuard.require(connection);
        schemaKnown = true;
      } catch (SQLException failure) {
        connection.close();
        throw failure;
      }
    }
    return connection;
  }

  /// A second less than the pool waits, which it sets as the login timeout: so the pool knows why
  /// there is no connection, and can tell that from being used up.
  private int connectSeconds() {
    return Math.max(1, getLoginTimeout() - 1);
  }
}
