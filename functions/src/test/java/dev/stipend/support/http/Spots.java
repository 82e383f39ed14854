package dev.stipend.support.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The places in a body where a described field is.
public final class Spots {
  private final ApiDescription api;
  private final List<Spot> found = new ArrayList<>();

  private Spots(ApiDescription api) {
    this.api = api;
  }

  /// A field.
  ///
  /// @param path the names and indexes that lead there
  /// @param schema what it may hold
  /// @param required whether it must be there
  public record Spot(List<Object> path, Map<?, ?> schema, boolean required) {
    /// As an error names it, such as `thresholds[0].percent`.
    public String name() {
      StringBuilder name = new StringBuilder();
      path.forEach(
          step ->
              name.append(
                  step instanceof Integer index
                      ? "[" + index + "]"
                      : (name.isEmpty() ? "" : ".") + step));
      return name.toString();
    }

    public String lastName() {
      return String.valueOf(path.getLast());
    }

    public String type() {
      return String.valueOf(schema.get("type"));
    }

    /// The body with something else here. What leads here is added where it is missing.
    public Map<String, Object> with(Map<String, Object> body, Object value) {
      return changed(body, value, false);
    }

    /// The body without this.
    public Map<String, Object> without(Map<String, Object> body) {
      return changed(body, "", true);
    }

    private Map<String, Object> changed(Map<String, Object> body, Object value, boolean remove) {
      Map<String, Object> copy = Json.copy(body);
      Map<String, Object> at = copy;
      for (int i = 0; i + 1 < path.size(); i++) {
        String name = String.valueOf(path.get(i));
        if (path.get(i + 1) instanceof Integer) {
          List<Object> list = new ArrayList<>();
          list.add(
              at.get(name) instanceof List<?> given
                      && !given.isEmpty()
                      && given.getFirst() instanceof Map<?, ?> first
                  ? Json.copy(first)
                  : new LinkedHashMap<>());
          at.put(name, list);
          at = inner(list.getFirst());
          i++;
        } else {
          Map<String, Object> next =
              at.get(name) instanceof Map<?, ?> given ? Json.copy(given) : new LinkedHashMap<>();
          at.put(name, next);
          at = next;
        }
      }
      if (remove) {
        at.remove(lastName());
      } else {
        at.put(lastName(), value);
      }
      return copy;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> inner(Object value) {
      return (Map<String, Object>) value;
    }
  }

  public static List<Spot> of(ApiDescription api, Map<?, ?> body) {
    Spots spots = new Spots(api);
    spots.add(List.of(), body);
    return spots.found;
  }

  private void add(List<Object> path, Map<?, ?> schema) {
    ApiDescription.map(schema, "properties")
        .forEach(
            (name, value) -> {
              List<Object> here = new ArrayList<>(path);
              here.add(name);
              Map<?, ?> field = api.resolved((Map<?, ?>) value);
              found.add(
                  new Spot(here, field, ApiDescription.list(schema, "required").contains(name)));
              if ("array".equals(field.get("type"))) {
                List<Object> first = new ArrayList<>(here);
                first.add(0);
                add(first, api.resolved(ApiDescription.map(field, "items")));
              } else {
                add(here, field);
              }
            });
  }
}
