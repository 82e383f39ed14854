package dev.stipend.migration.check;

import static dev.stipend.support.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.migration.RunOutcome;
import dev.stipend.migration.TestMigrations;
import dev.stipend.migration.database.DatabaseLocation;
import dev.stipend.migration.report.MigrationReport;
import dev.stipend.migration.report.Redaction;
import dev.stipend.platform.sql.DatabaseUrl;
import dev.stipend.support.Golden;
import dev.stipend.support.TestServers;
import dev.stipend.support.database.ClosedPort;
import dev.stipend.support.database.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every way in which a database is not ready, told with its cause and its fix.
class PreflightTest {
  private static final String SECRET = "s3cr3t-Pa55";

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "postgresql://al:p%40ss@ep-cool-1.eu-central-1.aws.neon.tech/db?sslmode=require&channel_binding=require"
            + " | jdbc:postgresql://ep-cool-1.eu-central-1.aws.neon.tech/db?channelBinding=require&sslmode=verify-full&sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory",
        "postgres://al:p%40ss@ep-cool-1.eu-central-1.aws.neon.tech/db |"
            + " jdbc:postgresql://ep-cool-1.eu-central-1.aws.neon.tech/db?sslmode=verify-full&sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory",
        "postgresql://al:p%40ss@my.abc123.us-east-1.rds.amazonaws.com:5432/db?sslmode=verify-full |"
            + " jdbc:postgresql://my.abc123.us-east-1.rds.amazonaws.com:5432/db?sslmode=verify-full&sslfactory=dev.stipend.platform.sql.RdsTrust",
        "postgresql://al:p%40ss@my.cluster-abc.us-east-1.rds.amazonaws.com/db |"
            + " jdbc:postgresql://my.cluster-abc.us-east-1.rds.amazonaws.com/db?sslmode=verify-full&sslfactory=dev.stipend.platform.sql.RdsTrust",
        "postgresql://al:p%40ss@my.abc.us-east-1.rds.amazonaws.com/db?sslmode=require&sslrootcert=/x.pem"
            + " | jdbc:postgresql://my.abc.us-east-1.rds.amazonaws.com/db?sslmode=require&sslrootcert=/x.pem",
        "postgresql://al:p%40ss@my.abc.xx-new-1.rds.amazonaws.com/db |"
            + " jdbc:postgresql://my.abc.xx-new-1.rds.amazonaws.com/db?sslmode=require",
      })
  void urlsOfNeonAndRdsBecomeTheDriversOwn(String url, String jdbc) {
    DatabaseUrl parsed = DatabaseUrl.parse("DATABASE_URL", url);
    assertThat(parsed.jdbcUrl()).isEqualTo(jdbc);
    assertThat(parsed.user()).contains("al");
    assertThat(parsed.password()).contains("p@ss");
    assertThat(DatabaseLocation.of(parsed).problem()).isEmpty();
  }

  @Test
  void eachProblemHasItsSentence() throws Exception {
    List<MigrationProblem> problems = new ArrayList<>();
    for (String host :
        List.of(
            "ep-cool-1-pooler.eu-central-1.aws.neon.tech",
            "app.proxy-abc123.us-east-1.rds.amazonaws.com",
            "app.cluster-ro-abc123.us-east-1.rds.amazonaws.com")) {
      problems.add(
          DatabaseLocation.of(url("postgresql://al:%s@%s/db".formatted(SECRET, host)))
              .problem()
              .orElseThrow());
    }
    DatabaseUrl url = url("postgresql://al:%s@db.example.com:5432/app".formatted(SECRET));
    for (SQLException failure :
        List.of(
            new SQLException("FATAL: password authentication failed for user \"al\"", "28P01"),
            new SQLException("FATAL: no pg_hba.conf entry for host, no encryption", "28000"),
            new SQLException("FATAL: role \"al\" is not permitted to log in", "28000"),
            new SQLException("FATAL: database \"app\" does not exist", "3D000"),
            new SQLException("FATAL: sorry, too many clients already", "53300"),
            new SQLException("FATAL: the database system is starting up", "57P03"),
            new SQLException("refused", "08001", new ConnectException("Connection refused")),
            new SQLException("silent", "08001", new SocketTimeoutException("Connect timed out")),
            new SQLException("name", "08001", new UnknownHostException("db.example.com")),
            new SQLException(
                "tls",
                "08006",
                new SSLHandshakeException("unable to find valid certification path")),
            new SQLException("The server does not support SSL.", "08006"),
            new SQLException(
                "An I/O error occurred", "08006", new IOException("Connection reset.")))) {
      problems.add(ConnectionProblem.of(failure, url));
    }
    problems.addAll(ofTheDatabase());
    StringBuilder text = new StringBuilder();
    for (MigrationProblem problem : problems) {
      text.append(
          "%d %s%n  %s%n  %s%n"
              .formatted(
                  problem.kind().exitCode(),
                  problem.kind().word(),
                  problem.cause(),
                  problem.fix()));
    }
    assertThat(text.toString()).doesNotContain(SECRET);
    Golden.assertMatches("migrate-preflight.txt", text.toString());
  }

  /// Those that a server has to tell.
  private List<MigrationProblem> ofTheDatabase() throws Exception {
    List<MigrationProblem> problems = new ArrayList<>();
    Database database = new Database(TestServers.newDatabase());
    String name = database.value("SELECT current_database()");
    String role = "limited_" + name;
    database.execute("CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(role, SECRET));
    String limited = database.url().replace("postgres:postgres@", role + ":" + SECRET + "@");
    TestMigrations migrations = new TestMigrations(limited, directory);
    problems.addAll(migrations.run("doctor").problems());
    migrations.tables(1);
    database.execute("CREATE SCHEMA app");
    problems.addAll(migrations.run("doctor").problems());
    database.execute("GRANT CREATE, USAGE ON SCHEMA app TO " + role);
    database.execute("CREATE TABLE app.theirs (id int)");
    problems.addAll(migrations.run("doctor").problems());
    TestMigrations owner = new TestMigrations(database.url(), directory);
    owner.run("stamp", "target=base");
    database.execute("CREATE SCHEMA copy");
    database.execute("CREATE TABLE copy.flyway_schema_history AS TABLE app.flyway_schema_history");
    database.execute(
        "INSERT INTO copy.flyway_schema_history (script) VALUES ('V001__create_t1.sql')");
    assertThat(owner.run("doctor").problems()).as("app has a history of its own").isEmpty();
    problems.addAll(owner.core("doctor", "set=" + directory).problems());
    database.execute("DROP SCHEMA copy CASCADE");
    database.execute(
        "ALTER ROLE postgres IN DATABASE %s SET search_path = public, pg_catalog".formatted(name));
    database.execute("ALTER DATABASE %s SET default_transaction_read_only = on".formatted(name));
    problems.addAll(owner.run("doctor").problems());
    return problems.stream()
        .map(
            problem ->
                new MigrationProblem(
                    problem.kind(),
                    problem.cause().replace(name, "DB").replace(directory.toString(), "DIRECTORY"),
                    problem.fix().replace(name, "DB")))
        .toList();
  }

  @Test
  void theLimitThatIsReachedIsNamed() {
    DatabaseUrl url = url("postgresql://al:%s@db.example.com:5432/app".formatted(SECRET));
    assertThat(
            ConnectionProblem.of(
                    new SQLException("FATAL: too many connections for role \"al\"", "53300"), url)
                .sentence())
        .isEqualTo(
            "All connections that role al may have on db.example.com:5432 are in use. End idle"
                + " ones, or raise the limit: ALTER role al CONNECTION LIMIT ….");
    assertThat(
            ConnectionProblem.of(
                    new SQLException("FATAL: too many connections for database \"app\"", "53300"),
                    url)
                .cause())
        .contains("database app");
    assertThat(
            ConnectionProblem.of(
                    new SQLException("Protocol error.  Session setup failed.", "08P01"), url)
                .cause())
        .isEqualTo("What answers at db.example.com:5432 is not PostgreSQL.");
  }

  @Test
  void aWrongPasswordIsTriedOnce() throws Exception {
    String url = TestServers.newDatabase();
    String role = "once_" + new Database(url).value("SELECT current_database()");
    TestServers.newRole(role, "right-one");
    long start = System.nanoTime();
    MigrationReport report =
        new TestMigrations(url.replace("postgres:postgres@", role + ":" + SECRET + "@"), directory)
            .patient(Duration.ofMinutes(5))
            .run("status");
    assertThat(report.exitCode()).isEqualTo(24);
    assertThat(report.message())
        .isEqualTo(
            "The server refuses the password of %s. Put the current password into DATABASE_URL,"
                    .formatted(role)
                + " percent-encoded.");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    assertThat(report.toMap().toString()).doesNotContain(SECRET);
  }

  @Test
  void aDatabaseThatComesUpIsWaitedFor() throws Exception {
    String url = TestServers.newDatabase();
    int port = ClosedPort.find();
    TestMigrations sleeping =
        new TestMigrations(url.replaceFirst(":\\d+/", ":" + port + "/"), directory).tables(1);
    assertThat(sleeping.run("status").exitCode()).isEqualTo(22);
    Thread waking = Thread.ofPlatform().start(() -> forward(port, TestServers.POSTGRES.getPort()));
    MigrationReport report = sleeping.patient(Duration.ofSeconds(8)).run("deploy");
    assertThat(report.outcome()).as(report.message()).isEqualTo(RunOutcome.MIGRATED);
    waking.interrupt();
  }

  /// Begins to listen a second later, as a database does that had been put to sleep.
  private static void forward(int port, int target) {
    await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
    try (ServerSocket server = new ServerSocket(port, 10, InetAddress.getLoopbackAddress())) {
      for (int i = 0; i < 2; i++) {
        Socket client = server.accept();
        Socket upstream = new Socket(InetAddress.getLoopbackAddress(), target);
        pump(client, upstream);
        pump(upstream, client);
      }
    } catch (IOException closed) {
      throw new UncheckedIOException(closed);
    }
  }

  private static void pump(Socket from, Socket to) {
    Thread.ofVirtual()
        .start(
            () -> {
              try (from;
                  to) {
                from.getInputStream().transferTo(to.getOutputStream());
              } catch (IOException closed) {
                // Either side has gone.
              }
            });
  }

  @Test
  void anOldTransactionInTheWayIsTold() throws Exception {
    TestMigrations migrations = new TestMigrations(TestServers.newDatabase(), directory).tables(1);
    migrations.run("deploy");
    try (Connection old = migrations.database.connect()) {
      old.setAutoCommit(false);
      old.createStatement().execute("LOCK TABLE app.t1 IN ACCESS SHARE MODE");
      assertThat(migrations.run("doctor").isOk()).as("it is young").isTrue();
      try (Connection looking = migrations.database.connect()) {
        assertThat(Doctor.longTransactions(looking, "app", Duration.ZERO))
            .singleElement()
            .extracting(MigrationProblem::sentence)
            .asString()
            .matches(
                "Process \\d+ \\(.+\\) has kept a transaction on schema app open for \\d+ s\\."
                    + " Let it end, or SELECT pg_terminate_backend\\(\\d+\\)\\.");
      }
    }
  }

  @Test
  void thePasswordIsTakenOutOfWhateverIsSaid() {
    Redaction redaction = Redaction.of(url("postgresql://al:%s@h/db".formatted(SECRET)));
    assertThat(redaction.of("x " + SECRET + " y")).isEqualTo("x … y");
    assertThat(redaction.of("postgres://u:else@h/db")).isEqualTo("postgres://u:…@h/db");
    assertThat(
            Redaction.of(url("jdbc:postgresql://h/db?user=al&password=p%40ssw0rd"))
                .of("p@ssw0rd p%40ssw0rd"))
        .isEqualTo("… …");
  }

  private static DatabaseUrl url(String text) {
    return DatabaseUrl.parse("DATABASE_URL", text);
  }
}
