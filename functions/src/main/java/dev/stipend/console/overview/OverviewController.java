package dev.stipend.console.overview;

import dev.stipend.console.page.Pages;
import dev.stipend.console.page.View;
import dev.stipend.console.session.SignedIn;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import java.util.Map;

/// Shows the overview.
@Controller
@SignedIn
@Produces(MediaType.TEXT_HTML)
class OverviewController {
  private final Pages pages;

  OverviewController(Pages pages) {
    this.pages = pages;
  }

  /// Shows how the workspace of whoever is signed in stands.
  @Get("/")
  HttpResponse<?> show(HttpRequest<?> request) {
    return pages.show(request, pages.frame(request, View.OVERVIEW), "overview.jte", Map.of());
  }
}
