package dev.stipend.http.spend;

import dev.stipend.http.ReadsQuery;
import dev.stipend.http.SentQuery;
import dev.stipend.report.spend.SpendReports;
import dev.stipend.tenant.Caller;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.InstantSource;

/// Shows what was spent.
@Tag(name = "Usage and spend")
@Controller("/api/spend")
class SpendController {
  private final SpendReports reports;
  private final InstantSource clock;

  SpendController(SpendReports reports, InstantSource clock) {
    this.reports = reports;
    this.clock = clock;
  }

  /// Sums up what was spent in a range of time.
  @Parameter(
      in = ParameterIn.QUERY,
      name = "from",
      description =
          "start of the range, a date or an ISO 8601 time; the start of the month if nothing is"
              + " said")
  @Parameter(
      in = ParameterIn.QUERY,
      name = "to",
      description = "end of the range; now if nothing is said")
  @Parameter(
      in = ParameterIn.QUERY,
      name = "groupBy",
      description =
          "by what it is broken down, such as agent,model or tag:project; may be repeated")
  @Parameter(
      in = ParameterIn.QUERY,
      name = "interval",
      description = "into what the range is split")
  @Parameter(
      in = ParameterIn.QUERY,
      name = "timeZone",
      description = "IANA zone whose calendar counts; the workspace's if nothing is said")
  @Parameter(
      in = ParameterIn.QUERY,
      name = "userId",
      description = "only of this user; may be repeated, as may those below")
  @Parameter(in = ParameterIn.QUERY, name = "agentId", description = "only of this agent")
  @Parameter(in = ParameterIn.QUERY, name = "workflowId", description = "only of this workflow")
  @Parameter(in = ParameterIn.QUERY, name = "teamId", description = "only of this team")
  @Parameter(in = ParameterIn.QUERY, name = "provider", description = "only of this provider")
  @Parameter(in = ParameterIn.QUERY, name = "model", description = "only of this model")
  @Parameter(in = ParameterIn.QUERY, name = "tag", description = "only with this tag, key=value")
  @Parameter(in = ParameterIn.QUERY, name = "limit", description = "how many groups at most")
  @Parameter(
      in = ParameterIn.QUERY,
      name = "cursor",
      description = "the nextCursor of the page before")
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
          @Parameter(hidden = true)
          SentQuery query) {
    SpendRequest request = SpendRequest.read(query, caller, clock.instant());
    return SpendResponse.of(
        request,
        caller.workspace().currency(),
        reports.read(caller.workspace().id(), request.query()));
  }
}
