package dev.stipend.scenario.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.database.TableDigests;
import dev.stipend.support.http.ApiDescription;
import dev.stipend.support.http.ApiDescription.Route;
import dev.stipend.support.http.Hostile;
import dev.stipend.support.http.Inhabitant;
import dev.stipend.support.http.Json;
import dev.stipend.support.http.Requests.Answer;
import dev.stipend.support.http.Spots;
import dev.stipend.support.http.Spots.Spot;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Requests that nobody means, to every operation that the API describes: a refusal is a problem
/// that says what is wrong, and changes nothing; nothing is ever the server's fault.
@ExtendWith(StipendExtension.class)
final class FuzzTest {
  /// Another run of the generated parts: `-Dstipend.fuzz.seed=…`.
  private static final long SEED = Long.getLong("stipend.fuzz.seed", 20_261_121L);

  private static final int ROUNDS = 20;
  private static final int DENIED = 402;

  /// Every entry of many is refused by itself.
  private static final int NOTHING_TAKEN = 422;
  private static final Pattern LIBRARY_WORDS =
      Pattern.compile(
          "(?i)exception|jackson|micronaut|java[.]|`|redacted|deserialize|unrecognized|required"
              + " argument|failed to");
  private static final int HEADERS_EACH = 3;
  private static final List<String> METHODS =
      List.of("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE");

  private final Random random = new Random(SEED);
  private final Stipend stipend;
  private ApiDescription api;
  private Inhabitant tenant;
  private final TableDigests digests;
  private String before = "";

  FuzzTest(Stipend stipend) {
    this.stipend = stipend;
    this.api = new ApiDescription(Map.of());
    this.tenant = new Inhabitant("", Map.of(), Map.of());
    this.digests = new TableDigests(stipend.database, "true");
  }

  @BeforeEach
  void settle() {
    api = ApiDescription.of(stipend);
    tenant = Inhabitant.settle(stipend, api, "fuzzed");
    before = digests.read();
  }

  @AfterEach
  void close() {
    digests.close();
  }

  @Test
  void aFieldThatIsMissingOrOfAnotherTypeIsNamed() {
    for (Route route : api.routes()) {
      for (Spot spot : Spots.of(api, api.body(route))) {
        Map<String, Object> body = body(route);
        if (spot.required()) {
          assertNamed(route, spot.name(), spot.without(body));
        }
        for (Object wrong : Hostile.otherThan(spot.type())) {
          assertNamed(route, spot.name(), spot.with(body, wrong));
        }
        if (!api.body(route).containsKey("additionalProperties")) {
          assertNamed(
              route,
              spot.name() + "x",
              new Spot(renamed(spot), spot.schema(), false).with(body, "unknown"));
        }
      }
    }
  }

  @Test
  void aBodyThatIsNoJsonObjectIsRefused() {
    for (Route route : api.routes()) {
      if (!api.body(route).isEmpty()) {
        String good = Json.write(body(route));
        for (String text : Hostile.bodies(good)) {
          check(route, send(route, text), "body " + text);
        }
      }
    }
  }

  @Test
  void anyValueInAnyFieldIsTakenOrRefusedWithAReason() {
    for (Route route : api.routes()) {
      List<Spot> spots = Spots.of(api, api.body(route));
      for (int i = 0; i < ROUNDS && !spots.isEmpty(); i++) {
        Map<String, Object> body = body(route);
        for (int n = random.nextInt(3); n >= 0; n--) {
          Spot spot = spots.get(random.nextInt(spots.size()));
          body = spot.with(body, Hostile.value(random));
        }
        String text = Json.write(body);
        check(route, send(route, text), "body " + text);
      }
    }
  }

  /// Whether an id may be there that nobody has made up yet: one that was put before.
  private boolean takesAnyId(Route route) {
    return api.routes().stream()
        .anyMatch(each -> each.isPutting() && each.path().equals(route.path()));
  }

