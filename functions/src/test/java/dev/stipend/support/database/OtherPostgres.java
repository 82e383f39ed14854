package dev.stipend.support.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Assumptions;

/// A server of its own, mostly of another version than all other tests use. It logs the statements
/// of a database when it is asked to, and has the library of pg_stat_statements. The build puts the
/// binaries of other versions into `target/postgres`, for Linux on x86.
public final class OtherPostgres implements AutoCloseable {
  /// The version on the class path.
  private static final int USUAL = 17;

  private final EmbeddedPostgres server;
  private final Path log;

  private OtherPostgres(EmbeddedPostgres server, Path log) {
    this.server = server;
    this.log = log;
  }

  /// Starts it, or skips the test where there are no binaries of it.
  public static OtherPostgres start(int version) {
    Path jar = Path.of("target", "postgres", "postgres-%d.jar".formatted(version));
    boolean fits =
        version == USUAL || (Files.exists(jar) && "amd64".equals(System.getProperty("os.arch")));
    skipUnless(fits, "no binaries of PostgreSQL %d for this machine".formatted(version));
    EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder();
    if (version != USUAL) {
      builder.setPgBinaryResolver(
          (system, machine) -> {
            JarFile binaries = new JarFile(jar.toFile());
            return binaries.getInputStream(binaries.getEntry("postgres-linux-x86_64.txz"));
          });
    }
    return start(builder.setServerConfig("shared_preload_libraries", "pg_stat_statements"));
  }

  /// Starts one that has pgvector, or skips the test: `.ci/run` gets the binaries, and names their
  /// archive in the environment.
  public static OtherPostgres withVector() {
    String archive = System.getenv("STIPEND_PGVECTOR");
    skipUnless(archive != null, "no PostgreSQL with pgvector on this machine");
    return start(
        EmbeddedPostgres.builder()
            .setPgBinaryResolver(
                (system, machine) -> Files.newInputStream(Path.of(String.valueOf(archive)))));
  }

  private static void skipUnless(boolean fits, String why) {
    if (!fits) {
      System.out.printf("skipped: %s%n", why);
    }
    Assumptions.assumeTrue(fits);
  }

  private static OtherPostgres start(EmbeddedPostgres.Builder builder) {
    try {
      Path log = Files.createTempDirectory("stipend-postgres-log");
      // The server may run as another user than this one.
      Files.setPosixFilePermissions(log, PosixFilePermissions.fromString("rwxrwxrwx"));
      EmbeddedPostgres server =
          builder
              .setServerConfig("fsync", "off")
              .setServerConfig("full_page_writes", "off")
              .setServerConfig("logging_collector", "on")
              .setServerConfig("log_destination", "csvlog")
              .setServerConfig("log_directory", log.toString())
              .setServerConfig("log_filename", "postgresql.log")
              .setServerConfig("log_file_mode", "0644")
              .start();
      return new OtherPostgres(server, log);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// A new, empty database. Answers its URL.
  public String newDatabase(String name) {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
    return "postgresql://postgres:postgres@127.0.0.1:" + server.getPort() + "/" + name;
  }

  /// What it logged, as CSV.
  public Path log() {
    return log.resolve("postgresql.csv");
  }

  @Override
  public void close() throws IOException {
    server.close();
    try (java.util.stream.Stream<Path> files = Files.list(log)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(log);
  }
}
