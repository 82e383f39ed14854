package dev.stipend.console.page;

import dev.stipend.console.session.SessionBinder;
import dev.stipend.platform.web.ProblemText;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Shows a problem of the API as a page where a browser asked for a page: in the same words.
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
class ProblemPageFilter {
  /// What programs ask for.
  private static final Set<String> FOR_PROGRAMS = Set.of("api", "v1", "slack", "hooks", "metrics");

  private final Pages pages;

  ProblemPageFilter(Pages pages) {
    this.pages = pages;
  }

  @ResponseFilter
  void show(HttpRequest<?> request, MutableHttpResponse<?> response) {
    if (response.getBody().orElse(null) instanceof ProblemText problem && asksForPage(request)) {
      ConsoleText text = ConsoleText.of(request);
      PageFrame frame =
          new PageFrame(text, problem.title(), Optional.empty(), SessionBinder.session(request));
      pages.fill(response, frame, ProblemPages.TEMPLATE, Map.of("detail", problem.detail()));
    }
  }

  private static boolean asksForPage(HttpRequest<?> request) {
    String first = request.getPath().replaceFirst("^/+", "").replaceFirst("/.*", "");
    return !FOR_PROGRAMS.contains(first)
        && Optional.ofNullable(request.getHeaders().get(HttpHeaders.ACCEPT))
            .filter(accepted -> accepted.contains(MediaType.TEXT_HTML))
            .isPresent();
  }
}
