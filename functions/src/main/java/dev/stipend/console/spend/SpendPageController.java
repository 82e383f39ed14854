package dev.stipend.console.spend;

import dev.stipend.console.page.PageFrame;
import dev.stipend.console.page.Pages;
import dev.stipend.console.page.View;
import dev.stipend.console.session.Session;
import dev.stipend.console.session.SignedIn;
import dev.stipend.console.spend.SpendPageWriter.Before;
import dev.stipend.money.Money;
import dev.stipend.platform.json.FieldError;
import dev.stipend.platform.json.InvalidJsonException;
import dev.stipend.platform.web.CsvDownload;
import dev.stipend.platform.web.SentQuery;
import dev.stipend.report.spend.Dimension;
import dev.stipend.report.spend.SeenIds;
import dev.stipend.report.spend.SpendCsv;
import dev.stipend.report.spend.SpendQuery;
import dev.stipend.report.spend.SpendReport;
import dev.stipend.report.spend.SpendReports;
import dev.stipend.report.spend.SpendRequest;
import dev.stipend.report.spend.SpendTotals;
import dev.stipend.tenant.Workspace;
import dev.stipend.time.Period;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Shows where money went.
@Controller(SpendAddress.PATH)
@SignedIn
@Produces(MediaType.TEXT_HTML)
class SpendPageController {
  private static final String TEMPLATE = "spend.jte";
  private static final int TAG_KEYS = 20;

  private final SpendReports reports;
  private final SeenIds seen;
  private final Pages pages;
  private final InstantSource clock;

  SpendPageController(SpendReports reports, SeenIds seen, Pages pages, InstantSource clock) {
    this.reports = reports;
    this.seen = seen;
    this.pages = pages;
    this.clock = clock;
  }

  /// Shows a range by its intervals and by one dimension, against the period before.
  @Get
  HttpResponse<?> show(HttpRequest<?> request, Session session, SentQuery query) {
    Workspace workspace = session.caller().workspace();
    SpendAddress address = SpendAddress.read(query, ZoneId.of(workspace.timeZone()));
    PageFrame frame = pages.frame(request, View.SPEND);
    List<String> tagKeys = seen.tagKeys(workspace.id(), "", TAG_KEYS).ids();
    try {
      SpendRequest asked = address.request(clock.instant());
      SpendReport report = reports.read(workspace.id(), asked.query());
      SpendPageModel model =
          new SpendPageWriter(frame.text(), workspace.currency(), address)
              .write(asked, report, before(workspace.id(), address, asked.query(), report));
      return pages.show(
          request, frame, TEMPLATE, model(address, tagKeys, List.of(), frame, Optional.of(model)));
    } catch (InvalidJsonException wrong) {
      return pages.show(
          request,
          HttpStatus.BAD_REQUEST,
          frame,
          TEMPLATE,
          model(address, tagKeys, wrong.errors(), frame, Optional.empty()));
    }
  }

  private static Map<String, Object> model(
      SpendAddress address,
      List<String> tagKeys,
      List<FieldError> errors,
      PageFrame frame,
      Optional<SpendPageModel> model) {
    Map<String, Object> all = new HashMap<>();
    all.put("form", SpendFormModel.of(address, SpendAddress.PATH, tagKeys, errors, frame.text()));
    all.put("model", model);
    return all;
  }

  /// What the period before came to; empty where it is not known any more.
  private Optional<Before> before(
      UUID workspace, SpendAddress address, SpendQuery query, SpendReport report) {
    try {
      Period before = address.before(query.range());
      Dimension dimension = query.groupBy().getFirst();
      SpendTotals total =
          reports
              .read(
                  workspace,
                  new SpendQuery(List.of(before), List.of(), query.filters(), query.limit(), 0))
              .totals();
      Map<String, Money> groups = new HashMap<>();
      if (!report.groups().isEmpty() && !total.equals(SpendTotals.ZERO)) {
        Map<Dimension, List<String>> filters = new LinkedHashMap<>(query.filters());
        filters.put(
            dimension, report.groups().stream().map(group -> group.values().getFirst()).toList());
        reports
            .read(
                workspace,
                new SpendQuery(List.of(before), List.of(dimension), filters, SpendAddress.TOP, 0))
            .groups()
            .forEach(group -> groups.put(group.values().getFirst(), group.totals().cost()));
      }
      return Optional.of(new Before(total.cost(), groups));
    } catch (InvalidJsonException forgotten) {
      return Optional.empty();
    }
  }

  /// The same as a table for spreadsheets, with all groups.
  @Get("/export")
  @Produces(MediaType.TEXT_CSV)
  HttpResponse<?> export(Session session, SentQuery query) {
    Workspace workspace = session.caller().workspace();
    Instant now = clock.instant();
    SpendRequest asked =
        SpendAddress.read(query, ZoneId.of(workspace.timeZone()))
            .export(SpendQuery.MOST_GROUPS, now);
    SpendCsv csv =
        SpendCsv.of(
            asked.query(), reports.read(workspace.id(), asked.query()), workspace.currency());
    return CsvDownload.of(
        csv.text(), "spend.csv", SpendAddress.PATH + "/export", query, csv.next());
  }
}
