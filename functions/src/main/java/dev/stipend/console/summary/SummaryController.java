package dev.stipend.console.summary;

import dev.stipend.console.form.Choice;
import dev.stipend.console.form.Form;
import dev.stipend.console.page.ConsoleText;
import dev.stipend.console.page.Listing;
import dev.stipend.console.page.PageFrame;
import dev.stipend.console.page.Pages;
import dev.stipend.console.page.View;
import dev.stipend.console.problem.ConsoleProblem;
import dev.stipend.console.session.Session;
import dev.stipend.console.session.SignedIn;
import dev.stipend.notification.channel.ChannelNames;
import dev.stipend.notification.channel.Channels;
import dev.stipend.platform.json.InvalidJsonException;
import dev.stipend.platform.json.Labels;
import dev.stipend.platform.web.Cursor;
import dev.stipend.report.summary.SummaryDesk;
import dev.stipend.report.summary.SummaryFrequency;
import dev.stipend.report.summary.SummaryRequest;
import dev.stipend.report.summary.SummarySchedule;
import dev.stipend.report.summary.SummarySchedules;
import dev.stipend.tenant.Role;
import dev.stipend.tenant.Workspace;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import java.net.URI;
import java.time.DayOfWeek;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/// Lists, makes and ends schedules of summaries.
@Controller(SummaryController.PATH)
@SignedIn
@Produces(MediaType.TEXT_HTML)
class SummaryController {
  static final String PATH = "/summaries";
  private static final int PAGE = 50;
  private static final String MISSING = "problem.summary.detail";
  private static final String TITLE = "view.summaries";
  private static final String EVERY = "every";
  private static final String WEEKDAY = "weekday";
  private static final String CHANNELS = "channels";

  private final SummarySchedules schedules;
  private final SummaryDesk desk;
  private final ChannelNames names;
  private final Channels channels;
  private final Pages pages;
  private final InstantSource clock;

  SummaryController(
      SummarySchedules schedules,
      SummaryDesk desk,
      ChannelNames names,
      Channels channels,
      Pages pages,
      InstantSource clock) {
    this.schedules = schedules;
    this.desk = desk;
    this.names = names;
    this.channels = channels;
    this.pages = pages;
    this.clock = clock;
  }

  /// Lists schedules, newest first.
  ///
  /// @param cursor where the page begins
  @Get
  HttpResponse<?> list(
      HttpRequest<?> request, Session session, @QueryValue Optional<String> cursor) {
    UUID workspace = session.caller().workspace().id();
    PageFrame frame = pages.within(request, View.CHANNELS, TITLE);
    Cursor from = Cursor.parse(cursor);
    Map<UUID, String> called = channels.names(workspace);
    Listing<SummaryModel> found =
        Listing.of(
                schedules.page(workspace, from.before(), from.idBefore(), PAGE + 1),
                PAGE,
                schedule -> Cursor.at(schedule.createdAt(), schedule.id()))
            .map(schedule -> SummaryModel.of(schedule, called, frame.text()));
    return pages.show(request, frame, "summaries.jte", Map.of("summaries", found));
  }

  /// Shows the form.
  @Get("/new")
  HttpResponse<?> ask(HttpRequest<?> request, Session session) {
    session.require(Role.ADMIN);
    return show(
        request,
        session,
        HttpStatus.OK,
        Form.of(Map.of("timeZone", session.caller().workspace().timeZone(), "hour", "9")));
  }

  /// Makes a schedule.
  @Post(consumes = MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> create(HttpRequest<?> request, Session session) {
    session.require(Role.ADMIN);
    Workspace workspace = session.caller().workspace();
    Form form = Form.sent(request);
    try {
      SummaryRequest.Wanted wanted =
          names.read(workspace.id(), body(form), json -> SummaryRequest.read(json, workspace));
      desk.create(session.caller(), wanted, clock.instant());
      return HttpResponse.seeOther(URI.create(PATH));
    } catch (InvalidJsonException wrong) {
      return show(request, session, HttpStatus.BAD_REQUEST, form.wrong(wrong));
    }
  }

  private static Map<String, Object> body(Form form) {
    Map<String, Object> body = form.texts(EVERY, "timeZone");
    body.putAll(form.numbers("hour"));
    if (form.value(EVERY).equals(Labels.of(SummaryFrequency.WEEKLY))) {
      body.putAll(form.texts(WEEKDAY));
    }
    body.put(CHANNELS, List.copyOf(form.below(CHANNELS).keySet()));
    return body;
  }

  private HttpResponse<?> show(
      HttpRequest<?> request, Session session, HttpStatus status, Form form) {
    PageFrame frame = pages.within(request, View.CHANNELS, "summaries.new");
    ConsoleText text = frame.text();
    List<Choice> every =
        Stream.of(SummaryFrequency.values())
            .map(Labels::of)
            .map(label -> new Choice(label, text.say("summaries.every." + label)))
            .toList();
    List<Choice> days =
        Stream.of(DayOfWeek.values())
            .map(day -> new Choice(Labels.of(day), SummaryModel.day(day, text)))
            .toList();
    List<Choice> places =
        channels.names(session.caller().workspace().id()).entrySet().stream()
            .map(each -> new Choice(CHANNELS + "." + each.getKey(), each.getValue()))
            .toList();
    return pages.show(
        request,
        status,
        frame,
        "summary.jte",
        Map.of("form", form, "every", every, "days", days, "channels", places));
  }

  /// Asks whether a schedule is to end.
  @Get("/{id}/end")
  HttpResponse<?> askToEnd(HttpRequest<?> request, Session session, @PathVariable String id) {
    SummarySchedule schedule = changeable(session, id);
    PageFrame frame = pages.within(request, View.CHANNELS, TITLE);
    return pages.ask(
        request,
        frame,
        frame.say("summaries.end.ask", SummaryModel.of(schedule, Map.of(), frame.text()).when()),
        PATH + "/" + schedule.id() + "/end",
        "summaries.end",
        PATH);
  }

  /// Ends a schedule.
  @Post(value = "/{id}/end", consumes = MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> end(Session session, @PathVariable String id) {
    SummarySchedule schedule = changeable(session, id);
    if (!desk.end(session.caller(), schedule, clock.instant())) {
      throw ConsoleProblem.notFound(MISSING);
    }
    return HttpResponse.seeOther(URI.create(PATH));
  }

  private SummarySchedule changeable(Session session, String id) {
    session.require(Role.ADMIN);
    return session.find(id, schedules::find, MISSING);
  }
}
