package dev.stipend.scenario.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.support.Stipend;
import dev.stipend.support.TestServers;
import dev.stipend.support.http.Browser;
import dev.stipend.support.http.Requests.Answer;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Whoever is at the machine that a deployment runs on is signed in by itself.
final class LocalSignInTest {
  private static Stipend stipend;

  @BeforeAll
  static void start() {
    stipend =
        new Stipend(TestServers.newDatabase(), Map.of("console.local.key", Stipend.ADMIN_KEY));
  }

  @AfterAll
  static void stop() {
    stipend.close();
  }

  @Test
  void aBrowserOfThisMachineSeesThePageAtOnce() {
    Browser browser = local();
    Answer first = browser.get("/");
    assertThat(first.status()).isEqualTo(200);
    assertThat(browser.cookie()).startsWith("stipend-session=");
    assertThat(first.response().getCookies())
        .singleElement()
        .asString()
        .endsWith("; HttpOnly; SameSite=Lax");
    Document page = Browser.document(browser.get("/"));
    assertThat(page.select("nav a[href=/local]").text()).isEqualTo("Local messages");
    assertThat(page.select("form[action=/session/end]")).isEmpty();
  }

  @Test
  void aLinkInAMailLeadsToThePage() {
    assertThat(
            local()
                .with("sec-fetch-site", "cross-site")
                .with("sec-fetch-mode", "navigate")
                .with("sec-fetch-dest", "document")
                .get("/")
                .status())
        .isEqualTo(200);
  }

  @Test
  void othersAreAskedForAKey() {
    assertThat(local().with("host", "evil.example.com:3001").get("/").status()).isEqualTo(303);
    assertThat(local().with("x-forwarded-for", "192.0.2.1").get("/").status()).isEqualTo(303);
    assertThat(local().with("x-forwarded-for", "127.0.0.1, 192.0.2.1").get("/").status())
        .isEqualTo(303);
    assertThat(local().without("x-forwarded-for").get("/").status()).isEqualTo(303);
    Answer foreign = local().with("origin", "https://evil.example.com").get("/");
    assertThat(foreign.status()).isIn(303, 403);
    assertThat(foreign.response().getCookies()).isNull();
    assertThat(local().with("sec-fetch-site", "cross-site").get("/").status()).isEqualTo(303);
    assertThat(new Browser(stipend).get("/").status()).isEqualTo(303);
  }

  @Test
  void aChangeNeedsASessionThatIsThereAlready() {
    Answer answer =
        local()
            .send(
                "POST",
                "/session/end",
                "",
                Map.of(
                    "origin",
                    "http://localhost:3001",
                    "content-type",
                    "application/x-www-form-urlencoded"));
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.response().getCookies()).isNull();
  }

  private static Browser local() {
    return new Browser(stipend)
        .with("host", "localhost:3001")
        .with("x-forwarded-proto", "http")
        .with("x-forwarded-for", "127.0.0.1");
  }
}