  @Test
  void anyPathQueryAndHeaderIsTakenOrRefusedWithAReason() {
    for (Route route : api.routes()) {
      String body = Json.write(body(route));
      if (route.hasPart()) {
        // Without an id, the path is another.
        for (String text : Hostile.TEXTS.stream().filter(each -> !each.isBlank()).toList()) {
          String path = route.path().replaceAll("[{]\\w+[}]", escaped(text));
          Answer answer = stipend.api(route.method(), path, body, tenant.key());
          assertThat(answer.status())
              .as("%s with id %s: %.1000s", route, text, answer.body())
              .isGreaterThan(takesAnyId(route) ? 199 : 399);
          check(route, answer, "id " + text);
        }
      }
      for (Map<?, ?> parameter : api.parameters(route, "query")) {
        for (String text : Hostile.TEXTS) {
          String query = "?" + parameter.get("name") + "=" + escaped(text);
          check(route, stipend.api(route.method(), path(route) + query, body, tenant.key()), query);
        }
      }
      for (String header :
          List.of(
              "idempotency-key",
              "if-match",
              "content-type",
              "accept",
              "content-encoding",
              "x-api-key")) {
        for (int i = 0; i < HEADERS_EACH; i++) {
          String text = Hostile.TEXTS.get(random.nextInt(Hostile.TEXTS.size()));
          Map<String, String> headers = new HashMap<>(tenant.key());
          headers.put(header, text);
          check(
              route, stipend.api(route.method(), path(route), body, headers), header + ": " + text);
        }
      }
    }
  }

  @Test
  void aMethodThatIsNotDescribedIsRefused() {
    for (String path : api.routes().stream().map(Route::path).distinct().toList()) {
      for (String method : METHODS) {
        if (api.route(method, path).isEmpty()) {
          Route route = new Route(method, path, Map.of());
          Answer answer = stipend.api(method, path(route), "{}", tenant.key());
          assertThat(answer.status()).as("%s: %s", route, answer.body()).isIn(404, 405);
          check(route, answer, "a method that is not described");
        }
      }
    }
  }

  private void assertNamed(Route route, String field, Map<String, Object> body) {
    String text = Json.write(body);
    Answer answer = send(route, text);
    String what = "%s, %s wrong in %s".formatted(route, field, text);
    check(route, answer, what);
    if (answer.status() == 200 || answer.status() == NOTHING_TAKEN) {
      // Of many entries, each is refused by itself.
      assertThat(answer.body())
          .as(what)
          .contains(field.replaceFirst("^\\w+\\[0]\\.", ""))
          .containsPattern("\"(rejected|skipped)\":\\[\\{");
      assertThat(digests.read()).as(what).isEqualTo(before);
    } else {
      assertThat(answer.status()).as("%s: %s", what, answer.body()).isEqualTo(400);
      assertThat(ApiDescription.list(answer.json(), "errors"))
          .as("%s: %s", what, answer.body())
          .anyMatch(error -> String.valueOf(((Map<?, ?>) error).get("field")).startsWith(field));
    }
  }

  /// What must hold of any answer.
  private void check(Route route, Answer answer, String what) {
    String asked = "seed %d: %s, %s: %.1000s".formatted(SEED, route, what, answer.body());
    assertThat(answer.status()).as(asked).isBetween(200, 499);
    answer
        .response()
        .getHeaders()
        .forEach(
            (name, value) ->
                assertThat(name + value).as(asked).doesNotContain("\r", "\n", "X-Evil"));
    if (answer.status() == NOTHING_TAKEN) {
      assertThat(answer.body()).as(asked).containsPattern("\"rejected\":\\[\\{");
      assertThat(digests.read()).as(asked).isEqualTo(before);
    } else if (answer.status() >= 400) {
      assertThat(answer.header("content-type")).as(asked).startsWith("application/problem+json");
      assertThat(answer.text("detail")).as(asked).isNotBlank().hasSizeLessThan(20_000);
      assertThat(answer.text("detail"))
          .as("%s: the words of a library", asked)
          .doesNotContainPattern(LIBRARY_WORDS);
      assertThat(answer.text("status")).as(asked).isEqualTo(Integer.toString(answer.status()));
      if (answer.status() == DENIED) {
        // A decision, which is in the audit log.
        before = digests.read();
      }
      assertThat(digests.read()).as(asked).isEqualTo(before);
    } else if (!route.isReading()) {
      before = digests.read();
    }
  }

  private static List<Object> renamed(Spot spot) {
    List<Object> path = new ArrayList<>(spot.path());
    path.set(path.size() - 1, spot.lastName() + "x");
    return path;
  }

  private Answer send(Route route, String body) {
    return stipend.api(route.method(), path(route), body, tenant.key());
  }

  private Map<String, Object> body(Route route) {
    return api.example(route).map(body -> tenant.own(stipend, body)).orElse(new HashMap<>());
  }

  private String path(Route route) {
    String id = tenant.ids().getOrDefault(route.collection(), new UUID(0, 9).toString());
    return route.path().replaceAll("[{]\\w+[}]", id);
  }

  private static String escaped(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
