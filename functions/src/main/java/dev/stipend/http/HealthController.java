package dev.stipend.http;

import dev.stipend.platform.database.SchemaGuard;
import dev.stipend.platform.isolation.SetAside;
import dev.stipend.platform.sql.DatabaseProbe;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.serde.annotation.Serdeable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells whether requests can be served now.
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
  ///
  /// @param setAside how many rows of each kind cannot be worked on, and are tried again later;
  ///     absent where there are none. Nobody else waits for them, but somebody should see to them:
  ///     the log names them
  @Serdeable
  record Health(
      String status,
      Part database,
      Optional<String> schemaVersion,
      Optional<Map<String, Integer>> setAside,
      Instant timestamp) {}

  /// What the database says.
  private record Reading(
      boolean answered, Optional<String> schemaVersion, Map<String, Integer> setAside) {
    static final Reading NONE = new Reading(false, Optional.empty(), Map.of());
  }

  /// Tells whether requests can be served now. Needs no key.
  @Get
  HttpResponse<Health> health() {
    Reading reading = read();
    Optional<String> version = reading.schemaVersion();
    boolean healthy = SchemaGuard.isNewEnough(version);
    Health health =
        new Health(
            healthy ? "healthy" : "unhealthy",
            new Part(healthy ? "ok" : reading.answered() ? "needs migration" : "error"),
            version,
            Optional.of(reading.setAside()).filter(counts -> !counts.isEmpty()),
            clock.instant());
    return healthy
        ? HttpResponse.ok(health)
        : HttpResponse.<Health>serverError().status(503).body(health);
  }

  private Reading read() {
    try (Connection connection = database.connect()) {
      Optional<String> version = SchemaGuard.version(connection);
      return new Reading(
          true, version, SchemaGuard.isNewEnough(version) ? SetAside.byKind(connection) : Map.of());
    } catch (SQLException down) {
      LOG.warn("The database does not answer", down);
      return Reading.NONE;
    }
  }
}
