package dev.stipend.console.source;

import dev.stipend.console.form.Form;
import dev.stipend.console.page.ConsoleText;
import dev.stipend.console.page.PageFrame;
import dev.stipend.console.page.Pages;
import dev.stipend.console.page.View;
import dev.stipend.console.problem.ConsoleProblem;
import dev.stipend.console.session.Session;
import dev.stipend.console.session.SignedIn;
import dev.stipend.ingest.source.SourceCheck;
import dev.stipend.ingest.source.SourceRepository;
import dev.stipend.ingest.source.SpendSource;
import dev.stipend.platform.json.FieldError;
import dev.stipend.platform.json.InvalidJsonException;
import dev.stipend.tenant.Role;
import dev.stipend.tenant.Workspace;
import dev.stipend.usecase.source.ConnectSource;
import dev.stipend.usecase.source.SourceDesk;
import dev.stipend.usecase.source.SourceForm;
import dev.stipend.usecase.source.SourceTakenException;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Tries, connects, edits and removes sources.
@Controller(SourceController.PATH)
@SignedIn
@Produces(MediaType.TEXT_HTML)
class SourceFormController {
  private static final String NAME = "name";

  private final SourceRepository sources;
  private final SourceDesk desk;
  private final Pages pages;
  private final InstantSource clock;

  SourceFormController(
      SourceRepository sources, SourceDesk desk, Pages pages, InstantSource clock) {
    this.sources = sources;
    this.desk = desk;
    this.pages = pages;
    this.clock = clock;
  }

  /// Shows the form of a new source.
  @Get("/new")
  HttpResponse<?> ask(HttpRequest<?> request, Session session) {
    session.require(Role.ADMIN);
    return show(request, session, HttpStatus.OK, Form.EMPTY, Optional.empty());
  }

  /// Tries a source, shows what was found, and keeps nothing.
  @Post(value = "/test", consumes = MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> test(HttpRequest<?> request, Session session) {
    session.require(Role.ADMIN);
    Workspace workspace = session.caller().workspace();
    Form form = Form.sent(request);
    try {
      SourceForm wanted = SourceDesk.read(ConnectForm.body(form), workspace);
      SourceCheck found = desk.test(workspace, wanted, clock.instant());
      return show(request, session, HttpStatus.OK, form, Optional.of(found));
    } catch (InvalidJsonException wrong) {
      return show(request, session, HttpStatus.BAD_REQUEST, form.wrong(wrong), Optional.empty());
    }
  }

  /// Connects a source, after trying it.
  @Post(consumes = MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> connect(HttpRequest<?> request, Session session) {
    session.require(Role.ADMIN);
    Workspace workspace = session.caller().workspace();
    Form form = Form.sent(request);
    try {
      SourceForm wanted = SourceDesk.read(ConnectForm.body(form), workspace);
      ConnectSource.Checked checked = desk.check(workspace, wanted, clock.instant());
      return to(desk.connect(session.caller(), checked, wanted, clock.instant()));
    } catch (InvalidJsonException wrong) {
      return show(request, session, HttpStatus.BAD_REQUEST, form.wrong(wrong), Optional.empty());
    } catch (SourceTakenException taken) {
      return show(
          request,
          session,
          HttpStatus.CONFLICT,
          form.wrong(NAME, String.valueOf(taken.getMessage())),
          Optional.empty());
    }
  }

  private static HttpResponse<?> to(SpendSource source) {
    return HttpResponse.seeOther(URI.create(SourceController.PATH + "/" + source.id()));
  }

  private HttpResponse<?> show(
      HttpRequest<?> request,
      Session session,
      HttpStatus status,
      Form form,
      Optional<SourceCheck> found) {
    ConsoleText text = pages.frame(request, View.SOURCES).text();
    List<String> said =
        Stream.concat(
                form.errors().stream().map(FieldError::message),
                found.stream().flatMap(check -> check.warnings().stream()))
            .toList();
    return pages.show(
        request,
        status,
        pages.within(request, View.SOURCES, "sources.new"),
        "newsource.jte",
        Map.of(
            "form",
            form,
            "check",
            found.map(check -> CheckModel.of(check, session.caller().workspace(), text)),
            "grants",
            Grants.in(said),
            "presets",
            ConnectForm.presets(text),
            "units",
            ConnectForm.units(text),
            "mirroring",
            ConnectForm.mirroring(text)));
  }

  /// Shows what can be edited of a source.
  @Get("/{id}/edit")
  HttpResponse<?> edit(HttpRequest<?> request, Session session, @PathVariable String id) {
    SpendSource source = changeable(session, id);
    return showEdit(request, HttpStatus.OK, ConnectForm.of(source), source);
  }

  /// Renames a source, and changes when it is read.
  @Post(value = "/{id}", consumes = MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> change(HttpRequest<?> request, Session session, @PathVariable String id) {
    SpendSource source = changeable(session, id);
    Form form = Form.sent(request);
    try {
      return desk.edit(session.caller(), source, ConnectForm.edit(form), clock.instant())
          .<HttpResponse<?>>map(SourceFormController::to)
          .orElseThrow(() -> ConsoleProblem.notFound(SourceController.MISSING));
    } catch (InvalidJsonException wrong) {
      return showEdit(request, HttpStatus.BAD_REQUEST, form.wrong(wrong), source);
    } catch (SourceTakenException taken) {
      return showEdit(
          request,
          HttpStatus.CONFLICT,
          form.wrong(NAME, String.valueOf(taken.getMessage())),
          source);
    }
  }

  private HttpResponse<?> showEdit(
      HttpRequest<?> request, HttpStatus status, Form form, SpendSource source) {
    return pages.show(
        request,
        status,
        pages.frame(request, View.SOURCES, source.settings().name()),
        "editsource.jte",
        Map.of("form", form, "id", source.id().toString()));
  }

  /// Asks whether a source is to be removed.
  @Get("/{id}/remove")
  HttpResponse<?> askToRemove(HttpRequest<?> request, Session session, @PathVariable String id) {
    SpendSource source = changeable(session, id);
    PageFrame frame = pages.frame(request, View.SOURCES, source.settings().name());
    String path = SourceController.PATH + "/" + source.id();
    return pages.ask(
        request, frame, frame.say("sources.remove.ask"), path + "/remove", "sources.remove", path);
  }

  /// Removes a source. What it recorded stays.
  @Post(value = "/{id}/remove", consumes = MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> remove(Session session, @PathVariable String id) {
    desk.remove(session.caller(), changeable(session, id), clock.instant());
    return HttpResponse.seeOther(URI.create(SourceController.PATH));
  }

  private SpendSource changeable(Session session, String id) {
    session.require(Role.ADMIN);
    return session.find(id, sources::find, SourceController.MISSING);
  }
}
