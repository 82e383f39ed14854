package dev.stipend.support.http;

import dev.stipend.support.Stipend;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// The API's own description, as a client reads it: what tests over all routes go by.
///
/// @param root the document
public record ApiDescription(Map<?, ?> root) {
  /// A path with a method.
  ///
  /// @param path with its variables in braces
  /// @param operation what the document says of it
  public record Route(String method, String path, Map<?, ?> operation) {
    public boolean isReading() {
      return method.equals("GET");
    }

    /// Whether it is about one thing of a workspace.
    public boolean hasId() {
      return path.contains("{id}");
    }

    /// Whether it puts a thing under an id that its caller chooses, so that no id is unknown.
    public boolean isPutting() {
      return method.equals("PUT");
    }

    /// Whether its path holds what its caller chooses.
    public boolean hasPart() {
      return path.contains("{");
    }

    /// The path of the list in which the thing of this route is: `/api/budgets` of
    /// `/api/budgets/{id}/usage`.
    public String collection() {
      return path.replaceFirst("/[{].*", "");
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  public static ApiDescription of(Stipend stipend) {
    return parse(stipend.api("GET", "/openapi.yaml", "", Map.of()).body());
  }

  public static ApiDescription parse(String yaml) {
    Object read = new Load(LoadSettings.builder().build()).loadFromString(yaml);
    return new ApiDescription((Map<?, ?>) Objects.requireNonNull(read));
  }

  public List<Route> routes() {
    return map(root, "paths").entrySet().stream()
        .flatMap(
            path ->
                ((Map<?, ?>) path.getValue())
                    .entrySet().stream()
                        .map(
                            method ->
                                new Route(
                                    String.valueOf(method.getKey()).toUpperCase(Locale.ROOT),
                                    String.valueOf(path.getKey()),
                                    (Map<?, ?>) method.getValue())))
        .toList();
  }

  public Optional<Route> route(String method, String path) {
    return routes().stream()
        .filter(route -> route.method().equals(method) && route.path().equals(path))
        .findFirst();
  }

  /// The parameters of a route that are `in` there.
  public List<Map<?, ?>> parameters(Route route, String in) {
    return list(route.operation(), "parameters").stream()
        .<Map<?, ?>>map(each -> resolved((Map<?, ?>) each))
        .filter(each -> in.equals(each.get("in")))
        .toList();
  }

  /// The schema of a route's body; empty where it takes none.
  public Map<?, ?> body(Route route) {
    return resolved(bodyReference(route));
  }

  /// The name of the schema of a route's body.
  public Optional<String> bodyName(Route route) {
    return Optional.ofNullable(bodyReference(route).get("$ref"))
        .map(ref -> String.valueOf(ref).replaceFirst(".*/", ""));
  }

  private static Map<?, ?> bodyReference(Route route) {
    return map(
        map(map(map(route.operation(), "requestBody"), "content"), "application/json"), "schema");
  }

  /// The example of a route's body, to be changed at will; empty where it takes none.
  public Optional<Map<String, Object>> example(Route route) {
    return Optional.ofNullable(body(route).get("example"))
        .map(example -> Json.copy((Map<?, ?>) example));
  }

  /// What is behind references, and behind the `allOf` of one with a description of its own.
  public Map<?, ?> resolved(Map<?, ?> schema) {
    if (schema.get("$ref") instanceof String ref) {
      Map<?, ?> found = root;
      for (String part : ref.substring(2).split("/", -1)) {
        found = map(found, part);
      }
      return resolved(found);
    }
    List<?> all = list(schema, "allOf");
    return all.isEmpty() ? schema : resolved((Map<?, ?>) all.getFirst());
  }

  public static Map<?, ?> map(Map<?, ?> of, String name) {
    return of.get(name) instanceof Map<?, ?> map ? map : new LinkedHashMap<>();
  }

  public static List<?> list(Map<?, ?> of, String name) {
    return of.get(name) instanceof List<?> list ? list : List.of();
  }
}
