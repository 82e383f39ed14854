package dev.stipend.http.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.http.Problem;
import dev.stipend.http.ProblemKind;
import io.micronaut.core.beans.BeanIntrospection;
import io.micronaut.core.beans.BeanIntrospector;
import io.micronaut.core.beans.BeanProperty;
import io.micronaut.core.io.scan.DefaultClassPathResourceLoader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The contract says what the types of answers hold, and which problems there are.
class ContractTest {
  private static final Set<Class<?>> OPTIONAL =
      Set.of(Optional.class, OptionalInt.class, OptionalLong.class);

  private final DocumentNode root =
      new ApiDocument(new DefaultClassPathResourceLoader(ContractTest.class.getClassLoader()))
          .root();

  /// The types of answers by the names that their schemas have.
  private static Map<String, BeanIntrospection<?>> types() {
    Map<String, BeanIntrospection<?>> types = new HashMap<>();
    for (BeanIntrospection<?> type : BeanIntrospector.SHARED.findIntrospections(found -> true)) {
      if (type.getBeanType().getName().startsWith("dev.stipend.")) {
        types.merge(
            schemaOf(type.getBeanType().getName()),
            type,
            (one, other) -> one.getBeanType().getName().contains(".http.") ? one : other);
      }
    }
    return types;
  }

  /// `PriceController$Imported` is `PriceImported`, `BudgetResponse$Line` is `BudgetLine`, and what
  /// is called a response has that name wherever it stands.
  private static String schemaOf(String type) {
    return type.replaceFirst(".*\\.", "")
        .replaceFirst("^\\w+\\$(\\w+Response)$", "$1")
        .replaceFirst("^(\\w+)Controller\\$(\\1)?", "$1")
        .replace("Response$", "")
        .replace("$", "");
  }

  @TestFactory
  Stream<DynamicTest> eachAnswerHasTheFieldsOfItsType() {
    Map<String, BeanIntrospection<?>> types = types();
    DocumentNode schemas = root.at("components").at("schemas");
    List<String> described = schemas.values().keySet().stream().filter(types::containsKey).toList();
    assertThat(described).hasSizeGreaterThan(40).contains("AlertResponse", "Health", "BudgetLine");
    return described.stream()
        .filter(name -> !schemas.at(name).at("properties").isEmpty())
        .map(
            name ->
                DynamicTest.dynamicTest(
                    name,
                    () -> hasFieldsOf(schemas.at(name), Objects.requireNonNull(types.get(name)))));
  }

  private static void hasFieldsOf(DocumentNode schema, BeanIntrospection<?> type) {
    List<String> fields = type.getBeanProperties().stream().map(BeanProperty::getName).toList();
    assertThat(schema.at("properties").values().keySet())
        .containsExactlyInAnyOrderElementsOf(fields);
    assertThat(schema.list("required").stream().map(String::valueOf))
        .isSubsetOf(fields)
        .noneMatch(
            name ->
                type.getProperty(name)
                    .filter(field -> OPTIONAL.contains(field.getType()))
                    .isPresent());
  }

