package dev.stipend.console.session;

import dev.stipend.console.problem.ConsoleProblem;
import dev.stipend.platform.web.SentBody;
import dev.stipend.platform.web.SentFrom;
import dev.stipend.tenant.ApiKeys;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.web.router.RouteAttributes;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Lets nobody see a page who is not signed in, and takes a change only from a page of the same
/// origin that was made for the session. Others are asked to sign in, and come back.
@SignedIn
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
public class SessionFilter {
  /// Where people sign in.
  public static final String SIGN_IN = "/session";

  /// The header by which scripts send what forms have in {@link Session#FIELD}.
  public static final String TOKEN_HEADER = "X-Session-Token";

  private static final Set<HttpMethod> READING = EnumSet.of(HttpMethod.GET, HttpMethod.HEAD);
  private static final String OPENED = SessionFilter.class.getName() + ".opened";
  private static final int LONGEST_FORM = 256 * 1024;

  private final Sessions sessions;
  private final LocalKey local;
  private final ApiKeys keys;
  private final InstantSource clock;

  SessionFilter(Sessions sessions, LocalKey local, ApiKeys keys, InstantSource clock) {
    this.sessions = sessions;
    this.local = local;
    this.keys = keys;
    this.clock = clock;
  }

  @RequestFilter
  @Nullable HttpResponse<?> admit(HttpRequest<?> request) {
    if (RouteAttributes.getRouteMatch(request).isEmpty()) {
      // There is no page to protect; annotations are looked at where there is one.
      return null;
    }
    Instant now = clock.instant();
    boolean isReading = READING.contains(request.getMethod());
    Optional<Session> session =
        SessionCookie.read(request)
            .flatMap(cookie -> sessions.find(cookie, now))
            .or(() -> isReading ? openLocally(request, now) : Optional.empty());
    if (session.isEmpty()) {
      return askToSignIn(request, isReading);
    }
    if (!isReading) {
      check(request, session.get());
    }
    SessionBinder.attach(request, session.get());
    return null;
  }

  private Optional<Session> openLocally(HttpRequest<?> request, Instant now) {
    Optional<Sessions.Opened> opened =
        local
            .of(new SentFrom(request))
            .flatMap(key -> keys.authenticate(key, now))
            .map(caller -> sessions.open(caller, now));
    opened.ifPresent(each -> request.setAttribute(OPENED, each.cookie()));
    return opened.map(Sessions.Opened::session);
  }

  /// Sends the cookie of a session that was opened on the way.
  @ResponseFilter
  void keep(HttpRequest<?> request, MutableHttpResponse<?> response) {
    request
        .getAttribute(OPENED, String.class)
        .ifPresent(cookie -> SessionCookie.set(request, response, cookie));
  }

  private static HttpResponse<?> askToSignIn(HttpRequest<?> request, boolean isReading) {
    Optional<String> shown =
        Optional.ofNullable(request.getHeaders().get("HX-Current-URL")).map(SessionFilter::path);
    if (shown.isPresent()) {
      return withoutCookie(
          request, HttpResponse.unauthorized().header("HX-Redirect", signIn(shown.get())));
    }
    if (!isReading) {
      throw new ConsoleProblem(ConsoleProblem.Kind.SIGNED_OUT, "problem.signed-out.detail");
    }
    return withoutCookie(
        request, HttpResponse.seeOther(URI.create(signIn(request.getUri().toString()))));
  }

  private static HttpResponse<?> withoutCookie(
      HttpRequest<?> request, MutableHttpResponse<?> response) {
    if (SessionCookie.read(request).isPresent()) {
      SessionCookie.clear(request, response);
    }
    return response.header("Cache-Control", "no-store");
  }

  private static String path(String url) {
    return url.replaceFirst("^https?://[^/?#]*", "").replaceFirst("#.*$", "");
  }

  private static String signIn(String asked) {
    String path = ReturnPath.of(Optional.of(asked));
    return path.equals("/")
        ? SIGN_IN
        : SIGN_IN
            + "?"
            + ReturnPath.PARAMETER
            + "="
            + URLEncoder.encode(path, StandardCharsets.UTF_8);
  }

  private static void check(HttpRequest<?> request, Session session) {
    boolean isOurs =
        new SentFrom(request).isSameOrigin()
            && token(request).filter(session::hasToken).isPresent();
    if (!isOurs) {
      throw new ConsoleProblem(ConsoleProblem.Kind.FORBIDDEN, "problem.form.detail");
    }
  }

  private static Optional<String> token(HttpRequest<?> request) {
    boolean isForm =
        request
            .getContentType()
            .filter(type -> type.matches(MediaType.APPLICATION_FORM_URLENCODED_TYPE))
            .isPresent();
    return Optional.ofNullable(request.getHeaders().get(TOKEN_HEADER))
        .or(
            () ->
                isForm
                    ? Optional.ofNullable(SentBody.form(request, LONGEST_FORM).get(Session.FIELD))
                    : Optional.empty());
  }
}
