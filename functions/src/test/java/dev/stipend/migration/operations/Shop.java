package dev.stipend.migration.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.migration.TestMigrations;
import dev.stipend.migration.report.MigrationReport;
import dev.stipend.support.database.OtherPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/// A made-up schema on servers of several versions, and who looks at it.
final class Shop {
  private static final Map<Integer, OtherPostgres> SERVERS = new TreeMap<>();
  private static final AtomicInteger DATABASES = new AtomicInteger();

  /// Without autovacuum, which would clear away what a test counts.
  private static final String SHOP =
      """
      CREATE TABLE shops (id int PRIMARY KEY, name text) WITH (autovacuum_enabled = false);
      CREATE TABLE items (id int PRIMARY KEY, shop int REFERENCES shops (id), kind int, data jsonb, note json)
        WITH (autovacuum_enabled = false);
      CREATE INDEX items_kind ON items (kind);
      """;

  private Shop() {}

  static void stopServers() throws IOException {
    for (OtherPostgres server : SERVERS.values()) {
      server.close();
    }
    SERVERS.clear();
  }

  static TestMigrations deployed(int version, Path directory) {
    TestMigrations migrations = empty(version, directory).file("V1__shop.sql", SHOP);
    assertThat(migrations.run("deploy").isOk()).isTrue();
    return migrations;
  }

  static TestMigrations empty(int version, Path directory) {
    String database = "operations_" + DATABASES.incrementAndGet();
    return new TestMigrations(
        SERVERS.computeIfAbsent(version, OtherPostgres::start).newDatabase(database), directory);
  }

  static OperationsReport operations(MigrationReport report) {
    assertThat(report.exitCode()).as(report.message()).isZero();
    OperationsReport found = report.operations().orElseThrow();
    assertThat(found.sections())
        .extracting(section -> section.note().orElse(""))
        .noneMatch(note -> note.startsWith("It could not be read"));
    return found;
  }

  static TableSizes.Line items(OperationsReport report) {
    return report.tables().rows().stream()
        .filter(line -> line.table().equals("items"))
        .findFirst()
        .orElseThrow();
  }

  /// A role that may read the state of the migrations, and nothing else.
  static TestMigrations reader(TestMigrations migrations, Path directory) {
    String role = "reader_" + migrations.database.value("SELECT current_database()");
    migrations.database.execute("CREATE ROLE %s LOGIN PASSWORD 's3cret'".formatted(role));
    migrations.database.execute(
        "ALTER ROLE %s SET default_transaction_read_only = on".formatted(role));
    migrations.database.execute("GRANT USAGE ON SCHEMA app TO " + role);
    migrations.database.execute(
        "GRANT SELECT ON app.flyway_schema_history, app.migration_fingerprint TO " + role);
    return new TestMigrations(
        migrations.database.url().replace("postgres:postgres@", role + ":s3cret@"), directory);
  }

  static Connection session(TestMigrations migrations, String application) throws SQLException {
    Connection connection = migrations.database.connect();
    connection.createStatement().execute("SET application_name = '%s'".formatted(application));
    return connection;
  }

  static CompletableFuture<Boolean> execute(Connection connection, String sql) {
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                connection.createStatement().execute(sql);
                done.complete(true);
              } catch (SQLException failure) {
                done.completeExceptionally(failure);
              }
            });
    return done;
  }
}
