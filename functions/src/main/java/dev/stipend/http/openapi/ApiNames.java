package dev.stipend.http.openapi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The names by which generated clients call operations and schemas: `getAlert`, `increaseBudget`,
/// `AlertPage`. The build takes them from methods and classes, which are named for who reads code.
final class ApiNames {
  private static final String SCHEMAS = "#/components/schemas/";
  private static final Pattern PAGE = Pattern.compile("Page_(.+)_");

  /// Operations whose path does not say what they do.
  private static final Map<String, String> OWN =
      Map.ofEntries(
          Map.entry("DELETE /api/budgets/{id}", "archiveBudget"),
          Map.entry("DELETE /api/keys/{id}", "revokeKey"),
          Map.entry("GET /api/audit", "listAuditEntries"),
          Map.entry("GET /api/usage/unpriced", "listUnpricedUsage"),
          Map.entry("GET /docs", "getDocs"),
          Map.entry("GET /openapi.yaml", "getOpenapi"),
          Map.entry("POST /api/prices", "addPrices"),
          Map.entry("POST /api/prices/import", "importPrices"),
          Map.entry("POST /api/reservations", "reserve"),
          Map.entry("POST /api/usage", "recordUsage"),
          Map.entry("POST /api/usage/unpriced/assign", "assignUnpricedUsage"),
          Map.entry("POST /v1/traces", "exportTraces"));

  private ApiNames() {}

  /// The name of an operation, which no other has.
  static String ofOperation(String method, String path) {
    String known = OWN.get(method.toUpperCase(Locale.ROOT) + " " + path);
    if (known != null) {
      return known;
    }
    List<String> parts = Arrays.stream(path.split("/")).filter(part -> !part.isEmpty()).toList();
    String last = parts.getLast();
    String before = parts.get(parts.size() - 2);
    if (last.startsWith("{")) {
      return verb(method) + capital(singular(before));
    }
    String owner = before.startsWith("{") ? parts.get(parts.size() - 3) : before;
    boolean isTop = owner.equals("api");
    if (method.equals("get")) {
      if (isTop) {
        return (last.endsWith("s") ? "list" : "get") + capital(last);
      }
      return (last.endsWith("s") ? "list" : "get") + capital(singular(owner)) + capital(last);
    }
    return isTop ? verb(method) + capital(singular(last)) : last + capital(singular(owner));
  }

  private static String verb(String method) {
    return switch (method) {
      case "post" -> "create";
      case "patch" -> "update";
      default -> method;
    };
  }

  private static String singular(String plural) {
    return plural.replaceFirst("ies$", "y").replaceFirst("(?<=[^aeiou]e|[^se])s$", "");
  }

  private static String capital(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }

  /// The name of a schema without the marks that classes inside of others have.
  static String ofSchema(String built) {
    return PAGE.matcher(built)
        .replaceFirst("$1Page")
        .replaceFirst("^(\\w+)Controller\\.(\\1)?", "$1")
        .replace("Response.", "")
        .replaceAll("[._]", "");
  }

  /// Calls every schema by its name, wherever it is referred to.
  static void ofSchemas(DocumentNode root) {
    Map<String, Object> schemas = root.at("components").at("schemas").values();
    Map<String, Object> named =
        schemas.entrySet().stream()
            .collect(
                Collectors.toMap(
                    each -> ofSchema(each.getKey()),
                    Map.Entry::getValue,
                    (one, other) -> {
                      throw new IllegalStateException("Two schemas have one name");
                    },
                    LinkedHashMap::new));
    schemas.clear();
    schemas.putAll(named);
    root.values().replaceAll((name, value) -> referring(value));
  }

  private static Object referring(Object part) {
    return switch (part) {
      case Map<?, ?> members -> {
        Map<String, Object> renamed = new LinkedHashMap<>();
        members.forEach(
            (name, value) ->
                renamed.put(
                    String.valueOf(name),
                    name.equals("$ref") && String.valueOf(value).startsWith(SCHEMAS)
                        ? SCHEMAS + ofSchema(String.valueOf(value).substring(SCHEMAS.length()))
                        : referring(value)));
        yield renamed;
      }
      case List<?> elements -> {
        List<Object> renamed = new ArrayList<>();
        elements.forEach(each -> renamed.add(referring(each)));
        yield renamed;
      }
      default -> part;
    };
  }
}
