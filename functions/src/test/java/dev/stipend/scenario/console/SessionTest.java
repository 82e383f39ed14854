package dev.stipend.scenario.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.Tenant;
import dev.stipend.support.http.Browser;
import dev.stipend.support.http.Requests.Answer;
import io.micronaut.http.HttpMethod;
import io.micronaut.web.router.Router;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Who may look at the console, from signing in to signing out.
@ExtendWith(StipendExtension.class)
final class SessionTest {
  private static final String SIGN_IN = "/session";

  private final Stipend stipend;

  SessionTest(Stipend stipend) {
    this.stipend = stipend;
  }

  @Test
  void whoeverIsNotSignedInIsAskedAndComesBackToThePage() {
    Browser browser = new Browser(stipend);

    Answer refused = browser.get("/?range=7d&q=a%20b");

    assertThat(refused.status()).isEqualTo(303);
    String asked = Objects.requireNonNull(refused.header("location"));
    assertThat(asked).startsWith("/session?return=%2F%3F").contains("range%3D7d");
    String back = browser.page(asked).selectXpath("//input[@name='return']").attr("value");
    Answer signedIn = browser.post(SIGN_IN, Map.of("key", Stipend.ADMIN_KEY, "return", back));
    assertThat(signedIn.status()).isEqualTo(303);
    assertThat(signedIn.header("location")).startsWith("/?").contains("range=7d", "q=a+b");
    assertThat(browser.get("/").status()).isEqualTo(200);
  }

  /// Of what a page is made of, only the form to sign in and the files of pages are for everybody.
  @Test
  void noPageAndNoFormIsForWhoeverIsNotSignedIn() {
    Set<String> open = Set.of("GET /session", "POST /session", "GET /assets/{name}");
    List<String> others =
        stipend
            .context
            .getBean(Router.class)
            .uriRoutes()
            .filter(route -> route.getHttpMethod() != HttpMethod.HEAD)
            .filter(route -> isOfTheConsole(route.getTargetMethod().getDeclaringType()))
            .map(
                route ->
                    route.getHttpMethodName() + " " + route.getUriMatchTemplate().toPathString())
            .filter(route -> !open.contains(route))
            .toList();
    assertThat(others).contains("GET /", "POST /session/end", "DELETE /session");
    for (String route : others) {
      String[] parts = route.split(" ", 2);
      String path = parts[1].replaceAll("[{]\\w+}", UUID.randomUUID().toString());
      Answer answer =
          new Browser(stipend)
              .send(
                  parts[0],
                  path,
                  "a=1",
                  Map.of(
                      "origin",
                      Browser.ORIGIN,
                      "content-type",
                      "application/x-www-form-urlencoded"));
      assertThat(answer.status()).as(route).isEqualTo(parts[0].equals("GET") ? 303 : 401);
    }
  }

  private static boolean isOfTheConsole(Class<?> type) {
    return type.getPackageName().startsWith("dev.stipend.console.");
  }