  @Test
  void eachKindOfProblemIsDescribed() {
    DocumentNode responses = root.at("components").at("responses");
    assertThat(responses.values().keySet())
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(ProblemKind.values()).map(ProblemKind::label).toList());
    for (ProblemKind kind : ProblemKind.values()) {
      DocumentNode described = responses.at(kind.label());
      DocumentNode example = described.at("content").at(Problem.MEDIA_TYPE).at("example");
      assertThat(described.text("description")).contains(kind.title());
      assertThat(example.text("type")).contains(kind.type().toString());
      assertThat(example.text("title")).contains(kind.title());
      assertThat(example.text("status")).contains(Integer.toString(kind.code()));
    }
  }

  /// What any operation may answer with that needs a key.
  @Test
  void eachOperationNamesTheProblemsThatItMayAnswerWith() {
    root.at("paths")
        .each(
            path ->
                path.getValue()
                    .each(
                        operation -> {
                          Set<String> answers =
                              operation.getValue().at("responses").values().keySet();
                          String what = operation.getKey() + " " + path.getKey();
                          if (operation.getValue().values().get("security") == null) {
                            assertThat(answers)
                                .as(what)
                                .contains("400", "401", "403", "406", "500", "503");
                          }
                          if (path.getKey().contains("{")) {
                            assertThat(answers).as(what).contains("404");
                          }
                          if (operation.getValue().values().containsKey("requestBody")
                              && path.getKey().startsWith("/api")) {
                            assertThat(answers).as(what).contains("413", "415");
                          }
                          return what;
                        }));
  }

  @Test
  void eachPropertyAndParameterIsDescribedAndTyped() {
    root.at("components")
        .at("schemas")
        .each(
            schema ->
                schema
                    .getValue()
                    .at("properties")
                    .each(
                        property -> {
                          assertThat(property.getValue().text("description"))
                              .as("%s.%s", schema.getKey(), property.getKey())
                              .isPresent();
                          return property;
                        }));
    root
        .at("paths")
        .each(path -> path.getValue().each(operation -> operation.getValue().list("parameters")))
        .stream()
        .flatMap(List::stream)
        .flatMap(List::stream)
        .map(DocumentNode::of)
        .filter(parameter -> parameter.text("in").isPresent())
        .forEach(
            parameter ->
                assertThat(parameter.at("schema").text("type"))
                    .as("%s", parameter.values())
                    .hasValueSatisfying(
                        type -> assertThat(type).isIn("string", "integer", "boolean", "array")));
  }

  @Test
  void examplesOfAnswersHaveTheFieldsOfTheirSchemas() {
    List<String> shown = new ArrayList<>();
    root
        .at("paths")
        .each(path -> path.getValue().each(operation -> operation.getValue().at("responses")))
        .stream()
        .flatMap(List::stream)
        .flatMap(answers -> answers.each(answer -> answer.getValue().at("content")).stream())
        .flatMap(content -> content.each(Map.Entry::getValue).stream())
        .filter(media -> media.values().containsKey("example"))
        .forEach(
            media -> {
              DocumentNode schema = resolved(media.at("schema"));
              Set<String> fields = media.at("example").values().keySet();
              assertThat(schema.at("properties").values().keySet()).containsAll(fields);
              assertThat(fields)
                  .containsAll(schema.list("required").stream().map(String::valueOf).toList());
              shown.add(String.valueOf(fields));
            });
    assertThat(shown).hasSizeGreaterThan(20);
  }

  private DocumentNode resolved(DocumentNode schema) {
    return schema
        .text("$ref")
        .map(ref -> root.at("components").at("schemas").at(SchemaFields.nameOf(ref)))
        .orElse(schema);
  }

  @ParameterizedTest
  @CsvSource({
    "AlertResponse, state, dev.stipend.alert.AlertState",
    "AlertResponse, severity, dev.stipend.budget.Severity",
    "AlertResponse, type, dev.stipend.alert.AlertType",
    "BudgetLine, kind, dev.stipend.budget.ThresholdKind",
    "ChannelResponse, kind, dev.stipend.notification.channel.ChannelKind",
    "DeliveryRecord, status, dev.stipend.notification.delivery.DeliveryStatus",
    "KeyResponse, role, dev.stipend.tenant.Role",
    "ReservationResponse, state, dev.stipend.enforcement.ReservationStanding"
  })
  void closedValuesAreThoseOfTheCode(String schema, String property, Class<?> values) {
    assertThat(
            root
                .at("components")
                .at("schemas")
                .at(schema)
                .at("properties")
                .at(property)
                .list("enum")
                .stream()
                .map(value -> String.valueOf(value).toUpperCase(Locale.ROOT)))
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(values.getEnumConstants()).map(String::valueOf).toList());
  }
}
