package dev.stipend.console.session;

import dev.stipend.platform.web.SentFrom;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/// The console's only cookie. Where pages are encrypted, its name keeps other hosts of the domain
/// from setting one. Links in mails and messages lead to pages, so that it is sent with those.
public final class SessionCookie {
  private static final String NAME = "__Host-stipend-session";

  /// Of this machine itself, where nothing is encrypted; browsers take no `__Host-` there.
  private static final String LOCAL_NAME = "stipend-session";

  private SessionCookie() {}

  private static String name(HttpRequest<?> request) {
    return new SentFrom(request).isLocal() ? LOCAL_NAME : NAME;
  }

  /// Its value, where the request has one.
  static Optional<String> read(HttpRequest<?> request) {
    String beginning = name(request) + "=";
    return Stream.ofNullable(request.getHeaders().get(HttpHeaders.COOKIE))
        .flatMap(line -> Stream.of(line.split(";", -1)))
        .map(String::strip)
        .filter(pair -> pair.startsWith(beginning))
        .map(pair -> pair.substring(beginning.length()))
        .findFirst();
  }

  public static void set(HttpRequest<?> request, MutableHttpResponse<?> response, String value) {
    write(request, response, value, Sessions.LIFE);
  }

  public static void clear(HttpRequest<?> request, MutableHttpResponse<?> response) {
    write(request, response, "", Duration.ZERO);
  }

  private static void write(
      HttpRequest<?> request, MutableHttpResponse<?> response, String value, Duration life) {
    String cookie =
        "%s=%s; Path=/; Max-Age=%d; HttpOnly; SameSite=Lax"
            .formatted(name(request), value, life.toSeconds());
    response.header(
        HttpHeaders.SET_COOKIE, new SentFrom(request).isLocal() ? cookie : cookie + "; Secure");
  }
}
