package dev.stipend.console.signin;

import dev.stipend.console.page.Pages;
import dev.stipend.console.problem.ConsoleProblem;
import dev.stipend.console.session.ReturnPath;
import dev.stipend.console.session.Session;
import dev.stipend.console.session.SessionCookie;
import dev.stipend.console.session.SessionFilter;
import dev.stipend.console.session.Sessions;
import dev.stipend.console.session.SignIn;
import dev.stipend.console.session.SignedIn;
import dev.stipend.platform.web.SentBody;
import dev.stipend.platform.web.SentFrom;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/// Signs people in and out.
@Controller(SessionFilter.SIGN_IN)
@Produces(MediaType.TEXT_HTML)
class SignInController {
  private static final String KEY = "key";
  private static final int LONGEST_FORM = 16 * 1024;

  private final SignIn signIn;
  private final Sessions sessions;
  private final Pages pages;
  private final InstantSource clock;

  SignInController(SignIn signIn, Sessions sessions, Pages pages, InstantSource clock) {
    this.signIn = signIn;
    this.sessions = sessions;
    this.pages = pages;
    this.clock = clock;
  }

  /// Asks for a key.
  @Get
  HttpResponse<?> ask(
      HttpRequest<?> request, @QueryValue(ReturnPath.PARAMETER) Optional<String> asked) {
    return form(request, HttpStatus.OK, ReturnPath.of(asked), "");
  }

  /// Opens a session. The key is in the body, so that no log has it.
  @Post(consumes = MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> open(HttpRequest<?> request) {
    SentFrom from = new SentFrom(request);
    if (!from.isSameOrigin()) {
      throw new ConsoleProblem(ConsoleProblem.Kind.FORBIDDEN, "problem.form.detail");
    }
    Map<String, String> sent = SentBody.form(request, LONGEST_FORM);
    String back = ReturnPath.of(Optional.ofNullable(sent.get(ReturnPath.PARAMETER)));
    Instant now = clock.instant();
    return switch (signIn.with(sent.getOrDefault(KEY, "").strip(), from.subscriber(), now)) {
      case SignIn.Outcome.SignedIn in -> {
        MutableHttpResponse<?> seeOther = HttpResponse.seeOther(URI.create(back));
        SessionCookie.set(request, seeOther, in.opened().cookie());
        yield seeOther.header(HttpHeaders.CACHE_CONTROL, "no-store");
      }
      case SignIn.Outcome.WrongKey wrong ->
          form(request, HttpStatus.UNAUTHORIZED, back, "sign-in.wrong");
      case SignIn.Outcome.TooMany many ->
          form(request, HttpStatus.TOO_MANY_REQUESTS, back, "sign-in.too-many")
              .header(
                  HttpHeaders.RETRY_AFTER,
                  Long.toString(Duration.between(now, many.until()).toSeconds() + 1));
    };
  }

  private MutableHttpResponse<?> form(
      HttpRequest<?> request, HttpStatus status, String back, String problem) {
    return pages.show(
        request,
        status,
        pages.frame(request, "sign-in.title"),
        "signin.jte",
        Map.of("back", back, "problem", problem));
  }

  /// Ends the session. For programs.
  @Delete(consumes = MediaType.ALL)
  @SignedIn
  HttpResponse<?> end(HttpRequest<?> request, Session session) {
    sessions.end(session, clock.instant());
    MutableHttpResponse<?> done = HttpResponse.noContent();
    SessionCookie.clear(request, done);
    return done;
  }

  /// Ends the session. For forms, which know no `DELETE`.
  @Post(value = "/end", consumes = MediaType.APPLICATION_FORM_URLENCODED)
  @SignedIn
  HttpResponse<?> leave(HttpRequest<?> request, Session session) {
    sessions.end(session, clock.instant());
    MutableHttpResponse<?> seeOther = HttpResponse.seeOther(URI.create(SessionFilter.SIGN_IN));
    SessionCookie.clear(request, seeOther);
    return seeOther;
  }
}
