package dev.stipend.http.openapi;

import dev.stipend.http.Problem;
import dev.stipend.http.openapi.SchemaFields.Field;
import dev.stipend.platform.json.JsonText;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.TemplateOutput;
import gg.jte.output.StringOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The description of the API as one page for people.
///
/// @param title the name of the API
/// @param paragraphs what holds for all of it
/// @param authentication how to prove who calls
/// @param sections its operations by their tag
/// @param problems every kind of problem, by its status
public record ApiPage(
    String title,
    List<String> paragraphs,
    String authentication,
    List<Section> sections,
    List<Answer> problems) {
  private static final TemplateEngine TEMPLATES =
      TemplateEngine.createPrecompiled(null, ContentType.Html, null, "dev.stipend.http.template");

  /// The operations of one tag.
  public record Section(String name, String description, List<Operation> operations) {
    /// What links to it end with.
    public String id() {
      return name.toLowerCase(Locale.ROOT).replace(' ', '-');
    }
  }

  /// An operation.
  ///
  /// @param description more than its summary; empty if there is no more
  /// @param curl a call to copy
  public record Operation(
      String id,
      String method,
      String path,
      String summary,
      String description,
      List<Line> parameters,
      List<Line> body,
      List<Answer> answers,
      String curl) {}

  /// A parameter or a field.
  public record Line(String name, String form, boolean required, String description) {
    static List<Line> all(List<Field> fields) {
      return fields.stream()
          .map(each -> new Line(each.name(), each.form(), each.required(), each.description()))
          .toList();
    }
  }

  /// An answer.
  ///
  /// @param example as JSON; empty where there is none
  public record Answer(String status, String description, List<Line> fields, String example) {}

  String html() {
    TemplateOutput output = new StringOutput();
    TEMPLATES.render("api.jte", this, output);
    return output.toString();
  }

  /// @param json writes the examples
  static ApiPage of(DocumentNode root, JsonText json) {
    Map<String, List<Operation>> byTag = new TreeMap<>();
    root.at("paths")
        .each(
            path ->
                path.getValue()
                    .each(
                        method ->
                            byTag
                                .computeIfAbsent(tag(method.getValue()), first -> new ArrayList<>())
                                .add(
                                    operation(
                                        root,
                                        json,
                                        path.getKey(),
                                        method.getKey(),
                                        method.getValue()))));
    List<Section> sections =
        root.list("tags").stream()
            .map(DocumentNode::of)
            .map(
                tag ->
                    new Section(
                        tag.text("name").orElse(""),
                        tag.text("description").orElse(""),
                        byTag.getOrDefault(tag.text("name").orElse(""), List.of())))
            .toList();
    return new ApiPage(
        root.at("info").text("title").orElse(""),
        List.of(root.at("info").text("description").orElse("").split("\n\n")),
        root.at("components").at("securitySchemes").at("ApiKey").text("description").orElse(""),
        sections,
        problems(root));
  }

  private static String tag(DocumentNode operation) {
    return operation.list("tags").stream().map(String::valueOf).findFirst().orElse("");
  }

  private static Operation operation(
      DocumentNode root, JsonText json, String path, String method, DocumentNode operation) {
    DocumentNode media = operation.at("requestBody").at("content").at("application/json");
    DocumentNode schema = media.at("schema");
    String summary = operation.text("summary").orElse("");
    return new Operation(
        operation.text("operationId").orElse(""),
        method.toUpperCase(Locale.ROOT),
        path,
        summary,
        operation.text("description").filter(text -> !text.equals(summary)).orElse(""),
        operation.list("parameters").stream()
            .map(each -> SchemaFields.parameter(root, DocumentNode.of(each)))
            .map(field -> Line.all(List.of(field)).getFirst())
            .toList(),
        Line.all(SchemaFields.of(root, schema)),
        operation.at("responses").each(answer -> answer(root, json, answer)),
        curl(path, method, operation, example(root, json, schema)));
  }

  private static Answer answer(
      DocumentNode root, JsonText json, Map.Entry<String, DocumentNode> answer) {

    DocumentNode response =
        answer
            .getValue()
            .text("$ref")
            .map(ref -> root.at("components").at("responses").at(SchemaFields.nameOf(ref)))
            .orElse(answer.getValue());
    DocumentNode media =
        response
            .at("content")
            .at(answer.getKey().startsWith("2") ? "application/json" : Problem.MEDIA_TYPE);
    return new Answer(
        answer.getKey(),
        response.text("description").orElse(""),
        Line.all(SchemaFields.of(root, response.at("content").at("application/json").at("schema"))),
        Optional.ofNullable(media.values().get("example"))
            .filter(example -> !answer.getValue().values().containsKey("$ref"))
            .map(json::write)
            .orElse(""));
  }

  private static List<Answer> problems(DocumentNode root) {
    return root.at("components")
        .at("responses")
        .each(
            kind -> {
              DocumentNode example =
                  kind.getValue().at("content").at(Problem.MEDIA_TYPE).at("example");
              return new Answer(
                  example.text("status").orElse(""),
                  example.text("title").orElse("") + ": " + example.text("type").orElse(""),
                  List.of(),
                  "");
            });
  }

  private static String curl(
      String path, String method, DocumentNode operation, Optional<String> example) {
    StringBuilder curl = new StringBuilder("curl");
    if (!method.equals("get")) {
      curl.append(" -X ").append(method.toUpperCase(Locale.ROOT));
    }
    curl.append(" \"$STIPEND_URL").append(path.replaceAll("[{](\\w+)[}]", "\\$$1")).append('"');
    if (operation.values().get("security") == null) {
      curl.append(" \\\n  -H \"X-API-Key: $STIPEND_KEY\"");
    }
    example.ifPresent(
        body ->
            curl.append(" \\\n  -H 'Content-Type: application/json' \\\n  -d '")
                .append(body)
                .append('\''));
    return curl.toString();
  }

  private static Optional<String> example(DocumentNode root, JsonText json, DocumentNode schema) {
    return schema
        .text("$ref")
        .map(ref -> root.at("components").at("schemas").at(SchemaFields.nameOf(ref)))
        .map(body -> body.values().get("example"))
        .map(json::write);
  }
}
