package dev.stipend.wiring;

import dev.stipend.migrate.SchemaGuard;
import dev.stipend.sql.DatabaseAddress;
import dev.stipend.sql.DatabaseUrl;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.ds.PGSimpleDataSource;

/// Makes the pool's connections: to where the environment says at that moment, and only to a
/// database whose schema this build can work with. The check is made once.
final class GuardedDataSource extends PGSimpleDataSource {
  private static final long serialVersionUID = 1L;
  private static final int CONNECT_SECONDS = 5;

  private final transient DatabaseAddress address;
  private transient volatile boolean schemaKnown;

  GuardedDataSource(DatabaseAddress address) {
    this.address = address;
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection connection = connect(address.pooled());
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

  private static Connection connect(DatabaseUrl url) throws SQLException {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(url.jdbcUrl());
    url.user().ifPresent(source::setUser);
    url.password().ifPresent(source::setPassword);
    source.setConnectTimeout(CONNECT_SECONDS);
    source.setApplicationName("stipend");
    return source.getConnection();
  }
}
