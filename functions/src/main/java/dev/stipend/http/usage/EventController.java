package dev.stipend.http.usage;

import dev.stipend.http.ApiRequest;
import dev.stipend.http.CsvAnswer;
import dev.stipend.http.Page;
import dev.stipend.http.PageRequest;
import dev.stipend.http.ReadsQuery;
import dev.stipend.platform.web.CsvDownload;
import dev.stipend.platform.web.SentQuery;
import dev.stipend.report.usage.EventCsv;
import dev.stipend.report.usage.EventPlace;
import dev.stipend.report.usage.EventQuery;
import dev.stipend.report.usage.LedgerEvents;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import java.time.ZoneId;

/// Shows the events of the ledger.
@Controller("/api/usage")
class EventController {
  private static final int MOST = 200;

  private final LedgerEvents events;

  EventController(LedgerEvents events) {
    this.events = events;
  }

  /// Lists the events of the ledger, newest first.
  @Get(produces = {MediaType.APPLICATION_JSON, MediaType.TEXT_CSV})
  HttpResponse<?> list(
      ApiRequest request,
      @ReadsQuery({
            "from",
            "to",
            "timeZone",
            "userId",
            "agentId",
            "workflowId",
            "teamId",
            "provider",
            "model",
            "tag",
            "minCost",
            "eventId",
            "limit",
            "cursor",
            CsvAnswer.FORMAT
          })
          SentQuery query) {
    boolean isCsv = CsvAnswer.isAsked(query, request);
    SentQuery asked = query.without(CsvAnswer.FORMAT);
    ZoneId zone = ZoneId.of(request.workspace().timeZone());
    if (isCsv) {
      EventCsv csv =
          EventCsv.of(
              events.page(
                  request.workspaceId(),
                  EventQuery.read(asked, zone, EventCsv.MOST, EventCsv.MOST)),
              request.workspace().currency());
      return CsvDownload.of(csv.text(), "usage.csv", "/api/usage", query, csv.next());
    }
    LedgerEvents.Found found =
        events.page(
            request.workspaceId(), EventQuery.read(asked, zone, PageRequest.USUAL_LIMIT, MOST));
    return HttpResponse.ok(new Page<>(found.events(), found.next().map(EventPlace::cursor)))
        .contentType(MediaType.APPLICATION_JSON_TYPE);
  }
}
