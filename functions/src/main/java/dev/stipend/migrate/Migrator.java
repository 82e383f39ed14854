package dev.stipend.migrate;

import dev.stipend.sql.DatabaseAddress;
import dev.stipend.sql.DatabaseUrl;
import io.micronaut.flyway.FlywayConfigurationProperties;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.postgresql.ds.PGSimpleDataSource;

/// Brings the schema up to date, and tells how it stands.
@Singleton
public class Migrator {
  private static final String SCHEMA = "stipend";
  private static final String UNIQUE_VIOLATION = "23505";

  private final DatabaseAddress address;
  private final FlywayConfigurationProperties properties;
  private final List<DeployedHook> hooks;

  Migrator(
      DatabaseAddress address,
      @Named("default") FlywayConfigurationProperties properties,
      List<DeployedHook> hooks) {
    this.address = address;
    this.properties = properties;
    this.hooks = hooks;
  }

  /// Runs every pending migration. On an up-to-date schema it changes nothing.
  ///
  /// @param clock asked at start and end
  /// @throws MigrationFailedException if a migration fails; those before it stay
  public MigrationReport deploy(InstantSource clock) {
    Instant started = clock.instant();
    PGSimpleDataSource database = database();
    try (Connection connection = database.getConnection()) {
      createSchema(connection);
      Optional<String> before = SchemaGuard.version(connection);
      Flyway flyway = flyway(database);
      List<String> pending = names(flyway.info().pending());
      flyway.migrate();
      MigrationReport report =
          new MigrationReport(
              "deploy",
              pending.isEmpty() ? "up-to-date" : "migrated",
              SchemaGuard.version(connection),
              pending,
              List.of());
      MigrationRuns.record(connection, started, clock.instant(), report, before.orElse(null));
      hooks.forEach(DeployedHook::deployed);
      return report;
    } catch (SQLException | FlywayException failure) {
      throw new MigrationFailedException(failure);
    }
  }

  /// How the schema stands. Changes nothing.
  ///
  /// @throws MigrationFailedException if the database does not answer
  public MigrationReport status() {
    PGSimpleDataSource database = database();
    try (Connection connection = database.getConnection()) {
      Optional<String> version = SchemaGuard.version(connection);
      List<String> pending = names(flyway(database).info().pending());
      return new MigrationReport(
          "status", pending.isEmpty() ? "up-to-date" : "pending", version, List.of(), pending);
    } catch (SQLException | FlywayException failure) {
      throw new MigrationFailedException(failure);
    }
  }

  private PGSimpleDataSource database() {
    DatabaseUrl url = address.direct();
    PGSimpleDataSource database = new PGSimpleDataSource();
    database.setUrl(url.jdbcUrl());
    url.user().ifPresent(database::setUser);
    url.password().ifPresent(database::setPassword);
    database.setApplicationName("stipend-migrate " + SchemaVersion.REQUIRED);
    return database;
  }

  /// Flyway would create the schema itself and note that in its history; ours it must find.
  private static void createSchema(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA IF NOT EXISTS " + SCHEMA);
    } catch (SQLException failure) {
      // IF NOT EXISTS looks before it leaps: of two deploys at once, one finds the name taken.
      if (!UNIQUE_VIOLATION.equals(failure.getSQLState())) {
        throw failure;
      }
    }
  }

  private Flyway flyway(PGSimpleDataSource database) {
    FluentConfiguration configuration = new FluentConfiguration();
    configuration.configuration(properties.getFluentConfiguration());
    configuration.configuration(Map.of("flyway.postgresql.transactional.lock", "false"));
    return configuration
        .dataSource(database)
        .defaultSchema(SCHEMA)
        .schemas(SCHEMA)
        .createSchemas(false)
        .failOnMissingLocations(true)
        .javaMigrations(new ListPrices())
        // A repeatable migration may end, as R__list_prices.sql did; a database may be ahead of
        // this build.
        .ignoreMigrationPatterns("repeatable:missing", "*:future")
        .load();
  }

  private static List<String> names(MigrationInfo[] migrations) {
    return Arrays.stream(migrations)
        .map(
            migration ->
                migration.getVersion() == null
                    ? migration.getDescription()
                    : migration.getVersion() + " " + migration.getDescription())
        .toList();
  }
}
