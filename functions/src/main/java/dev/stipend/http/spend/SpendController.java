package dev.stipend.http.spend;

import dev.stipend.http.ReadsQuery;
import dev.stipend.http.SentQuery;
import dev.stipend.report.spend.SpendReports;
import dev.stipend.tenant.Caller;
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

  /// Sums up what was spent in a range of time.
  @Get
  SpendResponse spend(
      Caller caller,
      @ReadsQuery({
            "from",
            "to",
            "groupBy",
            "interval",
            "timeZone",
            "userId",
            "agentId",
            "workflowId",
            "teamId",
            "provider",
            "model",
            "tag",
            "limit",
            "cursor"
          })
          SentQuery query) {
    SpendRequest request = SpendRequest.read(query, caller, clock.instant());
    return SpendResponse.of(
        request,
        caller.workspace().currency(),
        reports.read(caller.workspace().id(), request.query()));
  }
}
