package dev.stipend.console.page;

import dev.stipend.console.problem.ConsoleProblem;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Error;
import java.util.Map;

/// Turns what a page cannot do for somebody into a page that says so.
@Controller
class ProblemPages {
  static final String TEMPLATE = "problem.jte";

  private final Pages pages;

  ProblemPages(Pages pages) {
    this.pages = pages;
  }

  @Error(global = true)
  HttpResponse<?> of(HttpRequest<?> request, ConsoleProblem problem) {
    PageFrame frame = pages.frame(request, problem.kind().title());
    return pages.show(
        request,
        problem.kind().status(),
        frame,
        TEMPLATE,
        Map.of("detail", frame.say(problem.sentence(), problem.parts())));
  }
}
