package dev.stipend.http;

import dev.stipend.platform.json.Labels;
import dev.stipend.platform.sql.FailureCause;
import dev.stipend.tenant.ApiKeys;
import dev.stipend.tenant.Caller;
import dev.stipend.tenant.Role;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Lets nobody in without a key. Who may do what follows from the method: reading needs `read`, and
/// so does asking what a budget would have done; recording usage and enforcing limits `ingest`,
/// everything else `admin`, reading of keys and of the audit log too.
@ServerFilter({"/api/**", "/v1/**"})
public class ApiKeyFilter implements Ordered {
  private static final String HEADER = "X-API-Key";

  /// What is answered without a key.
  public static final Set<String> OPEN = Set.of("/api/health", "/openapi.yaml", "/docs");

  private static final Set<String> RECORDING = Set.of("/api/usage", "/api/budgets/validate");

  /// What OpenTelemetry's exporters send to; those of another signal are told that nothing is
  /// there.
  private static final String TELEMETRY = "/v1/";

  private static final String RESERVING = "/api/reservations";
  private static final Set<String> ENFORCING = Set.of(RESERVING, "/api/budgets/validate");
  private static final String ASKING = "/api/budgets/simulate";
  private static final List<String> ADMINISTRATION = List.of("/api/keys", "/api/audit");
  private static final Set<HttpMethod> READING = EnumSet.of(HttpMethod.GET, HttpMethod.HEAD);
  private static final int LONGEST_KEY = 256;

  private final ApiKeys keys;
  private final InstantSource clock;

  ApiKeyFilter(ApiKeys keys, InstantSource clock) {
    this.keys = keys;
    this.clock = clock;
  }

  /// Before all others: nobody without a key is told anything else.
  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }

  @RequestFilter
  @Nullable MutableHttpResponse<Problem> authenticate(HttpRequest<?> request) {
    if (isOpen(request)) {
      return null;
    }
    String key = request.getHeaders().get(HEADER);
    Optional<Caller> caller =
        key == null || key.isEmpty() || key.length() > LONGEST_KEY
            ? Optional.empty()
            : caller(request, key);
    if (caller.isEmpty()) {
      return ProblemKind.UNAUTHENTICATED.response(
          key == null
              ? "Send your key in the header X-API-Key."
              : "This key is unknown or revoked.");
    }
    Role needed = needed(request);
    if (!caller.get().role().covers(needed)) {
      return ProblemKind.FORBIDDEN.response(
          "This needs a key of role %s; yours has role %s."
              .formatted(Labels.of(needed), Labels.of(caller.get().role())));
    }
    CallerBinder.attach(request, caller.get());
    return null;
  }

  /// When the database does not answer, whoever was known asks about work all the same: budgets may
  /// be open then.
  private Optional<Caller> caller(HttpRequest<?> request, String key) {
    try {
      return keys.authenticate(key, clock.instant());
    } catch (RuntimeException failure) {
      if (FailureCause.of(failure) != FailureCause.OUTAGE || !ENFORCING.contains(path(request))) {
        throw failure;
      }
      CallerBinder.attachOutage(request);
      Optional<Caller> caller = keys.remembered(key, clock.instant());
      return Optional.of(caller.orElseThrow(() -> failure));
    }
  }

  private static Role needed(HttpRequest<?> request) {
    String path = path(request);
    if (READING.contains(request.getMethod()) || path.equals(ASKING)) {
      return ADMINISTRATION.stream().anyMatch(path::startsWith) ? Role.ADMIN : Role.READ;
    }
    return RECORDING.contains(path) || path.startsWith(TELEMETRY) || path.startsWith(RESERVING)
        ? Role.INGEST
        : Role.ADMIN;
  }

  /// Whether it is answered without a key.
  static boolean isOpen(HttpRequest<?> request) {
    return OPEN.contains(path(request));
  }

  /// Routes are found with a slash at their end and without.
  private static String path(HttpRequest<?> request) {
    return request.getPath().replaceFirst("/+$", "");
  }
}
