package dev.stipend.http.openapi;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Lists the fields of a schema as people read them: one line for each, those of inner objects by
/// their path.
final class SchemaFields {
  private static final int DEEPEST = 4;
  private static final String REF = "$ref";

  private final DocumentNode schemas;
  private final List<Field> found = new ArrayList<>();

  /// A field.
  ///
  /// @param name its path, such as `thresholds[].percent`
  /// @param form what it may hold
  /// @param required whether it is always there
  /// @param description what it means
  record Field(String name, String form, boolean required, String description) {}

  private SchemaFields(DocumentNode root) {
    this.schemas = root.at("components").at("schemas");
  }

  static List<Field> of(DocumentNode root, DocumentNode schema) {
    SchemaFields fields = new SchemaFields(root);
    fields.add("", schema, 0);
    return fields.found;
  }

  /// A parameter, or what it refers to.
  static Field parameter(DocumentNode root, DocumentNode parameter) {
    DocumentNode real =
        parameter
            .text(REF)
            .map(ref -> root.at("components").at("parameters").at(nameOf(ref)))
            .orElse(parameter);
    return new Field(
        real.text("name").orElse(""),
        real.text("in").orElse("") + ", " + new SchemaFields(root).form(real.at("schema")),
        real.text("required").filter("true"::equals).isPresent(),
        real.text("description").orElse(""));
  }

  private void add(String path, DocumentNode schema, int depth) {
    DocumentNode real = resolved(schema);
    if (depth > DEEPEST) {
      return;
    }
    if (isList(real)) {
      add(path + "[]", real.at("items"), depth);
    }
    real.at("properties")
        .each(
            property -> {
              String name = (path.isEmpty() ? "" : path + ".") + property.getKey();
              DocumentNode value = property.getValue();
              found.add(
                  new Field(
                      name,
                      form(value),
                      real.list("required").contains(property.getKey()),
                      value
                          .text("description")
                          .or(() -> resolved(value).text("description"))
                          .orElse("")));
              add(name, value, depth + 1);
              return name;
            });
  }

  private String form(DocumentNode schema) {
    DocumentNode real = resolved(schema);
    if (isList(real)) {
      return "list of " + form(real.at("items"));
    }
    if (!real.list("enum").isEmpty()) {
      return real.list("enum").stream().map(String::valueOf).collect(Collectors.joining(" | "));
    }
    if (!real.list("oneOf").isEmpty()) {
      return real.list("oneOf").stream()
          .map(each -> form(DocumentNode.of(each)))
          .collect(Collectors.joining(" or "));
    }
    return real.text("format")
        .filter(format -> !format.startsWith("int"))
        .or(() -> real.text("type"))
        .orElse("anything");
  }

  /// The schema itself: behind references, and behind the one-element `allOf` in which the build
  /// wraps a reference that has a description of its own.
  private DocumentNode resolved(DocumentNode schema) {
    Optional<String> ref = schema.text(REF);
    if (ref.isPresent()) {
      return resolved(schemas.at(nameOf(ref.get())));
    }
    return schema.list("allOf").isEmpty()
        ? schema
        : resolved(DocumentNode.of(schema.list("allOf").getFirst()));
  }

  private static boolean isList(DocumentNode schema) {
    return schema.text("type").filter("array"::equals).isPresent();
  }

  static String nameOf(String ref) {
    return ref.substring(ref.lastIndexOf('/') + 1);
  }
}
