package dev.stipend.console.silence;

import dev.stipend.budget.BudgetCatalog;
import dev.stipend.budget.Scope;
import dev.stipend.budget.StoredBudget;
import dev.stipend.console.form.Choice;
import dev.stipend.console.form.Form;
import dev.stipend.console.page.Listing;
import dev.stipend.console.page.PageFrame;
import dev.stipend.console.page.Pages;
import dev.stipend.console.page.View;
import dev.stipend.console.problem.ConsoleProblem;
import dev.stipend.console.session.Session;
import dev.stipend.console.session.SignedIn;
import dev.stipend.notification.channel.ChannelNames;
import dev.stipend.notification.channel.Channels;
import dev.stipend.notification.silence.NewSilence;
import dev.stipend.notification.silence.Silence;
import dev.stipend.notification.silence.SilenceDesk;
import dev.stipend.notification.silence.SilenceRequest;
import dev.stipend.notification.silence.Silences;
import dev.stipend.platform.json.InvalidJsonException;
import dev.stipend.platform.json.Labels;
import dev.stipend.platform.web.Cursor;
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
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/// Lists, makes and ends silences.
@Controller(SilenceController.PATH)
@SignedIn
@Produces(MediaType.TEXT_HTML)
class SilenceController {
  static final String PATH = "/silences";
  private static final int PAGE = 50;
  private static final String MISSING = "problem.silence.detail";
  private static final String TITLE = "view.silences";
  private static final List<String> PREFILLED =
      List.of("scope", "scopeId", "budgetId", "channelId");

  private final Silences silences;
  private final SilenceDesk desk;
  private final SilenceRequest requests;
  private final ChannelNames names;
  private final Channels channels;
  private final BudgetCatalog budgets;
  private final Pages pages;
  private final InstantSource clock;

  SilenceController(
      Silences silences,
      SilenceDesk desk,
      SilenceRequest requests,
      ChannelNames names,
      Channels channels,
      BudgetCatalog budgets,
      Pages pages,
      InstantSource clock) {
    this.silences = silences;
    this.desk = desk;
    this.requests = requests;
    this.names = names;
    this.channels = channels;
    this.budgets = budgets;
    this.pages = pages;
    this.clock = clock;
  }

  /// Lists silences, newest first.
  ///
  /// @param cursor where the page begins
  @Get
  HttpResponse<?> list(
      HttpRequest<?> request, Session session, @QueryValue Optional<String> cursor) {
    Workspace workspace = session.caller().workspace();
    Instant now = clock.instant();
    PageFrame frame = pages.within(request, View.CHANNELS, TITLE);
    Cursor from = Cursor.parse(cursor);
    Listing<Silence> found =
        Listing.of(
            silences.page(
                workspace.id(), Optional.empty(), from.before(), from.idBefore(), PAGE + 1),
            PAGE,
            silence -> Cursor.at(silence.createdAt(), silence.id()));
    SilenceModel.Names called = names(workspace.id(), found.items());
    ZoneId zone = ZoneId.of(workspace.timeZone());
    return pages.show(
        request,
        frame,
        "silences.jte",
        Map.of(
            "silences",
            found.map(silence -> SilenceModel.of(silence, called, zone, frame.text(), now))));
  }

  private SilenceModel.Names names(UUID workspace, List<Silence> found) {
    List<UUID> ids =
        found.stream()
            .flatMap(silence -> silence.matcher().budgetId().stream())
            .distinct()
            .toList();
    return new SilenceModel.Names(
        budgets.findStored(workspace, ids).values().stream()
            .collect(Collectors.toMap(StoredBudget::id, StoredBudget::name)),
        channels.names(workspace));
  }

  /// Shows the form, filled in with what the address says.
  @Get("/new")
  HttpResponse<?> ask(HttpRequest<?> request, Session session) {
    session.require(Role.ADMIN);
    Map<String, String> values = new LinkedHashMap<>();
    for (String name : PREFILLED) {
      values.put(name, request.getParameters().getFirst(name).orElse(""));
    }
    return show(request, session, HttpStatus.OK, Form.of(values));
  }

  /// Makes a silence.
  @Post(consumes = MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> create(HttpRequest<?> request, Session session) {
    session.require(Role.ADMIN);
    Workspace workspace = session.caller().workspace();
    Instant now = clock.instant();
    Form form = Form.sent(request);
    try {
      NewSilence wanted =
          names.read(
              workspace.id(),
              form.texts("scope", "scopeId", "budgetId", "channelId", "from", "until", "reason"),
              json -> requests.read(json, workspace, now));
      desk.create(session.caller(), wanted, now);
      return HttpResponse.seeOther(URI.create(PATH));
    } catch (InvalidJsonException wrong) {
      return show(request, session, HttpStatus.BAD_REQUEST, form.wrong(wrong));
    }
  }

  private HttpResponse<?> show(
      HttpRequest<?> request, Session session, HttpStatus status, Form form) {
    PageFrame frame = pages.within(request, View.CHANNELS, "silences.new");
    List<Choice> scopes = new ArrayList<>();
    scopes.add(new Choice("", frame.say("silences.any")));
    for (Scope scope : Scope.values()) {
      scopes.add(new Choice(Labels.of(scope), frame.text().name("scope", Labels.of(scope))));
    }
    List<Choice> places = new ArrayList<>();
    places.add(new Choice("", frame.say("silences.any")));
    channels
        .names(session.caller().workspace().id())
        .forEach((id, name) -> places.add(new Choice(id.toString(), name)));
    return pages.show(
        request,
        status,
        frame,
        "silence.jte",
        Map.of("form", form, "scopes", scopes, "channels", places));
  }

  /// Asks whether a silence is to end.
  @Get("/{id}/end")
  HttpResponse<?> askToEnd(HttpRequest<?> request, Session session, @PathVariable String id) {
    Silence silence = changeable(session, id);
    PageFrame frame = pages.frame(request, View.CHANNELS, silence.reason());
    return pages.ask(
        request,
        frame,
        frame.say("silences.end.ask"),
        PATH + "/" + silence.id() + "/end",
        "silences.end",
        PATH);
  }

  /// Ends a silence. What still holds is told then.
  @Post(value = "/{id}/end", consumes = MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> end(Session session, @PathVariable String id) {
    Silence silence = changeable(session, id);
    if (!desk.end(session.caller(), silence, clock.instant())) {
      throw ConsoleProblem.notFound(MISSING);
    }
    return HttpResponse.seeOther(URI.create(PATH));
  }

  private Silence changeable(Session session, String id) {
    session.require(Role.ADMIN);
    return session.find(id, silences::find, MISSING);
  }
}
