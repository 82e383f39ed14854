package dev.stipend.local.database;

import dev.stipend.local.terminal.LocalFailure;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.commons.io.FileUtils;

/// A PostgreSQL server of our own, on a free port of the loopback interface.
public final class LocalDatabase implements AutoCloseable {

  private static final String USER = "postgres";
  private static final String NAME = "stipend";
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private final EmbeddedPostgres server;
  private final Optional<Path> temporary;

  private LocalDatabase(EmbeddedPostgres server, Optional<Path> temporary) {
    this.server = server;
    this.temporary = temporary;
  }

  /// Starts on the data of earlier runs, whether or not they ended cleanly. The caller owns the
  /// directory (see [DataDirectory]).
  ///
  /// @throws LocalFailure when the server does not start
  public static LocalDatabase kept(Path directory) {
    Path data = directory.resolve("postgres");
    Path created = directory.resolve("postgres.created");
    try {
      stopOrphan(data);
      if (!Files.exists(created)) {
        // Left over from a first start that was interrupted: it never held data, and the server
        // would refuse it.
        FileUtils.deleteDirectory(data.toFile());
      }
      LocalDatabase database = start(directory.resolve("binaries"), data, Optional.empty());
      if (!Files.exists(created)) {
        Files.createFile(created);
      }
      return database;
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /// Starts on a new temporary directory, binaries included, that [#close] removes.
  ///
  /// @throws LocalFailure when the server does not start
  public static LocalDatabase inMemory() {
    try {
      Path directory = Files.createTempDirectory("stipend-");
      return start(
          directory.resolve("binaries"), directory.resolve("postgres"), Optional.of(directory));
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /// The URL for the functions.
  public String url() {
    return "postgresql://%s:%s@127.0.0.1:%d/%s".formatted(USER, USER, server.getPort(), NAME);
  }

  /// The URL for people, such as with psql. The server asks nobody on this machine for a password.
  public String address() {
    return "postgresql://%s@127.0.0.1:%d/%s".formatted(USER, server.getPort(), NAME);
  }

  /// Plain connections, for reading.
  public DataSource dataSource() {
    return server.getDatabase(USER, NAME);
  }

  @Override
  public void close() {
    try {
      server.close();
      if (temporary.isPresent()) {
        FileUtils.deleteDirectory(temporary.get().toFile());
      }
    } catch (IOException e) {
      throw new LocalFailure("PostgreSQL did not stop cleanly: " + e.getMessage(), e);
    }
  }

  private static LocalDatabase start(Path binaries, Path data, Optional<Path> temporary)
      throws IOException {
    // Otherwise binaries and lock files go to a directory that all programs of this machine
    // share.
    System.setProperty("ot.epg.working-dir", binaries.toString());
    EmbeddedPostgres server;
    try {
      server =
          EmbeddedPostgres.builder()
              .setDataDirectory(data)
              .setCleanDataDirectory(false)
              // The stack stops things in order; a hook of the server's own would stop it under
              // the functions.
              .setRegisterShutdownHook(false)
              .setPGStartupWait(START_LIMIT)
              .setServerConfig("fsync", temporary.isPresent() ? "off" : "on")
              // The library's default is off, which may lose the last commits.
              .setServerConfig("synchronous_commit", temporary.isPresent() ? "off" : "on")
              .start();
    } catch (IllegalStateException e) {
      throw failure(e);
    }
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = '" + NAME + "'")) {
      if (!found.next()) {
        statement.execute("CREATE DATABASE " + NAME);
      }
    } catch (SQLException e) {
      server.close();
      throw failure(e);
    }
    return new LocalDatabase(server, temporary);
  }

  /// A killed run leaves its server behind, which still holds the data directory.
  private static void stopOrphan(Path data) throws IOException {
    Path pidFile = data.resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return;
    }
    Optional<ProcessHandle> orphan;
    try (Stream<String> lines = Files.lines(pidFile)) {
      orphan =
          lines
              .findFirst()
              .filter(pid -> pid.matches("\\d+"))
              .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)))
              .filter(process -> process.info().command().orElse("").contains("postgres"));
    }
    if (orphan.isPresent()) {
      ProcessHandle process = orphan.get();
      process.destroy();
      try {
        process.onExit().get(20, TimeUnit.SECONDS);
      } catch (TimeoutException | ExecutionException e) {
        throw new LocalFailure(
            "A PostgreSQL of an earlier run (process %d) does not stop: end it with kill %d, then start again."
                .formatted(process.pid(), process.pid()),
            e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new LocalFailure("Interrupted while the PostgreSQL of an earlier run stopped.", e);
      }
    }
  }

  private static LocalFailure failure(Exception cause) {
    return new LocalFailure("PostgreSQL did not start: " + cause.getMessage(), cause);
  }
}
