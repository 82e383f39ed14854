package dev.stipend.http.spend;

import dev.stipend.http.ApiRequest;
import dev.stipend.http.ReadsQuery;
import dev.stipend.platform.web.SentQuery;
import dev.stipend.report.spend.SpendReports;
import dev.stipend.report.spend.SpendRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import java.time.ZoneId;

/// Shows what was spent.
@Controller("/api/spend")
class SpendController {
  private final SpendReports reports;

  SpendController(SpendReports reports) {
    this.reports = reports;
  }

  /// Sums up what was spent in a range of time.
  @Get
  SpendResponse spend(
      ApiRequest request,
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
    SpendRequest asked =
        SpendRequest.read(query, ZoneId.of(request.workspace().timeZone()), request.now());
    return SpendResponse.of(
        asked, request.workspace().currency(), reports.read(request.workspaceId(), asked.query()));
  }
}
