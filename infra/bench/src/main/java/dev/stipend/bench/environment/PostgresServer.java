package dev.stipend.bench.environment;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// An embedded PostgreSQL with the settings that a server has by default. (The library by itself
/// turns durability off, which would flatter whoever commits most.)
public final class PostgresServer implements AutoCloseable {
  private static final List<String> TOLD =
      List.of(
          "server_version",
          "fsync",
          "synchronous_commit",
          "full_page_writes",
          "wal_sync_method",
          "shared_buffers",
          "max_wal_size",
          "autovacuum");

  /// A machine that is busy with builds needs longer than the 10 s of the library.
  private static final Duration STARTUP = Duration.ofMinutes(1);

  private final EmbeddedPostgres postgres;
  private final Path log;

  private PostgresServer(EmbeddedPostgres postgres, Path log) {
    this.postgres = postgres;
    this.log = log;
  }

  public static PostgresServer start() {
    try {
      Path log = Files.createTempDirectory("stipend-bench-log");
      // The server may run as another user than this one.
      Files.setPosixFilePermissions(log, PosixFilePermissions.fromString("rwxrwxrwx"));
      return new PostgresServer(
          EmbeddedPostgres.builder()
              .setServerConfig("logging_collector", "on")
              .setServerConfig("log_directory", log.toString())
              .setServerConfig("log_filename", "postgresql.log")
              .setServerConfig("log_file_mode", "0644")
              .setServerConfig("log_rotation_size", "0")
              .setServerConfig("fsync", "on")
              .setServerConfig("synchronous_commit", "on")
              .setServerConfig("full_page_writes", "on")
              .setPGStartupWait(STARTUP)
              .start(),
          log);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// The server's settings that figures depend on.
  public String describe() {
    try (Connection connection = connect("postgres", Map.of());
        Statement statement = connection.createStatement()) {
      List<String> settings = new ArrayList<>();
      for (String name : TOLD) {
        try (ResultSet row = statement.executeQuery("SHOW " + name)) {
          row.next();
          settings.add(name + "=" + row.getString(1));
        }
      }
      return "PostgreSQL: "
          + String.join(", ", settings)
          + "; processors: "
          + Runtime.getRuntime().availableProcessors();
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /// Creates an empty database, and answers its URL.
  public String create(String name) {
    try (Connection connection = connect("postgres", Map.of());
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
    return "postgresql://postgres:postgres@127.0.0.1:" + postgres.getPort() + "/" + name;
  }

  /// Writes the plan of every statement of later sessions of a database to the server's log.
  public void logPlans(String database) throws SQLException {
    try (Connection connection = connect("postgres", Map.of());
        Statement statement = connection.createStatement()) {
      for (String setting :
          List.of(
              "session_preload_libraries = 'auto_explain'", "auto_explain.log_min_duration = 0")) {
        statement.execute("ALTER DATABASE %s SET %s".formatted(database, setting));
      }
    }
  }

  /// What the server logged.
  public Path log() {
    return log.resolve("postgresql.log");
  }

  /// Connects to a database.
  ///
  /// @param properties of the JDBC driver
  public Connection connect(String database, Map<String, String> properties) throws SQLException {
    return postgres.getDatabase("postgres", database, properties).getConnection();
  }

  @Override
  public void close() {
    try {
      postgres.close();
      Files.deleteIfExists(log());
      Files.deleteIfExists(log);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
