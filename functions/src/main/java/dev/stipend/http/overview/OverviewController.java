package dev.stipend.http.overview;

import dev.stipend.http.ApiRequest;
import dev.stipend.report.overview.Overviews;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;

/// Shows how a workspace stands.
@Controller("/api/overview")
class OverviewController {
  private final Overviews overviews;

  OverviewController(Overviews overviews) {
    this.overviews = overviews;
  }

  /// Shows the running month against the last one, budgets by state, open alerts and unpriced
  /// usage, all in one answer.
  @Get
  OverviewResponse show(ApiRequest request) {
    return OverviewResponse.of(
        request.workspace(), overviews.of(request.workspace(), request.now()));
  }
}
