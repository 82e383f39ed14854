package dev.stipend.http.openapi;

import dev.stipend.http.ApiKeyFilter;
import dev.stipend.http.Problem;
import dev.stipend.http.ProblemKind;
import io.micronaut.core.beans.BeanIntrospection;
import io.micronaut.core.beans.BeanIntrospector;
import io.micronaut.core.beans.BeanProperty;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Adds to the description what holds for every operation, so that no controller has to repeat it:
/// which problems it answers with, that parameters of a query may be left out, and that a field
/// which may be absent is not required.
final class ApiPromises {
  private static final Set<Class<?>> OPTIONAL = Set.of(Optional.class, OptionalLong.class);
  private static final String COMPONENTS = "#/components/";

  private final DocumentNode root;

  private ApiPromises(DocumentNode root) {
    this.root = root;
  }

  static DocumentNode added(DocumentNode root) {
    ApiPromises promises = new ApiPromises(root);
    clean(root.values());
    promises.addProblems();
    promises.allowAbsence();
    ApiNames.ofSchemas(root);
    root.at("paths")
        .values()
        .forEach(
            (path, item) ->
                DocumentNode.of(item)
                    .values()
                    .forEach(
                        (method, operation) ->
                            promises.promise(path, method, DocumentNode.of(operation))));
    return root;
  }

  /// The build escapes what comments mark as code, and describes an answer that nobody described by
  /// the name of a method.
  private static void clean(Object part) {
    switch (part) {
      case Map<?, ?> ignored -> {
        Map<String, Object> members = DocumentNode.of(part).values();
        members.replaceAll(
            (name, value) ->
                (name.equals("description") || name.equals("summary"))
                        && value instanceof String text
                    ? text.replaceAll("\\\\([`*_])", "$1")
                        .replaceFirst("^\\w+ \\d+ response$", "The answer")
                    : value);
        members.values().forEach(ApiPromises::clean);
      }
      case List<?> elements -> elements.forEach(ApiPromises::clean);
      default -> {
        // Only objects have descriptions.
      }
    }
  }

  private void addProblems() {
    DocumentNode responses = root.in("components").in("responses");
    for (ProblemKind kind : ProblemKind.values()) {
      Map<String, Object> media = new LinkedHashMap<>();
      media.put("schema", Map.of("$ref", COMPONENTS + "schemas/Problem"));
      media.put("example", example(kind));
      Map<String, Object> response = new LinkedHashMap<>();
      response.put("description", kind.title());
      response.put("content", Map.of(Problem.MEDIA_TYPE, media));
      responses.values().put(kind.label(), response);
    }
  }

  private static Map<String, Object> example(ProblemKind kind) {
    Map<String, Object> example = new LinkedHashMap<>();
    example.put("type", kind.type());
    example.put("title", kind.title());
    example.put("status", kind.code());
    example.put("detail", "What happened this time, and what to do.");
    example.put("errors", List.of());
    return example;
  }

  /// The build takes every component of a record for required, because it cannot be null.
  private void allowAbsence() {
    Map<String, BeanIntrospection<?>> types = new HashMap<>();
    for (BeanIntrospection<?> type : BeanIntrospector.SHARED.findIntrospections(found -> true)) {
      types.put(type.getBeanType().getName().replaceFirst(".*\\.", "").replace('$', '.'), type);
    }
    // A page of something is called `Page_Something_`.
    root.at("components")
        .at("schemas")
        .values()
        .forEach(
            (name, schema) ->
                allowAbsence(DocumentNode.of(schema), types.get(name.replaceFirst("_.*", ""))));
  }

  private static void allowAbsence(DocumentNode schema, @Nullable BeanIntrospection<?> type) {
    List<?> required = schema.list("required");
    List<?> present =
        required.stream()
            .filter(field -> type == null || !isOptional(type, String.valueOf(field)))
            .toList();
    if (present.size() < required.size()) {
      schema.values().put("required", new ArrayList<>(present));
    }
  }

  private static boolean isOptional(BeanIntrospection<?> type, String field) {
    return type.getProperty(field)
        .map(BeanProperty::asArgument)
        .filter(argument -> OPTIONAL.contains(argument.getType()))
        .isPresent();
  }

  private void promise(String path, String method, DocumentNode operation) {
    boolean open = ApiKeyFilter.OPEN.contains(path);
    boolean takesBody = !operation.at("requestBody").isEmpty();
    if (open) {
      operation.values().put("security", List.of());
    }
    operation.values().put("operationId", ApiNames.ofOperation(method, path));
    List<Object> parameters =
        operation.list("parameters").stream()
            .map(each -> parameter(DocumentNode.of(each)))
            .toList();
    if (!parameters.isEmpty()) {
      operation.values().put("parameters", parameters);
    }
    if (!open) {
      answers(operation, ProblemKind.INVALID_REQUEST);
      answers(operation, ProblemKind.UNAUTHENTICATED);
      answers(operation, ProblemKind.FORBIDDEN);
      answers(operation, ProblemKind.NOT_ACCEPTABLE);
      if (path.contains("{")) {
        answers(operation, ProblemKind.NOT_FOUND);
      }
      if (takes(operation, "IdempotencyKey")) {
        answers(operation, ProblemKind.KEY_REUSED);
      }
      if (takes(operation, "IfMatch")) {
        answers(operation, ProblemKind.PRECONDITION_FAILED);
      }
      if (takesBody) {
        answers(operation, ProblemKind.TOO_LARGE);
        answers(operation, ProblemKind.UNSUPPORTED_MEDIA_TYPE);
      }
      answers(operation, ProblemKind.INTERNAL);
      answers(operation, ProblemKind.UNAVAILABLE);
    }
  }

  /// A parameter of a query may be left out. One that says nothing of itself and is named as one
  /// that many operations take is that one.
  private Object parameter(DocumentNode parameter) {
    String name = parameter.text("name").orElse("");
    Optional<String> shared =
        shared().entrySet().stream()
            .filter(each -> parameter.text("description").isEmpty())
            .filter(each -> each.getValue().equals(name))
            .map(Map.Entry::getKey)
            .findFirst();
    if (shared.isPresent()) {
      return Map.of("$ref", COMPONENTS + "parameters/" + shared.get());
    }
    if (parameter.text("in").filter("query"::equals).isPresent()) {
      parameter.values().put("required", false);
      parameter.values().remove("explode");
    }
    return parameter.values();
  }

  /// The names of the parameters that many operations take.
  private Map<String, String> shared() {
    Map<String, String> names = new LinkedHashMap<>();
    root.at("components")
        .at("parameters")
        .each(each -> names.put(each.getKey(), each.getValue().text("name").orElse("")));
    return names;
  }

  private static boolean takes(DocumentNode operation, String parameter) {
    return operation.list("parameters").stream()
        .anyMatch(
            each ->
                DocumentNode.of(each)
                    .text("$ref")
                    .filter(ref -> ref.endsWith("/" + parameter))
                    .isPresent());
  }

  private static void answers(DocumentNode operation, ProblemKind kind) {
    operation
        .in("responses")
        .values()
        .putIfAbsent(
            Integer.toString(kind.code()),
            Map.of("$ref", COMPONENTS + "responses/" + kind.label()));
  }
}
