package dev.stipend.support.http;

import dev.stipend.support.Stipend;
import dev.stipend.support.Usage;
import dev.stipend.support.database.WatchedHost;
import dev.stipend.support.http.ApiDescription.Route;
import dev.stipend.support.http.Requests.Answer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// A workspace with one of everything that can be created by the API: each collection that takes a
/// `POST` is given the example of its body.
///
/// @param slug its name, which is in the name of everything in it
/// @param key its admin key
/// @param ids the id of the thing in each collection, by the collection's path
public record Inhabitant(String slug, Map<String, String> key, Map<String, String> ids) {
  /// Settles in a workspace of its own.
  public static Inhabitant settle(Stipend stipend, ApiDescription api, String slug) {
    Inhabitant tenant =
        new Inhabitant(slug, Map.of("x-api-key", "admin-key-of-" + slug), new LinkedHashMap<>());
    stipend.database.execute(
        """
        INSERT INTO stipend.workspaces (slug, name, currency, time_zone)
        VALUES ('%s', 'test', 'USD', 'UTC')
        ON CONFLICT DO NOTHING
        """
            .formatted(slug));
    stipend.database.execute(
        """
        INSERT INTO stipend.api_keys (workspace_id, name, prefix, key_hash, role)
        SELECT id, 'test %s', 'key', sha256('admin-key-of-%s'), 'admin' FROM stipend.workspaces WHERE slug = '%s'
        ON CONFLICT (key_hash) DO UPDATE SET revoked_at = NULL
        """
            .formatted(slug, slug, slug));
    api.routes().stream()
        .filter(route -> route.method().equals("POST") && !route.hasId())
        .forEach(route -> tenant.create(stipend, api, route));
    api.routes().stream()
        .filter(Route::isPutting)
        .forEach(route -> tenant.put(stipend, api, route));
    tenant.spend(stipend, "96 %", "240");
    tenant.adopt(stipend, api);
    return tenant;
  }

  private void create(Stipend stipend, ApiDescription api, Route route) {
    api.example(route)
        .ifPresent(
            body -> {
              Answer answer =
                  stipend.api("POST", route.path(), Json.write(own(stipend, body)), key);
              if (answer.status() / 100 != 2) {
                throw new IllegalStateException(
                    route + " refuses its own example: " + answer.body());
              }
              if (answer.status() == 201 && answer.json().get("id") instanceof String id) {
                ids.put(route.path(), id);
              }
            });
  }

  private void put(Stipend stipend, ApiDescription api, Route route) {
    String id = UUID.nameUUIDFromBytes(slug.getBytes(StandardCharsets.UTF_8)).toString();
    String body = Json.write(own(stipend, api.example(route).orElseThrow()));
    Answer answer = stipend.api("PUT", route.path().replace("{id}", id), body, key);
    if (answer.status() != 200) {
      throw new IllegalStateException(route + " refuses its own example: " + answer.body());
    }
    ids.put(route.collection(), id);
  }

  /// The body with this workspace's own ids and names, at the test's time.
  public Map<String, Object> own(Stipend stipend, Map<String, Object> body) {
    body.replaceAll(
        (name, value) ->
            switch (name) {
              case "name", "reason", "comment" -> slug + " " + value;
              case "until" -> stipend.clock.instant().plusSeconds(3_600).toString();
              case "occurredAt" -> stipend.clock.instant().toString();
              case "urlSecret" -> new WatchedHost(stipend).secretOf(slug);
              case "budgetId" -> ids.getOrDefault("/api/budgets", String.valueOf(value));
              case "channelId" -> ids.getOrDefault("/api/channels", String.valueOf(value));
              case "channels" -> List.of(ids.getOrDefault("/api/channels", String.valueOf(value)));
              case "events" ->
                  ((List<?>) value)
                      .stream().map(each -> own(stipend, Json.copy((Map<?, ?>) each))).toList();
              default -> value;
            });
    return body;
  }

  /// Records spend of the example budget's agent, so that it raises an alert.
  private void spend(Stipend stipend, String event, String cost) {
    stipend.api(
        "POST",
        "/api/usage",
        Usage.costing(slug + " " + event, stipend.clock.instant(), cost)
            .replace("\"a1\"", "\"researcher\"")
            .replace("\"u1\"", "\"user of " + slug + "\""),
        key);
  }

  /// Takes up what came into being by itself, such as alerts.
  private void adopt(Stipend stipend, ApiDescription api) {
    api.routes().stream()
        .filter(Route::hasId)
        .map(Route::collection)
        .distinct()
        .filter(collection -> api.route("GET", collection).isPresent())
        .filter(collection -> !ids.containsKey(collection))
        .forEach(
            collection ->
                stipend.api("GET", collection, "", key).items().stream()
                    .findFirst()
                    .ifPresent(
                        item -> ids.put(collection, String.valueOf(((Map<?, ?>) item).get("id")))));
  }
}
