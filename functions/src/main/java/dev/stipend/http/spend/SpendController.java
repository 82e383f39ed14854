package dev.stipend.http.spend;

import dev.stipend.http.ApiRequest;
import dev.stipend.http.CsvAnswer;
import dev.stipend.http.ReadsQuery;
import dev.stipend.platform.web.CsvDownload;
import dev.stipend.platform.web.SentQuery;
import dev.stipend.report.spend.SpendCsv;
import dev.stipend.report.spend.SpendQuery;
import dev.stipend.report.spend.SpendReport;
import dev.stipend.report.spend.SpendReports;
import dev.stipend.report.spend.SpendRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
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
  @Get(produces = {MediaType.APPLICATION_JSON, MediaType.TEXT_CSV})
  HttpResponse<?> spend(
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
            "cursor",
            CsvAnswer.FORMAT
          })
          SentQuery query) {
    boolean isCsv = CsvAnswer.isAsked(query, request);
    SpendRequest asked =
        SpendRequest.read(
            query.without(CsvAnswer.FORMAT),
            ZoneId.of(request.workspace().timeZone()),
            isCsv ? SpendQuery.MOST_GROUPS : SpendQuery.USUAL_GROUPS,
            request.now());
    String currency = request.workspace().currency();
    SpendReport report = reports.read(request.workspaceId(), asked.query());
    if (isCsv) {
      SpendCsv csv = SpendCsv.of(asked.query(), report, currency);
      return CsvDownload.of(csv.text(), "spend.csv", "/api/spend", query, csv.next());
    }
    return HttpResponse.ok(SpendResponse.of(asked, currency, report))
        .contentType(MediaType.APPLICATION_JSON_TYPE);
  }
}
