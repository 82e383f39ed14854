package dev.stipend.platform.database;

import dev.stipend.platform.sql.DatabaseAddress;
import dev.stipend.platform.sql.DatabaseProbe;
import dev.stipend.platform.sql.DatabaseUrl;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes sessions on the database, at the place that the environment names at that moment. A
/// refused password may have been replaced meanwhile, so its secret is read again, once.
///
/// A session of a server keeps bounds of how long it waits: they go with the start of the session,
/// which costs no round trip. A pooler has no sessions to keep them, and most refuse them; there
/// the bounds of the role hold, and {@link dev.stipend.platform.sql.Contention#BOUNDED}.
@Singleton
final class DatabaseSessions implements DatabaseProbe {
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseSessions.class);
  private static final String NOT_LET_IN = "28";

  /// What PgBouncer and RDS Proxy answer to settings at the start of a session.
  private static final Set<String> NO_SETTINGS = Set.of("08P01", "0A000");

  private static final int PROBE_SECONDS = 2;
  private static final Duration PROBE_STATEMENT = Duration.ofSeconds(1);

  private final DatabaseAddress address;
  private final int socketTimeout;
  private final String bounds;
  private volatile boolean keepsSettings = true;

  /// @param socketTimeout seconds after which a silent connection is given up; 0 is never
  /// @param lockTimeout seconds that a statement waits for each lock; 0 is for ever
  /// @param statementTimeout seconds that the server spends on a statement; 0 is no limit
  DatabaseSessions(
      DatabaseAddress address,
      @Value("${stipend.database.socket-timeout}") int socketTimeout,
      @Value("${stipend.database.lock-timeout}") int lockTimeout,
      @Value("${stipend.database.statement-timeout}") int statementTimeout) {
    this.address = address;
    this.socketTimeout = socketTimeout;
    this.bounds =
        "-c lock_timeout=%ds -c statement_timeout=%ds -c idle_in_transaction_session_timeout=60s"
            .formatted(lockTimeout, statementTimeout);
  }

  /// Makes a session for the pool.
  ///
  /// @param connectSeconds after which the attempt is given up
  Connection open(int connectSeconds) throws SQLException {
    return open(connectSeconds, socketTimeout);
  }

  @Override
  public Connection connect() throws SQLException {
    Connection connection = open(PROBE_SECONDS, PROBE_SECONDS);
    connection.setNetworkTimeout(Runnable::run, Math.toIntExact(PROBE_STATEMENT.toMillis()));
    return connection;
  }

  private Connection open(int connectSeconds, int socketSeconds) throws SQLException {
    DatabaseUrl url = address.pooled();
    try {
      return bounded(url, connectSeconds, socketSeconds);
    } catch (SQLException refused) {
      if (!String.valueOf(refused.getSQLState()).startsWith(NOT_LET_IN)) {
        throw refused;
      }
      address.forget();
      DatabaseUrl now = address.pooled();
      if (now.equals(url)) {
        throw refused;
      }
      return bounded(now, connectSeconds, socketSeconds);
    }
  }

  private Connection bounded(DatabaseUrl url, int connectSeconds, int socketSeconds)
      throws SQLException {
    PGSimpleDataSource source = source(url, connectSeconds, socketSeconds);
    if (!keepsSettings || address.isPooled()) {
      return source.getConnection();
    }
    String given = Objects.requireNonNullElse(source.getOptions(), "");
    try {
      // What the URL says comes later, and so counts.
      source.setOptions((bounds + " " + given).strip());
      return source.getConnection();
    } catch (SQLException refused) {
      if (!NO_SETTINGS.contains(String.valueOf(refused.getSQLState()))) {
        throw refused;
      }
      Connection connection = source(url, connectSeconds, socketSeconds).getConnection();
      keepsSettings = false;
      LOG.info("The database is behind a pooler, which keeps no settings of a session");
      return connection;
    }
  }

  /// The login is bounded too: a server may take a connection and then say nothing.
  private static PGSimpleDataSource source(DatabaseUrl url, int connectSeconds, int socketSeconds) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(url.jdbcUrl());
    url.user().ifPresent(source::setUser);
    url.password().ifPresent(source::setPassword);
    source.setConnectTimeout(connectSeconds);
    source.setLoginTimeout(connectSeconds);
    source.setSocketTimeout(socketSeconds);
    source.setApplicationName("stipend");
    return source;
  }
}
