package dev.stipend.scenario.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import dev.stipend.support.Stipend;
import dev.stipend.support.StipendExtension;
import dev.stipend.support.http.Browser;
import dev.stipend.support.http.Requests.Answer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What all pages of the console have in common: frame, headers, languages, files.
@ExtendWith(StipendExtension.class)
final class PagesTest {
  private final Stipend stipend;

  PagesTest(Stipend stipend) {
    this.stipend = stipend;
  }

  @Test
  void aPageTakesNothingFromElsewhereAndIsShownInNoFrame() {
    for (Answer page :
        List.of(
            Browser.ofAdmin(stipend).get("/"),
            new Browser(stipend).get("/session"),
            Browser.ofAdmin(stipend).get("/nothing"))) {
      assertThat(page.header("content-type")).startsWith("text/html");
      assertThat(page.header("content-security-policy"))
          .contains(
              "default-src 'none'",
              "script-src 'self'",
              "style-src 'self'",
              "frame-ancestors 'none'",
              "base-uri 'none'")
          .doesNotContain("unsafe");
      assertThat(page.header("x-content-type-options")).isEqualTo("nosniff");
      assertThat(page.header("referrer-policy")).isEqualTo("same-origin");
      Document document = Browser.document(page);
      assertThat(document.select("style, [style], script:not([src]), [onclick], [onload]"))
          .isEmpty();
      assertThat(document.select("script[src], link[rel=stylesheet]").eachAttr("src"))
          .allMatch(source -> source.startsWith("/assets/"));
    }
  }

