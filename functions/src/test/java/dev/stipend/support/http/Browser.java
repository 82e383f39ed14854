package dev.stipend.support.http;

import dev.stipend.support.Stipend;
import dev.stipend.support.http.Requests.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/// Somebody's browser, at the console: it keeps the session's cookie and sends forms as browsers
/// do. It follows no redirect by itself.
public final class Browser {
  public static final String ORIGIN = "https://stipend.example.com";
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String TOKEN = "_token";

  private final Stipend stipend;
  private final Map<String, String> headers = new HashMap<>();
  private String cookie = "";

  public Browser(Stipend stipend) {
    this.stipend = stipend;
    headers.put("host", ORIGIN.replaceFirst("^https://", ""));
    headers.put("x-forwarded-proto", "https");
    headers.put("x-forwarded-for", "203.0.113.9");
    headers.put("accept", "text/html,application/xhtml+xml,*/*;q=0.8");
  }

  /// One that is signed in with the admin key.
  public static Browser ofAdmin(Stipend stipend) {
    Browser browser = new Browser(stipend);
    browser.signIn(Stipend.ADMIN_KEY);
    return browser;
  }

  /// Sends a header from now on.
  public Browser with(String name, String value) {
    headers.put(name, value);
    return this;
  }

  public Browser without(String name) {
    headers.remove(name);
    return this;
  }

  /// What it keeps of the session, as `name=value`; empty if nothing.
  public String cookie() {
    return cookie;
  }

  public Browser keep(String other) {
    cookie = other;
    return this;
  }

  public Answer signIn(String key) {
    return post("/session", Map.of("key", key));
  }

  /// Opens a page.
  public Answer get(String path) {
    return send("GET", path, "", Map.of());
  }

  /// Opens a page and reads it.
  public Document page(String path) {
    Answer answer = get(path);
    if (answer.status() != 200) {
      throw new IllegalStateException(path + ": " + answer.status() + " " + answer.body());
    }
    return document(answer);
  }

  public static Document document(Answer answer) {
    return Jsoup.parse(answer.body(), ORIGIN);
  }

  /// The token that forms of this session have.
  public String token() {
    return document(get("/")).body().attr("data-token");
  }

  /// Sends a form of a page of the console.
  public Answer post(String path, Map<String, String> fields) {
    return send(
        "POST",
        path,
        form(fields),
        Map.of("origin", ORIGIN, "sec-fetch-site", "same-origin", "content-type", FORM));
  }

  /// Sends a form that has the session's token.
  public Answer submit(String path, Map<String, String> fields) {
    Map<String, String> all = new HashMap<>(fields);
    all.put(TOKEN, token());
    return post(path, all);
  }

  public Answer send(String method, String path, String body, Map<String, String> more) {
    Map<String, String> all = new HashMap<>(headers);
    all.putAll(more);
    if (!cookie.isEmpty()) {
      all.put("cookie", "other=1; " + cookie);
    }
    Answer answer = stipend.api(method, path, body, all);
    List<String> set = Objects.requireNonNullElse(answer.response().getCookies(), List.of());
    set.forEach(each -> cookie = each.contains("Max-Age=0") ? "" : each.replaceFirst(";.*", ""));
    return answer;
  }

  public static String form(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
