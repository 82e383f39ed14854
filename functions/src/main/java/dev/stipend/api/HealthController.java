package dev.stipend.api;

import dev.stipend.migrate.SchemaGuard;
import dev.stipend.sql.DatabaseProbe;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells whether requests can be served now.
@Tag(name = "Operation")
@Controller("/api/health")
class HealthController {
  private static final Logger LOG = LoggerFactory.getLogger(HealthController.class);

  private final DatabaseProbe database;
  private final InstantSource clock;

  HealthController(DatabaseProbe database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /// How the database is: `ok`, `error` where it does not answer, or `needs migration`.
  @Serdeable
  record Part(String status) {}

  /// The answer.
  @Serdeable
  record Health(String status, Part database, Optional<String> schemaVersion, Instant timestamp) {}

  /// Tells whether requests can be served now. Needs no key.
  @ApiResponse(
      responseCode = "200",
      description = "It works",
      content = @Content(schema = @Schema(implementation = Health.class)))
  @ApiResponse(
      responseCode = "503",
      description = "The database does not answer, or its schema is older than this release",
      content = @Content(schema = @Schema(implementation = Health.class)))
  @Get
  HttpResponse<Health> health() {
    Optional<String> version = schemaVersion();
    boolean healthy = SchemaGuard.isNewEnough(version);
    Health health =
        new Health(
            healthy ? "healthy" : "unhealthy",
            new Part(healthy ? "ok" : version.isPresent() ? "needs migration" : "error"),
            version,
            clock.instant());
    return healthy
        ? HttpResponse.ok(health)
        : HttpResponse.<Health>serverError().status(503).body(health);
  }

  private Optional<String> schemaVersion() {
    try (Connection connection = database.connect()) {
      return SchemaGuard.version(connection);
    } catch (SQLException down) {
      LOG.warn("The database does not answer", down);
      return Optional.empty();
    }
  }
}
