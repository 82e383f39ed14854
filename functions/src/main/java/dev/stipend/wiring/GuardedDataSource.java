package dev.stipend.wiring;

import dev.stipend.migrate.SchemaGuard;
import dev.stipend.sql.DatabaseAddress;
import dev.stipend.sql.DatabaseUrl;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.ds.PGSimpleDataSource;

/// Makes the pool's connections: to where the environment says at that moment, and only to a
/// database whose schema this build can work with. The check is made once. A refused password may
/// have been replaced meanwhile, so its secret is read again, once.
final class GuardedDataSource extends PGSimpleDataSource {
  private static final long serialVersionUID = 1L;
  private static final int CONNECT_SECONDS = 5;
  private static final String NOT_LET_IN = "28";

  private final transient DatabaseAddress address;
  private final int socketTimeout;
  private transient volatile boolean schemaKnown;

  /// @param socketTimeout seconds after which a silent connection is given up; 0 is never
  GuardedDataSource(DatabaseAddress address, int socketTimeout) {
    this.address = address;
    this.socketTimeout = socketTimeout;
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection connection = connect();
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

  private Connection connect() throws SQLException {
    DatabaseUrl url = address.pooled();
    try {
      return connect(url);
    } catch (SQLException refused) {
      if (!String.valueOf(refused.getSQLState()).startsWith(NOT_LET_IN)) {
        throw refused;
      }
      address.forget();
      DatabaseUrl now = address.pooled();
      if (now.equals(url)) {
        throw refused;
      }
      return connect(now);
    }
  }

  private Connection connect(DatabaseUrl url) throws SQLException {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(url.jdbcUrl());
    url.user().ifPresent(source::setUser);
    url.password().ifPresent(source::setPassword);
    source.setConnectTimeout(CONNECT_SECONDS);
    source.setSocketTimeout(socketTimeout);
    source.setApplicationName("stipend");
    return source.getConnection();
  }
}
