package dev.stipend.api;

import dev.stipend.migrate.SchemaVersion;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.serde.annotation.Serdeable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells whether requests can be served now.
@Controller("/api/health")
class HealthController {
  private static final Logger LOG = LoggerFactory.getLogger(HealthController.class);
  private static final int SECONDS = 3;

  private final DataSource database;
  private final InstantSource clock;

  HealthController(DataSource database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /// What is asked of the database.
  @Serdeable
  record Part(String status) {}

  /// The answer.
  @Serdeable
  record Health(String status, Part database, String schemaVersion, Instant timestamp) {}

  @Get
  HttpResponse<Health> health() {
    boolean healthy = isDatabaseUp();
    Health health =
        new Health(
            healthy ? "healthy" : "unhealthy",
            new Part(healthy ? "ok" : "down"),
            SchemaVersion.REQUIRED,
            clock.instant());
    return healthy
        ? HttpResponse.ok(health)
        : HttpResponse.<Health>serverError().status(503).body(health);
  }

  private boolean isDatabaseUp() {
    try (Connection connection = database.getConnection()) {
      return connection.isValid(SECONDS);
    } catch (SQLException down) {
      LOG.warn("The database does not answer", down);
      return false;
    }
  }
}
