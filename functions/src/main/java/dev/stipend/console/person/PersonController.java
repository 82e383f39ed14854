package dev.stipend.console.person;

import dev.stipend.console.form.Form;
import dev.stipend.console.page.Address;
import dev.stipend.console.page.Listing;
import dev.stipend.console.page.PageFrame;
import dev.stipend.console.page.Pages;
import dev.stipend.console.page.View;
import dev.stipend.console.problem.ConsoleProblem;
import dev.stipend.console.session.Session;
import dev.stipend.console.session.SignedIn;
import dev.stipend.platform.json.InvalidJsonException;
import dev.stipend.platform.web.Cursor;
import dev.stipend.tenant.Role;
import dev.stipend.tenant.people.NewPerson;
import dev.stipend.tenant.people.People;
import dev.stipend.tenant.people.PeopleDesk;
import dev.stipend.tenant.people.Person;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import java.net.URI;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Lists people, and names and forgets them. Ids are what senders say, so they stand in fields and
/// not in paths.
@Controller(PersonController.PATH)
@SignedIn
@Produces(MediaType.TEXT_HTML)
class PersonController {
  static final String PATH = "/people";
  static final String ID = "id";
  private static final URI BACK = URI.create(PATH);
  private static final int PAGE = 50;
  private static final String MISSING = "problem.person.detail";

  private final People people;
  private final PeopleDesk desk;
  private final Pages pages;
  private final InstantSource clock;

  PersonController(People people, PeopleDesk desk, Pages pages, InstantSource clock) {
    this.people = people;
    this.desk = desk;
    this.pages = pages;
    this.clock = clock;
  }

  /// Lists people, by their ids.
  ///
  /// @param q only those whose id or name contains it
  /// @param cursor where the page begins
  @Get
  HttpResponse<?> list(
      HttpRequest<?> request,
      Session session,
      @QueryValue Optional<String> q,
      @QueryValue Optional<String> cursor) {
    PageFrame frame = pages.frame(request, View.PEOPLE);
    Optional<String> sought = q.filter(Form::isText);
    Map<String, String> address = new LinkedHashMap<>();
    address.put("q", sought.orElse(""));
    Listing<PersonRow> found =
        Listing.of(
                people.page(
                    workspace(session),
                    sought,
                    cursor.map(text -> Cursor.parse(text, People::place)),
                    PAGE + 1),
                PAGE,
                person -> next(address, person))
            .map(PersonRow::of);
    return pages.show(
        request, frame, "people.jte", Map.of("people", found, "q", sought.orElse("")));
  }

  private static String next(Map<String, String> address, Person behind) {
    Map<String, String> parameters = new LinkedHashMap<>(address);
    parameters.put("cursor", Cursor.text(behind.id()));
    return Address.of(PATH, parameters);
  }

  /// Shows the form, with what is known of whoever has the id.
  @Get("/edit")
  HttpResponse<?> edit(HttpRequest<?> request, Session session, @QueryValue Optional<String> id) {
    session.require(Role.ADMIN);
    String asked = id.filter(Form::isText).orElse("");
    Map<String, String> values = new LinkedHashMap<>();
    values.put(ID, asked);
    people
        .find(workspace(session), asked)
        .ifPresent(
            person -> {
              values.put("name", person.name());
              values.put("email", person.email().orElse(""));
              values.put("team", person.team().orElse(""));
              values.put("slackId", person.slackId().orElse(""));
            });
    return show(request, HttpStatus.OK, Form.of(values));
  }

  /// Gives somebody a name.
  @Post(consumes = MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> put(HttpRequest<?> request, Session session) {
    session.require(Role.ADMIN);
    Form form = Form.sent(request);
    try {
      NewPerson wanted =
          NewPerson.read(form.value(ID), form.texts("name", "email", "team", "slackId"));
      Person named = desk.put(session.caller(), wanted, clock.instant());
      return HttpResponse.seeOther(URI.create(Address.of(PATH, Map.of("q", named.id()))));
    } catch (InvalidJsonException wrong) {
      return show(request, HttpStatus.BAD_REQUEST, form.wrong(wrong));
    }
  }

  private HttpResponse<?> show(HttpRequest<?> request, HttpStatus status, Form form) {
    return pages.show(
        request,
        status,
        pages.within(request, View.PEOPLE, "people.name.give"),
        "person.jte",
        Map.of("form", form));
  }

  /// Asks whether a name is to be forgotten.
  @Get("/remove")
  HttpResponse<?> ask(HttpRequest<?> request, Session session, @QueryValue Optional<String> id) {
    session.require(Role.ADMIN);
    Person person =
        id.filter(Form::isText)
            .flatMap(asked -> people.find(workspace(session), asked))
            .orElseThrow(() -> ConsoleProblem.notFound(MISSING));
    PageFrame frame = pages.frame(request, View.PEOPLE, person.name());
    return pages.ask(
        request,
        frame,
        frame.say("people.forget.ask", person.id()),
        Address.of(PATH + "/remove", Map.of(ID, person.id())),
        "people.forget",
        PATH);
  }

  /// Forgets a name.
  @Post(value = "/remove", consumes = MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> remove(Session session, @QueryValue Optional<String> id) {
    session.require(Role.ADMIN);
    boolean isGone =
        id.filter(Form::isText)
            .filter(asked -> desk.remove(session.caller(), asked, clock.instant()))
            .isPresent();
    if (!isGone) {
      throw ConsoleProblem.notFound(MISSING);
    }
    return HttpResponse.seeOther(BACK);
  }

  private static UUID workspace(Session session) {
    return session.caller().workspace().id();
  }
}
