package dev.stipend.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stipend.local.template.SamTemplate;
import dev.stipend.local.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The console as a browser on this machine meets it: without a key, at the API's own address.
class ConsoleOverHttpTest {
  private static final Closing CLOSING = new Closing();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private static LocalStack stack;

  @BeforeAll
  static void start() throws IOException {
    Properties options = new Properties();
    options.putAll(Map.of("stipend.data", "memory", "stipend.port", "0", "stipend.demo", "false"));
    stack =
        LocalStack.start(
            LocalOptions.from(options),
            SamTemplate.read(Path.of("..", "..", "template.yaml")),
            new LocalEnvironment(Map.of()),
            new Terminal(
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8), false),
            CLOSING);
  }

  @AfterAll
  static void stop() {
    CLOSING.close();
  }

  @Test
  void aBrowserIsSignedInByItselfAndKeepsItsSession() throws Exception {
    HttpResponse<String> first = get("/", "");
    assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
    String cookie = first.headers().firstValue("set-cookie").orElseThrow();
    assertThat(cookie).startsWith("stipend-session=").contains("HttpOnly");

    HttpResponse<String> again = get("/", cookie.replaceFirst(";.*", ""));

    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(again.headers().firstValue("set-cookie")).isEmpty();
    assertThat(again.body()).contains("<a href=\"/local\">", "<h1>Overview</h1>");
  }

  @Test
  void thePageHasItsStyleAndItsScript() throws Exception {
    Matcher files = Pattern.compile("/assets/[^\"]+").matcher(get("/", "").body());
    int found = 0;
    while (files.find()) {
      HttpResponse<String> file = get(files.group(), "");
      assertThat(file.statusCode()).isEqualTo(200);
      assertThat(file.body()).containsAnyOf("var htmx=", ":root");
      found++;
    }
    assertThat(found).isEqualTo(2);
  }

  @Test
  void whatWasCaughtIsBesideTheConsole() throws Exception {
    assertThat(get("/local", "").body()).contains("Stipend on this machine");
    assertThat(get("/local/state", "").body()).contains("\"budgets\"", "\"slack\"");
    assertThat(get("/local/nothing", "").statusCode()).isEqualTo(404);
    assertThat(get("/localhost", "").statusCode()).isEqualTo(404);
  }

  @Test
  void theApiWantsItsKeyAllTheSame() throws Exception {
    String cookie = get("/", "").headers().firstValue("set-cookie").orElseThrow();
    assertThat(get("/api/budgets", cookie.replaceFirst(";.*", "")).statusCode()).isEqualTo(401);
  }

  private static HttpResponse<String> get(String path, String cookie) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(stack.url() + path));
    if (!cookie.isEmpty()) {
      request.header("Cookie", cookie);
    }
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
