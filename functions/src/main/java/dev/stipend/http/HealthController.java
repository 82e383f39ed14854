package dev.stipend.http;

import dev.stipend.ingest.record.UnknownAttributes;
import dev.stipend.platform.database.SchemaGuard;
import dev.stipend.platform.isolation.SetAside;
import dev.stipend.platform.sql.DatabaseProbe;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.serde.annotation.Serdeable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
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

  /// For how long what was seen is a warning.
  private static final Duration RECENT = Duration.ofDays(7);

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
  /// @param unknownUsageAttributes how many attributes that look like usage were seen in the last 7
  ///     days and are understood by nobody; absent where there are none. There may be tokens that
  ///     are not counted: `GET /api/usage/unknown` names them
  @Serdeable
  record Health(
      String status,
      Part database,
      Optional<String> schemaVersion,
      Optional<Map<String, Integer>> setAside,
      Optional<Integer> unknownUsageAttributes,
      Instant timestamp) {}

  /// What the database says.
  private record Reading(
      boolean answered,
      Optional<String> schemaVersion,
      Map<String, Integer> setAside,
      int unknownUsageAttributes) {
    static final Reading NONE = new Reading(false, Optional.empty(), Map.of(), 0);
  }

  /// Tells whether requests can be served now. Needs no key.
  @Get
  HttpResponse<Health> health() {
    Instant now = clock.instant();
    Reading reading = read(now);
    Optional<String> version = reading.schemaVersion();
    boolean healthy = SchemaGuard.isNewEnough(version);
    Health health =
        new Health(
            healthy ? "healthy" : "unhealthy",
            new Part(healthy ? "ok" : reading.answered() ? "needs migration" : "error"),
            version,
            Optional.of(reading.setAside()).filter(counts -> !counts.isEmpty()),
            Optional.of(reading.unknownUsageAttributes()).filter(count -> count > 0),
            now);
    return healthy
        ? HttpResponse.ok(health)
        : HttpResponse.<Health>serverError().status(503).body(health);
  }

  private Reading read(Instant now) {
    try (Connection connection = database.connect()) {
      Optional<String> version = SchemaGuard.version(connection);
      if (!SchemaGuard.isNewEnough(version)) {
        return new Reading(true, version, Map.of(), 0);
      }
      return new Reading(
          true,
          version,
          SetAside.byKind(connection),
          UnknownAttributes.countSince(connection, now.minus(RECENT)));
    } catch (SQLException down) {
      LOG.warn("The database does not answer", down);
      return Reading.NONE;
    }
  }
}
