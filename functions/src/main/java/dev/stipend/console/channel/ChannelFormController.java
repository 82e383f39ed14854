package dev.stipend.console.channel;

import dev.stipend.console.form.Form;
import dev.stipend.console.page.ConsoleText;
import dev.stipend.console.page.PageFrame;
import dev.stipend.console.page.Pages;
import dev.stipend.console.page.View;
import dev.stipend.console.problem.ConsoleProblem;
import dev.stipend.console.session.Session;
import dev.stipend.console.session.SignedIn;
import dev.stipend.notification.channel.ChannelConfigs;
import dev.stipend.notification.channel.ChannelDesk;
import dev.stipend.notification.channel.ChannelKind;
import dev.stipend.notification.channel.ChannelNameTakenException;
import dev.stipend.notification.channel.ChannelRecord;
import dev.stipend.notification.channel.ChannelRegister;
import dev.stipend.notification.channel.ChannelRequest;
import dev.stipend.notification.channel.ChannelResponse;
import dev.stipend.notification.channel.NewChannel;
import dev.stipend.platform.json.InvalidJsonException;
import dev.stipend.platform.json.Labels;
import dev.stipend.tenant.Role;
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
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes, edits and removes channels.
@Controller(ChannelListPage.PATH)
@SignedIn
@Produces(MediaType.TEXT_HTML)
class ChannelFormController {
  private static final String MISSING = "problem.channel.detail";
  private static final URI BACK = URI.create(ChannelListPage.PATH);

  private final ChannelRegister channels;
  private final ChannelRequest requests;
  private final ChannelConfigs configs;
  private final ChannelDesk desk;
  private final ChannelListPage list;
  private final Pages pages;
  private final InstantSource clock;

  ChannelFormController(
      ChannelRegister channels,
      ChannelRequest requests,
      ChannelConfigs configs,
      ChannelDesk desk,
      ChannelListPage list,
      Pages pages,
      InstantSource clock) {
    this.channels = channels;
    this.requests = requests;
    this.configs = configs;
    this.desk = desk;
    this.list = list;
    this.pages = pages;
    this.clock = clock;
  }

  /// Asks for the kind of a new channel, and then for what it needs.
  @Get("/new")
  HttpResponse<?> ask(HttpRequest<?> request, Session session, @QueryValue Optional<String> kind) {
    session.require(Role.ADMIN);
    Optional<ChannelKind> known = kind.flatMap(this::kind);
    return known
        .<HttpResponse<?>>map(
            found -> show(request, HttpStatus.OK, found, Form.EMPTY, Optional.empty()))
        .orElseGet(() -> askForKind(request));
  }

  private HttpResponse<?> askForKind(HttpRequest<?> request) {
    PageFrame frame = pages.frame(request, View.CHANNELS);
    return pages.show(
        request,
        HttpStatus.OK,
        pages.within(request, View.CHANNELS, "channels.new"),
        "channelkinds.jte",
        Map.of(
            "kinds",
            configs.kinds().stream().map(kind -> ChannelForm.kind(kind, frame.text())).toList()));
  }

  private Optional<ChannelKind> kind(String label) {
    return Labels.find(ChannelKind.class, label).filter(configs.kinds()::contains);
  }

