package dev.stipend.support;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;

/// The servers that all tests of a JVM share. Each is real, each on a free port.
public final class TestServers {
  private static final AtomicInteger DATABASES = new AtomicInteger();

  public static final EmbeddedPostgres POSTGRES = startPostgres();
  public static final SQSRestServer SQS =
      SQSRestServerBuilder.withInterface("127.0.0.1").withDynamicPort().start();
  public static final String SQS_ENDPOINT =
      "http://127.0.0.1:" + SQS.waitUntilStarted().localAddress().getPort();
  public static final WireMockServer HTTP =
      new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));
  public static final GreenMail MAIL =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

  static {
    HTTP.start();
    MAIL.start();
    System.setProperty("aws.endpointUrlSqs", SQS_ENDPOINT);
    System.setProperty("aws.region", "us-east-1");
    System.setProperty("aws.accessKeyId", "test");
    System.setProperty("aws.secretAccessKey", "test");
  }

  private TestServers() {}

  /// A new, empty database, whose sessions have a hostile time zone on purpose. Answers its URL.
  public static String newDatabase() {
    String name = "stipend_" + DATABASES.incrementAndGet();
    try (Connection connection = POSTGRES.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
      statement.execute("ALTER DATABASE " + name + " SET timezone TO 'Asia/Kathmandu'");
      statement.execute("ALTER DATABASE " + name + " SET datestyle TO 'German'");
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
    return "postgresql://postgres:postgres@127.0.0.1:" + POSTGRES.getPort() + "/" + name;
  }

  /// A role that may do everything, if it gives its password. All others are let in without one.
  public static void newRole(String name, String password) {
    execute("CREATE ROLE %s SUPERUSER LOGIN PASSWORD '%s' IN ROLE asked".formatted(name, password));
  }

  public static void changePassword(String role, String password) {
    execute("ALTER ROLE %s PASSWORD '%s'".formatted(role, password));
  }

  private static void execute(String sql) {
    try (Connection connection = POSTGRES.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static EmbeddedPostgres startPostgres() {
    EmbeddedPostgres server = newPostgres();
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE ROLE asked");
      statement.execute(
          """
          DO $$ BEGIN
            EXECUTE format(
              'COPY (VALUES (''host all +asked all scram-sha-256''), (''local all all trust''), (''host all all all trust'')) TO %L',
              current_setting('hba_file'));
            PERFORM pg_reload_conf();
          END $$
          """);
      return server;
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static EmbeddedPostgres newPostgres() {
    try {
      return EmbeddedPostgres.builder()
          .setServerConfig("fsync", "off")
          .setServerConfig("full_page_writes", "off")
          .setServerConfig("max_connections", "120")
          .start();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
