package dev.stipend.api;

import dev.stipend.report.SpendReports;
import dev.stipend.workspace.Caller;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import java.time.InstantSource;

/// Shows what was spent.
@Controller("/api/spend")
class SpendController {
  private final SpendReports reports;
  private final InstantSource clock;

  SpendController(SpendReports reports, InstantSource clock) {
    this.reports = reports;
    this.clock = clock;
  }

  @Get
  SpendResponse spend(Caller caller, SentQuery query) {
    SpendRequest request = SpendRequest.read(query, caller, clock.instant());
    return SpendResponse.of(
        request,
        caller.workspace().currency(),
        reports.read(caller.workspace().id(), request.query()));
  }
}