  /// Makes a channel.
  @Post(consumes = MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> create(HttpRequest<?> request, Session session) {
    session.require(Role.ADMIN);
    Form form = Form.sent(request);
    Optional<ChannelKind> kind = kind(form.value(ChannelForm.KIND));
    if (kind.isEmpty()) {
      return askForKind(request);
    }
    Map<String, Object> body = ChannelForm.body(form);
    body.put(ChannelForm.KIND, Labels.of(kind.get()));
    try {
      NewChannel wanted = requests.read(body, session.caller().workspace().id());
      List<String> warnings = configs.warnings(wanted.kind(), wanted.config());
      ChannelResponse made = desk.create(session.caller(), wanted, warnings, clock.instant());
      return warnings.isEmpty()
          ? HttpResponse.seeOther(BACK)
          : list.show(
              request,
              session,
              HttpStatus.CREATED,
              text -> TestResult.warning(made.id().toString(), warnings));
    } catch (InvalidJsonException wrong) {
      return show(request, HttpStatus.BAD_REQUEST, kind.get(), form.wrong(wrong), Optional.empty());
    } catch (ChannelNameTakenException taken) {
      return show(request, HttpStatus.CONFLICT, kind.get(), taken(form, taken), Optional.empty());
    }
  }

  private static Form taken(Form form, ChannelNameTakenException taken) {
    return form.wrong("name", String.valueOf(taken.getMessage()));
  }

  /// Shows a channel in its form.
  @Get("/{id}/edit")
  HttpResponse<?> edit(HttpRequest<?> request, Session session, @PathVariable String id) {
    ChannelRecord found = changeable(session, id);
    return show(
        request, HttpStatus.OK, found.channel().kind(), ChannelForm.of(found), Optional.of(found));
  }

  /// Edits a channel.
  @Post(value = "/{id}", consumes = MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> change(HttpRequest<?> request, Session session, @PathVariable String id) {
    ChannelRecord found = changeable(session, id);
    Form form = Form.sent(request);
    ChannelKind kind = found.channel().kind();
    try {
      Optional<ChannelResponse> edited =
          desk.edit(
              session.caller(),
              found.channel().id(),
              before -> requests.readEdit(ChannelForm.body(form), before),
              clock.instant());
      if (edited.isEmpty()) {
        throw ConsoleProblem.notFound(MISSING);
      }
      return HttpResponse.seeOther(BACK);
    } catch (InvalidJsonException wrong) {
      return show(request, HttpStatus.BAD_REQUEST, kind, form.wrong(wrong), Optional.of(found));
    } catch (ChannelNameTakenException taken) {
      return show(request, HttpStatus.CONFLICT, kind, taken(form, taken), Optional.of(found));
    }
  }

  /// @param edited the channel that is edited; empty for a new one
  private HttpResponse<?> show(
      HttpRequest<?> request,
      HttpStatus status,
      ChannelKind kind,
      Form form,
      Optional<ChannelRecord> edited) {
    ConsoleText text = pages.frame(request, View.CHANNELS).text();
    String title =
        edited.map(found -> found.channel().name()).orElseGet(() -> text.say("channels.new"));
    return pages.show(
        request,
        status,
        pages.frame(request, View.CHANNELS, title),
        "channel.jte",
        Map.of(
            "form",
            form,
            "kind",
            ChannelForm.kind(kind, text),
            "config",
            ChannelForm.config(kind),
            "severities",
            ChannelForm.severities(text),
            "id",
            edited.map(found -> found.channel().id().toString()).orElse("")));
  }

  /// Asks whether a channel is to be removed.
  @Get("/{id}/remove")
  HttpResponse<?> askToRemove(HttpRequest<?> request, Session session, @PathVariable String id) {
    ChannelRecord found = changeable(session, id);
    PageFrame frame = pages.frame(request, View.CHANNELS, found.channel().name());
    return pages.ask(
        request,
        frame,
        frame.say("channels.remove.ask"),
        ChannelListPage.PATH + "/" + found.channel().id() + "/remove",
        "channels.remove",
        ChannelListPage.PATH);
  }

  /// Removes a channel that no budget names.
  @Post(value = "/{id}/remove", consumes = MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> remove(Session session, @PathVariable String id) {
    ChannelRecord found = changeable(session, id);
    return switch (desk.delete(session.caller(), found, clock.instant())) {
      case ChannelDesk.Removal.Removed removed -> HttpResponse.seeOther(BACK);
      case ChannelDesk.Removal.Missing missing -> throw ConsoleProblem.notFound(MISSING);
      case ChannelDesk.Removal.InUse used ->
          throw new ConsoleProblem(
              ConsoleProblem.Kind.CONFLICT,
              "channels.used.detail",
              String.join(", ", used.budgets()) + (used.more() ? ", …" : ""));
    };
  }

  private ChannelRecord changeable(Session session, String id) {
    session.require(Role.ADMIN);
    return session.find(id, channels::find, MISSING);
  }
}
