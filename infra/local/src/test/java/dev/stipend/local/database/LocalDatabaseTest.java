package dev.stipend.local.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stipend.local.terminal.LocalFailure;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalDatabaseTest {

  @TempDir Path directory;

  @Test
  void dataIsKeptFromRunToRun() throws Exception {
    try (LocalDatabase first = LocalDatabase.kept(directory)) {
      execute(first, "CREATE TABLE note (text text)");
      execute(first, "INSERT INTO note VALUES ('kept')");
    }
    try (LocalDatabase second = LocalDatabase.kept(directory)) {
      assertThat(query(second, "SELECT text FROM note")).isEqualTo("kept");
    }
  }

  @Test
  void aServerThatAKilledRunLeftBehindIsStoppedAndItsDataKept() throws Exception {
    killARunInTheMiddle();
    ProcessHandle server = server();
    assertThat(server.isAlive()).isTrue();

    try (LocalDatabase next = LocalDatabase.kept(directory)) {
      assertThat(server.isAlive()).isFalse();
      assertThat(query(next, "SELECT text FROM note")).isEqualTo("kept");
    }
  }

  @Test
  void aServerThatWasKilledItselfLosesNothingThatWasCommitted() throws Exception {
    killARunInTheMiddle();
    ProcessHandle server = server();
    server.destroyForcibly();
    server.onExit().get(10, TimeUnit.SECONDS);

    try (LocalDatabase next = LocalDatabase.kept(directory)) {
      assertThat(query(next, "SELECT text FROM note")).isEqualTo("kept");
    }
  }

  @Test
  void aFirstStartThatWasInterruptedIsMadeAgain() throws Exception {
    Path half = Files.createDirectories(directory.resolve("postgres"));
    Files.writeString(half.resolve("postgresql.conf"), "");

    try (LocalDatabase database = LocalDatabase.kept(directory)) {
      assertThat(query(database, "SELECT 'fine'")).isEqualTo("fine");
    }
  }

  @Test
  void inMemoryLeavesNothingBehind() throws Exception {
    Path data;
    try (LocalDatabase database = LocalDatabase.inMemory()) {
      assertThat(database.url()).startsWith("postgresql://").endsWith("/stipend");
      data = Path.of(query(database, "SHOW data_directory"));
      assertThat(data).exists();
    }
    assertThat(data.getParent()).doesNotExist();
  }

  @Test
  void aDirectoryInUseIsOneClearSentence() {
    try (DataDirectory first = DataDirectory.claim(directory)) {
      assertThatThrownBy(() -> DataDirectory.claim(first.path()))
          .isInstanceOf(LocalFailure.class)
          .hasMessage(
              "Another run is using the data in %s: stop it first, or add -Dstipend.data=memory.",
              directory);
    }
    DataDirectory.claim(directory).close();
  }

  @Test
  void theAdminKeyIsMadeOnceAndReadableByItsOwnerOnly() throws Exception {
    try (DataDirectory data = DataDirectory.claim(directory)) {
      String key = data.adminKey();

      assertThat(key).matches("stp_[A-Za-z0-9_-]{32}");
      assertThat(data.adminKey()).isEqualTo(key);
      assertThat(Files.getPosixFilePermissions(directory.resolve("admin-api-key")))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }
  }

  /// Another process, because a lock that this one holds would outlive the simulated death.
  private void killARunInTheMiddle() throws Exception {
    Process run =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                UnfinishedRun.class.getName(),
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader output = run.inputReader()) {
      assertThat(output.lines().anyMatch("committed"::equals)).isTrue();
    } finally {
      run.destroyForcibly().waitFor();
    }
  }

  /// Commits a row and then never ends.
  static final class UnfinishedRun {
    private UnfinishedRun() {}

    public static void main(String[] arguments) throws Exception {
      LocalDatabase database = LocalDatabase.kept(Path.of(arguments[0]));
      execute(database, "CREATE TABLE note (text text)");
      execute(database, "SET synchronous_commit = on; INSERT INTO note VALUES ('kept')");
      System.out.println("committed");
      new CountDownLatch(1).await();
    }
  }

  private ProcessHandle server() throws Exception {
    long pid =
        Long.parseLong(Files.readAllLines(directory.resolve("postgres/postmaster.pid")).getFirst());
    return ProcessHandle.of(pid).orElseThrow();
  }

  private static void execute(LocalDatabase database, String sql) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String query(LocalDatabase database, String sql) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