  @Test
  void theCookieIsOutOfReachOfScriptsOtherHostsAndOtherSites() {
    Answer answer = new Browser(stipend).signIn(Stipend.ADMIN_KEY);

    assertThat(answer.response().getCookies())
        .singleElement()
        .asString()
        .matches(
            "__Host-stipend-session=[\\w-]+; Path=/; Max-Age=28800; HttpOnly; SameSite=Lax; Secure")
        .doesNotContain(Stipend.ADMIN_KEY);
    assertThat(answer.header("set-cookie")).isNull();
    assertThat(answer.header("cache-control")).isEqualTo("no-store");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "wrong", "stp_0123456789012345678901234567890123456789012"})
  void aWrongKeyOpensNothingAndIsNotShownAgain(String key) {
    Answer answer = new Browser(stipend).signIn(key);

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.response().getCookies()).isNull();
    assertThat(Browser.document(answer).select("[role=alert]").text())
        .isEqualTo("This key is unknown or revoked.");
    assertThat(Browser.document(answer).select("#key").attr("value")).isEmpty();
  }

  @Test
  void signingOutEndsTheSessionForWhoeverCopiedItsCookie() {
    for (String how : List.of("form", "delete")) {
      Browser browser = Browser.ofAdmin(stipend);
      String copied = browser.cookie();
      Browser thief = new Browser(stipend).keep(copied);
      assertThat(thief.get("/").status()).isEqualTo(200);

      Answer left =
          how.equals("form")
              ? browser.submit("/session/end", Map.of())
              : browser.send(
                  "DELETE",
                  SIGN_IN,
                  "",
                  Map.of("origin", Browser.ORIGIN, "x-session-token", browser.token()));

      assertThat(left.status()).as(left.body()).isEqualTo(how.equals("form") ? 303 : 204);
      assertThat(browser.cookie()).isEmpty();
      assertThat(thief.keep(copied).get("/").status()).isEqualTo(303);
    }
  }

  @Test
  void aSessionEndsWithItsKey() {
    Map<String, String> key = Tenant.key(stipend, "read", "default");
    Browser browser = new Browser(stipend);
    browser.signIn(Objects.requireNonNull(key.get("x-api-key")));
    assertThat(browser.get("/").status()).isEqualTo(200);

    stipend.database.execute(
        "UPDATE stipend.api_keys SET revoked_at = now() WHERE name = 'tenant'");

    assertThat(browser.get("/").status()).isEqualTo(303);
    assertThat(browser.cookie()).isEmpty();
  }

  @Test
  void aSessionEndsAfterEightHours() {
    Browser browser = Browser.ofAdmin(stipend);
    stipend.clock.tick(Duration.ofHours(8).minusSeconds(2));
    assertThat(browser.get("/").status()).isEqualTo(200);
    stipend.clock.tick(Duration.ofSeconds(2));
    assertThat(browser.get("/").status()).isEqualTo(303);
  }

  @Test
  void aCookieThatWasChangedIsNone() {
    String cookie = Browser.ofAdmin(stipend).cookie();
    String name = cookie.substring(0, cookie.indexOf('=') + 1);
    byte[] bytes = Base64.getUrlDecoder().decode(cookie.substring(name.length()));

    for (int i = 0; i < bytes.length; i++) {
      byte[] changed = bytes.clone();
      changed[i] ^= 1;
      assertThat(statusWith(name + Base64.getUrlEncoder().encodeToString(changed)))
          .as("byte %d", i)
          .isEqualTo(303);
    }
    for (String none : List.of("", "x", "%00", "a.b", "=", "A".repeat(4000))) {
      assertThat(statusWith(name + none)).as(none).isEqualTo(303);
    }
    assertThat(statusWith(cookie)).isEqualTo(200);
  }

  @Test
  void aCookieOfAnotherDatabaseIsNone() {
    String cookie = Browser.ofAdmin(stipend).cookie();
    String before =
        stipend.database.value(
            "SELECT encode(key, 'hex') FROM stipend.deployment_keys WHERE purpose = 'session'");
    stipend.database.execute(
        "UPDATE stipend.deployment_keys SET key = sha256('x') WHERE purpose = 'session'");
    try {
      assertThat(statusWith(cookie)).isEqualTo(303);
    } finally {
      stipend.database.execute(
          "UPDATE stipend.deployment_keys SET key = decode('%s', 'hex') WHERE purpose = 'session'"
              .formatted(before));
    }
  }

  @Test
  void eachSigningInOpensASessionOfItsOwn() {
    Browser browser = new Browser(stipend).keep("__Host-stipend-session=planted");
    browser.signIn(Stipend.ADMIN_KEY);
    String first = browser.cookie();
    String token = browser.token();

    browser.signIn(Stipend.ADMIN_KEY);

    assertThat(first).doesNotContain("planted");
    assertThat(browser.cookie()).isNotEqualTo(first);
    assertThat(browser.token()).isNotEqualTo(token);
  }

  @Test
  void aChangeNeedsTheTokenOfTheSessionAndAPageOfTheSameOrigin() {
    Browser browser = Browser.ofAdmin(stipend);
    String token = browser.token();
    String another = Browser.ofAdmin(stipend).token();
    String form = "application/x-www-form-urlencoded";
    Map<String, String> ours = Map.of("origin", Browser.ORIGIN, "content-type", form);

    for (String body : List.of("", "_token=", "_token=" + another, "token=" + token)) {
      assertThat(browser.send("POST", "/session/end", body, ours).status()).as(body).isEqualTo(403);
    }
    String right = "_token=" + token;
    for (Map<String, String> foreign :
        List.of(
            Map.of("content-type", form),
            Map.of("content-type", form, "origin", "null"),
            Map.of("content-type", form, "origin", "https://evil.example.com"),
            Map.of("content-type", form, "origin", "http://stipend.example.com"),
            Map.of("content-type", form, "origin", Browser.ORIGIN + ".evil.example.com"),
            Map.of("content-type", form, "origin", Browser.ORIGIN, "sec-fetch-site", "same-site"),
            Map.of("content-type", form, "sec-fetch-site", "cross-site"),
            Map.of("content-type", form, "sec-fetch-site", "none"))) {
      Answer refused = browser.send("POST", "/session/end", right, foreign);
      assertThat(refused.status()).as("%s", foreign).isEqualTo(403);
      assertThat(refused.body()).contains("Nothing was changed");
    }
    assertThat(browser.get("/").status()).isEqualTo(200);
    assertThat(browser.send("POST", "/session/end", right, ours).status()).isEqualTo(303);
  }

  @Test
  void nobodyIsSignedInByAFormOfAnotherSite() {
    Browser browser = new Browser(stipend);
    Answer refused =
        browser.send(
            "POST",
            SIGN_IN,
            Browser.form(Map.of("key", Stipend.ADMIN_KEY)),
            Map.of(
                "origin",
                "https://evil.example.com",
                "content-type",
                "application/x-www-form-urlencoded"));
    assertThat(refused.status()).isEqualTo(403);
    assertThat(browser.cookie()).isEmpty();
  }

  @Test
  void readingChangesNothing() {
    Browser browser = Browser.ofAdmin(stipend);
    assertThat(browser.get("/session/end").status()).isBetween(400, 405);
    assertThat(browser.get("/session").status()).isEqualTo(200);
    assertThat(browser.get("/").status()).isEqualTo(200);
    assertThat(stipend.database.value("SELECT count(*) FROM stipend.ended_sessions"))
        .isEqualTo("0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//evil.example.com",
        "/\\evil.example.com",
        "https://evil.example.com/",
        "javascript:alert(1)",
        "/\t/evil.example.com",
        "\\\\evil.example.com",
        "evil.example.com",
        "/session/end",
        "/a b",
        "/a\r\nSet-Cookie: x=1",
        ""
      })
  void signingInLeadsToNoOtherSite(String back) {
    Answer answer =
        new Browser(stipend).post(SIGN_IN, Map.of("key", Stipend.ADMIN_KEY, "return", back));
    assertThat(answer.status()).isEqualTo(303);
    assertThat(answer.header("location")).isEqualTo("/");
  }

  @Test
  void theApiKnowsNoCookie() {
    String cookie = Browser.ofAdmin(stipend).cookie();
    for (String path : List.of("/api/budgets", "/api/keys", "/v1/traces")) {
      assertThat(stipend.api("GET", path, "", Map.of("cookie", cookie)).status())
          .as(path)
          .isEqualTo(401);
    }
  }

  @Test
  void aPageThatAsksAgainByItselfLeadsToSigningInOnceTheSessionIsOver() {
    Browser browser = Browser.ofAdmin(stipend);
    stipend.clock.tick(Duration.ofHours(9));
    Answer answer =
        browser
            .with("hx-request", "true")
            .with("hx-current-url", Browser.ORIGIN + "/?q=1#top")
            .get("/");
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.header("hx-redirect")).isEqualTo("/session?return=%2F%3Fq%3D1");
  }

  private int statusWith(String cookie) {
    return new Browser(stipend).keep(cookie).get("/").status();
  }
}
