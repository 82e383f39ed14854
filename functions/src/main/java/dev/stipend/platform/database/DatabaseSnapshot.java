package dev.stipend.platform.database;

import com.zaxxer.hikari.HikariDataSource;
import dev.stipend.platform.sql.DatabaseAddress;
import io.micronaut.context.BeanProvider;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Requires;
import io.micronaut.data.connection.jdbc.advice.DelegatingDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.crac.Core;
import org.crac.Resource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes the pool through a snapshot: connects and asks once, so that the driver is there, then
/// lends nothing until after the restore, and keeps no connection and no secret meanwhile. After
/// the restore it connects anew, so that nobody's request waits for that; if it cannot, requests
/// try.
///
/// Registered before everything else that a snapshot concerns, so that it comes last on the way in
/// and first on the way out.
@Context
@Requires(env = "lambda")
final class DatabaseSnapshot implements Resource {
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseSnapshot.class);

  private final BeanProvider<DataSource> database;
  private final DatabaseAddress address;

  DatabaseSnapshot(BeanProvider<DataSource> database, DatabaseAddress address) {
    this.database = database;
    this.address = address;
    Core.getGlobalContext().register(this);
  }

  @Override
  public void beforeCheckpoint(org.crac.Context<? extends Resource> context) {
    HikariDataSource pool = pool();
    connect(pool);
    pool.getHikariPoolMXBean().suspendPool();
    pool.getHikariPoolMXBean().softEvictConnections();
    address.forget();
  }

  @Override
  public void afterRestore(org.crac.Context<? extends Resource> context) {
    address.forget();
    HikariDataSource pool = pool();
    pool.getHikariPoolMXBean().resumePool();
    connect(pool);
  }

  private void connect(HikariDataSource pool) {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("SELECT 1");
    } catch (SQLException | RuntimeException unreachable) {
      LOG.warn("The snapshot cannot connect to the database: {}", unreachable.toString());
      address.forget();
    }
  }

  private HikariDataSource pool() {
    return (HikariDataSource) DelegatingDataSource.unwrapDataSource(database.get());
  }
}