  @Test
  void aBrowserThatHasAPageIsToldWhenItHasNotChanged() {
    Browser browser = Browser.ofAdmin(stipend);
    Answer first = browser.get("/");
    String tag = Objects.requireNonNull(first.header("etag"));
    assertThat(first.header("cache-control")).isEqualTo("private, no-cache");
    assertThat(first.header("vary")).contains("Cookie", "Accept-Language");

    Answer again = browser.with("if-none-match", tag).get("/");

    assertThat(again.status()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(again.header("etag")).isEqualTo(tag);
    assertThat(Browser.ofAdmin(stipend).with("if-none-match", tag).get("/").status())
        .as("another session has another page")
        .isEqualTo(200);
  }

  @Test
  void theFirstViewIsThreeRequestsAndSmall() throws IOException {
    Browser browser = Browser.ofAdmin(stipend).with("accept-encoding", "br, gzip");
    Answer page = browser.get("/");
    assertThat(page.header("content-encoding")).isEqualTo("gzip");
    assertThat(page.header("vary")).contains("Accept-Encoding");
    Document document = Browser.document(new Answer(plain(page)));

    List<String> files =
        document.select("script[src], link[rel=stylesheet], img[src]").stream()
            .map(each -> each.hasAttr("src") ? each.attr("src") : each.attr("href"))
            .toList();
    assertThat(files).hasSize(2);
    int bytes = wire(page);
    for (String file : files) {
      bytes += wire(browser.get(file));
    }
    assertThat(bytes).isLessThan(60_000);
  }

  @Test
  void filesAreKeptForEverUnderANameOfTheirContent() throws IOException {
    Document page = new Browser(stipend).page("/session");
    String script = page.select("script[src]").attr("src");
    String style = page.select("link[rel=stylesheet]").attr("href");
    assertThat(script).matches("/assets/console\\.[0-9a-f]{16}\\.js");
    for (String path : List.of(script, style)) {
      Answer file = new Browser(stipend).with("accept-encoding", "gzip").get(path);
      assertThat(file.status()).isEqualTo(200);
      assertThat(file.header("cache-control")).isEqualTo("public, max-age=31536000, immutable");
      assertThat(file.header("content-type")).matches("text/(css|javascript).*");
      assertThat(file.header("content-encoding")).isEqualTo("gzip");
      assertThat(file.response().getIsBase64Encoded()).isTrue();
      Answer uncompressed = new Browser(stipend).with("accept-encoding", "gzip;q=0").get(path);
      assertThat(uncompressed.header("content-encoding")).isNull();
      assertThat(Base64.getDecoder().decode(uncompressed.body())).isEqualTo(unzip(file));
      assertThat(new Browser(stipend).get(path.replace(".", ".0")).status()).isEqualTo(404);
    }
    assertThat(
            new String(
                unzip(new Browser(stipend).with("accept-encoding", "gzip").get(script)),
                StandardCharsets.UTF_8))
        .contains("var htmx=", "stipend-theme");
  }

  @Test
  void aPathThatIsNoneIsAPageForPeopleAndAProblemForPrograms() {
    Answer page = Browser.ofAdmin(stipend).get("/nothing");
    assertThat(page.status()).isEqualTo(404);
    assertThat(Browser.document(page).select("h1").text()).isEqualTo("Not found");
    assertThat(Browser.document(page).select("main a[href=/]")).hasSize(1);
    assertThat(stipend.api("GET", "/nothing", "", Map.of()).text("type")).endsWith("/not-found");
    assertThat(new Browser(stipend).get("/api/budgets").text("type")).endsWith("/unauthenticated");
  }

  @Test
  void namesAreTextWhateverIsInThem() {
    String name = "<script>alert(1)</script> \" onload='x' & Søn";
    stipend.database.execute(
        "UPDATE stipend.workspaces SET name = '%s' WHERE slug = 'default'"
            .formatted(name.replace("'", "''")));
    Document page = Browser.ofAdmin(stipend).page("/");
    assertThat(page.select(".workspace").text()).isEqualTo(name);
    assertThat(page.select("script")).hasSize(1);
  }

  @Test
  void pagesSpeakTheLanguageThatTheBrowserAsksFor() {
    assertThat(signIn("es-MX,es;q=0.9,en;q=0.5")).isEqualTo("es: Iniciar sesión");
    assertThat(signIn("de, en-GB;q=0.8")).isEqualTo("en: Sign in");
    assertThat(signIn("fr")).isEqualTo("en: Sign in");
    assertThat(signIn(";;;=")).isEqualTo("en: Sign in");
    assertThat(signIn("")).isEqualTo("en: Sign in");
  }

  @Test
  void theFrameLeadsAroundAndOut() {
    Browser browser = Browser.ofAdmin(stipend);
    Document page = browser.page("/");
    assertThat(page.select("html").attr("lang")).isEqualTo("en");
    assertThat(page.select("a.skip").attr("href")).isEqualTo("#main");
    assertThat(page.select("header nav a[aria-current=page]").eachText())
        .containsExactly("Overview");
    assertThat(page.select("h1")).hasSize(1);
    assertThat(page.select("form[action=/session/end] button").text()).isEqualTo("Sign out");
    assertThat(page.select("a[href=/local]")).isEmpty();
    for (Element link : page.select("header nav a, footer a")) {
      assertThat(browser.get(link.attr("href")).status()).as(link.attr("href")).isEqualTo(200);
    }
    Document signedOut = new Browser(stipend).page("/session");
    assertThat(signedOut.select("header nav, form[action=/session/end]")).isEmpty();
  }

  private String signIn(String languages) {
    Document page = new Browser(stipend).with("accept-language", languages).page("/session");
    return page.select("html").attr("lang") + ": " + page.select("h1").text();
  }

  /// Bytes of the body as they are sent.
  private static int wire(Answer answer) {
    assertThat(answer.response().getIsBase64Encoded()).isTrue();
    return Base64.getDecoder().decode(answer.body()).length;
  }

  private static byte[] unzip(Answer answer) throws IOException {
    byte[] bytes = Base64.getDecoder().decode(answer.body());
    try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return gzip.readAllBytes();
    }
  }

  private static APIGatewayV2HTTPResponse plain(Answer answer) throws IOException {
    return APIGatewayV2HTTPResponse.builder()
        .withBody(new String(unzip(answer), StandardCharsets.UTF_8))
        .build();
  }
}
