package dev.stipend.console.spend;

import dev.stipend.console.page.PageFrame;
import dev.stipend.console.page.Pages;
import dev.stipend.console.page.View;
import dev.stipend.console.session.Session;
import dev.stipend.console.session.SignedIn;
import dev.stipend.platform.json.FieldError;
import dev.stipend.platform.json.InvalidJsonException;
import dev.stipend.platform.web.CsvDownload;
import dev.stipend.platform.web.SentQuery;
import dev.stipend.report.usage.EventCsv;
import dev.stipend.report.usage.EventQuery;
import dev.stipend.report.usage.LedgerEvents;
import dev.stipend.tenant.Workspace;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Shows the events behind spend.
@Controller(SpendAddress.EVENTS)
@SignedIn
@Produces(MediaType.TEXT_HTML)
class EventPageController {
  private static final String TEMPLATE = "events.jte";
  private static final int EVENTS = 50;

  private final LedgerEvents events;
  private final Pages pages;
  private final InstantSource clock;

  EventPageController(LedgerEvents events, Pages pages, InstantSource clock) {
    this.events = events;
    this.pages = pages;
    this.clock = clock;
  }

  /// Lists events, newest first.
  @Get
  HttpResponse<?> show(HttpRequest<?> request, Session session, SentQuery query) {
    Workspace workspace = session.caller().workspace();
    SpendAddress address = SpendAddress.read(query, ZoneId.of(workspace.timeZone()));
    PageFrame frame = pages.within(request, View.SPEND, "spend.events");
    try {
      EventQuery asked =
          EventQuery.read(address.events(clock.instant()), address.zone(), EVENTS, EVENTS);
      LedgerEvents.Found found = events.page(workspace.id(), asked);
      Map<String, Object> model = model(address, List.of(), frame);
      model.put(
          "rows",
          found.events().stream()
              .map(
                  event ->
                      EventRowModel.of(event, workspace.currency(), address.zone(), frame.text()))
              .toList());
      found
          .next()
          .ifPresent(
              next -> {
                model.put(
                    "next", address.sent().with("cursor", next.cursor()).of(SpendAddress.EVENTS));
                if (!found.full()) {
                  model.put(
                      "searched",
                      frame.say(
                          "spend.searched",
                          frame.text().time(next.before(), address.zone()).text()));
                }
              });
      return pages.show(request, frame, TEMPLATE, model);
    } catch (InvalidJsonException wrong) {
      return pages.show(
          request, HttpStatus.BAD_REQUEST, frame, TEMPLATE, model(address, wrong.errors(), frame));
    }
  }

  private static Map<String, Object> model(
      SpendAddress address, List<FieldError> errors, PageFrame frame) {
    Map<String, Object> model = new HashMap<>();
    model.put(
        "form", SpendFormModel.of(address, SpendAddress.EVENTS, List.of(), errors, frame.text()));
    model.put("rows", List.of());
    model.put("next", "");
    model.put("searched", "");
    model.put("csv", address.sent().without("cursor").of(SpendAddress.EVENTS + "/export"));
    model.put("back", address.sent().without("cursor", "minCost", "eventId").of(SpendAddress.PATH));
    return model;
  }

  /// The same as a table for spreadsheets.
  @Get("/export")
  @Produces(MediaType.TEXT_CSV)
  HttpResponse<?> export(Session session, SentQuery query) {
    Workspace workspace = session.caller().workspace();
    SpendAddress address = SpendAddress.read(query, ZoneId.of(workspace.timeZone()));
    EventQuery asked =
        EventQuery.read(
            address.events(clock.instant()), address.zone(), EventCsv.MOST, EventCsv.MOST);
    EventCsv csv = EventCsv.of(events.page(workspace.id(), asked), workspace.currency());
    return CsvDownload.of(
        csv.text(), "usage.csv", SpendAddress.EVENTS + "/export", query, csv.next());
  }
}
