package dev.stipend.console.overview;

import dev.stipend.console.page.FirstEvent;
import dev.stipend.console.page.PageFrame;
import dev.stipend.console.page.Pages;
import dev.stipend.console.page.View;
import dev.stipend.console.session.LocalKey;
import dev.stipend.console.session.Session;
import dev.stipend.console.session.SignedIn;
import dev.stipend.report.overview.Overviews;
import dev.stipend.tenant.Workspace;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import java.time.InstantSource;
import java.util.Map;

/// Shows the overview.
@Controller
@SignedIn
@Produces(MediaType.TEXT_HTML)
class OverviewController {
  static final String TEMPLATE = "overview.jte";
  private static final String ASKED_AGAIN = "HX-Request";

  private final Overviews overviews;
  private final LocalKey local;
  private final Pages pages;
  private final InstantSource clock;

  OverviewController(Overviews overviews, LocalKey local, Pages pages, InstantSource clock) {
    this.overviews = overviews;
    this.local = local;
    this.pages = pages;
    this.clock = clock;
  }

  /// Shows how the workspace of whoever is signed in stands; before anything was reported, how to
  /// report it.
  @Get("/")
  HttpResponse<?> show(HttpRequest<?> request, Session session) {
    Workspace workspace = session.caller().workspace();
    PageFrame frame = pages.frame(request, View.OVERVIEW);
    OverviewModel model =
        OverviewModel.of(overviews.of(workspace, clock.instant()), workspace, frame.text());
    if (!model.isWaiting()) {
      return pages.show(request, frame, TEMPLATE, Map.of("model", model));
    }
    // What somebody copies stays as it is while the page asks again.
    return request.getHeaders().contains(ASKED_AGAIN)
        ? HttpResponse.noContent()
        : pages.show(
            request,
            frame,
            "firstrun.jte",
            Map.of("example", FirstEvent.of(request, local.of(session))));
  }
}
