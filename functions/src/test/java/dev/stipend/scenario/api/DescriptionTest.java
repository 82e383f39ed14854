package dev.stipend.scenario.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.http.ApiDescription;
import dev.stipend.support.http.ApiDescription.Route;
import dev.stipend.support.http.Inhabitant;
import dev.stipend.support.http.Requests.Answer;
import io.micronaut.http.HttpMethod;
import io.micronaut.web.router.Router;
import io.micronaut.web.router.UriRouteInfo;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The description of the API, as programs and people get it: it says what the API does, all of it.
@ExtendWith(StipendExtension.class)
final class DescriptionTest {
  /// Only Slack calls it, and signs its requests instead of sending a key.
  private static final Set<String> NOT_FOR_CLIENTS =
      Set.of("POST /slack/interactions", "GET /unsubscribe/{token}", "POST /unsubscribe/{token}");

  private static final String HOW_TO_DESCRIBE =
      "The contract is src/main/resources/openapi.yaml: describe the operation there.";

  @Test
  void theDocumentIsServedWithoutAKeyAndIsValidOpenApi(Stipend stipend) {
    Answer answer = stipend.api("GET", "/openapi.yaml", "", Map.of());
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("content-type")).startsWith("application/yaml");
    SwaggerParseResult read = new OpenAPIV3Parser().readContents(answer.body());
    assertThat(read.getMessages()).isEmpty();
    assertThat(ApiDescription.parse(answer.body()).root().get("info"))
        .asInstanceOf(InstanceOfAssertFactories.MAP)
        .containsEntry("title", "Stipend");
  }

  @Test
  void everyRouteIsDescribedAndNothingElse(Stipend stipend) {
    Set<String> served =
        stipend
            .context
            .getBean(Router.class)
            .uriRoutes()
            .filter(route -> route.getHttpMethod() != HttpMethod.HEAD)
            .filter(route -> !isForPeople(route))
            .map(
                route ->
                    route.getHttpMethodName() + " " + route.getUriMatchTemplate().toPathString())
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> described =
        ApiDescription.of(stipend).routes().stream()
            .map(Route::toString)
            .collect(Collectors.toCollection(TreeSet::new));
    served.removeAll(NOT_FOR_CLIENTS);
    assertThat(described).as(HOW_TO_DESCRIBE).containsExactlyElementsOf(served);
  }

  /// Pages and what belongs to them; programs use the API.
  private static boolean isForPeople(UriRouteInfo<?, ?> route) {
    return route
        .getTargetMethod()
        .getDeclaringType()
        .getPackageName()
        .startsWith("dev.stipend.console.");
  }

  @Test
  void everyOperationSaysWhatItDoesAndWhatItAnswers(Stipend stipend) {
    ApiDescription api = ApiDescription.of(stipend);
    List<String> tags =
        ApiDescription.list(api.root(), "tags").stream()
            .map(tag -> String.valueOf(((Map<?, ?>) tag).get("name")))
            .toList();
    for (Route route : api.routes()) {
      String what = route + ". " + HOW_TO_DESCRIBE;
      assertThat(String.valueOf(route.operation().get("summary"))).as(what).endsWith(".");
      assertThat(String.valueOf(route.operation())).as(what).doesNotContain("\\");
      assertThat(ApiDescription.list(route.operation(), "tags").toArray())
          .as(what)
          .hasSize(1)
          .isSubsetOf(tags.toArray());
      Map<?, ?> answers = ApiDescription.map(route.operation(), "responses");
      assertThat(answers.keySet()).as(what).anyMatch(code -> String.valueOf(code).startsWith("2"));
      answers.forEach(
          (code, answer) ->
              assertThat(String.valueOf(answer))
                  .as(what + " Answer " + code + " has no schema of its own.")
                  .doesNotContain("schema={type=object}"));
      Stream.of("query", "header")
          .flatMap(in -> api.parameters(route, in).stream())
          .forEach(
              parameter ->
                  assertThat(parameter.get("description"))
                      .as("parameter %s of %s", parameter.get("name"), what)
                      .isNotNull());
    }
  }

  /// What is read as text on purpose would be described as one.
  @Test
  void everyBodyIsDescribedByItsFieldsAndAnExample(Stipend stipend) {
    ApiDescription api = ApiDescription.of(stipend);
    for (Route route : api.routes()) {
      if (route.operation().containsKey("requestBody")) {
        assertThat(api.bodyName(route)).as(route + ". " + HOW_TO_DESCRIBE).isPresent();
        assertThat(ApiDescription.map(api.body(route), "properties")).as("%s", route).isNotEmpty();
        assertThat(api.example(route)).as("example of the body of %s", route).isPresent();
      }
    }
  }

  @Test
  void everyExampleIsTaken(Stipend stipend) {
    ApiDescription api = ApiDescription.of(stipend);
    Inhabitant tenant = Inhabitant.settle(stipend, api, "example");
    assertThat(tenant.ids()).containsKeys("/api/budgets");
  }

  @Test
  void anyOperationMayAnswerWithItsProblems(Stipend stipend) {
    ApiDescription api = ApiDescription.of(stipend);
    Map<?, ?> budget =
        ApiDescription.map(
            api.route("GET", "/api/budgets/{id}").orElseThrow().operation(), "responses");
    assertThat(budget.keySet().stream().map(String::valueOf))
        .contains("200", "400", "401", "403", "404", "500", "503");
    Map<?, ?> creation =
        ApiDescription.map(
            api.route("POST", "/api/budgets").orElseThrow().operation(), "responses");
    assertThat(creation.keySet().stream().map(String::valueOf))
        .contains("201", "400", "401", "403", "409", "413", "415", "500", "503");
    assertThat(ApiDescription.map(creation, "409").get("$ref"))
        .isEqualTo("#/components/responses/KeyReused");
  }

  @Test
  void amountsAreTextAndWhatMayBeAbsentIsNotRequired(Stipend stipend) {
    ApiDescription api = ApiDescription.of(stipend);
    Map<?, ?> schemas = ApiDescription.map(ApiDescription.map(api.root(), "components"), "schemas");
    Map<?, ?> budget = ApiDescription.map(schemas, "BudgetResponse");
    Map<?, ?> fields = ApiDescription.map(budget, "properties");
    assertThat(api.resolved(ApiDescription.map(fields, "limitAmount")).get("type"))
        .isEqualTo("string");
    assertThat(ApiDescription.list(budget, "required").toArray())
        .contains("limitAmount")
        .doesNotContain("currentSpend", "weekStart");
  }

  @Test
  void generatedClientsGetNamesThatTheirLanguagesHave(Stipend stipend) {
    ApiDescription api = ApiDescription.of(stipend);
    Map<?, ?> schemas = ApiDescription.map(ApiDescription.map(api.root(), "components"), "schemas");
    assertThat(schemas.keySet().stream().map(String::valueOf))
        .contains("AlertResponsePage", "BudgetLine", "Health", "PriceImported")
        .allMatch(name -> name.matches("[A-Z][A-Za-z0-9]*"));
    assertThat(schemas.keySet().stream().map(String::valueOf))
        .filteredOn(name -> name.endsWith("Page"))
        .hasSizeGreaterThan(10)
        .allSatisfy(
            name ->
                assertThat(
                        ApiDescription.list(ApiDescription.map(schemas, name), "required")
                            .toArray())
                    .contains("items")
                    .doesNotContain("nextCursor"));
    assertThat(
            api.routes().stream()
                .map(route -> String.valueOf(route.operation().get("operationId"))))
        .doesNotHaveDuplicates()
        .allMatch(name -> name.matches("[a-z][A-Za-z]*"))
        .contains(
            "listAlerts",
            "getAlert",
            "increaseBudget",
            "getBudgetUsage",
            "listBudgetVersions",
            "testChannel",
            "updateSilence",
            "createSummary",
            "settleReservation",
            "listUnpricedUsage",
            "getBudgetHistory",
            "validateBudget",
            "importPrices");
  }

  @Test
  void thePageShowsEveryOperationAndNeedsNothingFromOutside(Stipend stipend) {
    Answer page = stipend.api("GET", "/docs", "", Map.of());
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("content-type")).startsWith("text/html");
    assertThat(page.header("content-security-policy")).startsWith("default-src 'none'");
    for (Route route : ApiDescription.of(stipend).routes()) {
      assertThat(page.body())
          .contains("<b>%s</b> <code>%s</code>".formatted(route.method(), route.path()));
    }
    assertThat(page.body())
        .doesNotContain("<script", "<link", "<img", "@import", "url(", "src=", "http-equiv")
        .contains(
            "curl -X POST \"$STIPEND_URL/api/budgets\"",
            "<h2>Authentication</h2>",
            "<a href=\"#getBudgetUsage\">",
            "\"reasonCode\":\"threshold_reached\"");
  }
}
