package dev.stipend.api;

import dev.stipend.json.Labels;
import dev.stipend.workspace.ApiKeys;
import dev.stipend.workspace.Caller;
import dev.stipend.workspace.Role;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Lets nobody in without a key. Who may do what follows from the method: reading needs `read`,
/// recording usage and enforcing limits `ingest`, everything else `admin`.
@ServerFilter({"/api/**", "/v1/**"})
class ApiKeyFilter {
  private static final String HEADER = "X-API-Key";

  /// What is answered without a key.
  static final Set<String> OPEN = Set.of("/api/health", "/openapi.yaml", "/docs");

  private static final Set<String> RECORDING =
      Set.of("/api/usage", "/v1/traces", "/api/budgets/validate");
  private static final String RESERVING = "/api/reservations";
  private static final int LONGEST_KEY = 256;

  private final ApiKeys keys;

  ApiKeyFilter(ApiKeys keys) {
    this.keys = keys;
  }

  @RequestFilter
  @Nullable MutableHttpResponse<Problem> authenticate(HttpRequest<?> request) {
    if (OPEN.contains(request.getPath())) {
      return null;
    }
    String key = request.getHeaders().get(HEADER);
    Optional<Caller> caller =
        key == null || key.isEmpty() || key.length() > LONGEST_KEY
            ? Optional.empty()
            : keys.authenticate(key);
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

  private static Role needed(HttpRequest<?> request) {
    if (request.getMethod() == HttpMethod.GET) {
      return Role.READ;
    }
    String path = request.getPath();
    return RECORDING.contains(path) || path.startsWith(RESERVING) ? Role.INGEST : Role.ADMIN;
  }
}
