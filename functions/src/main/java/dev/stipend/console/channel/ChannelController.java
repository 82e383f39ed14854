package dev.stipend.console.channel;

import dev.stipend.console.page.PageFrame;
import dev.stipend.console.page.Pages;
import dev.stipend.console.page.View;
import dev.stipend.console.problem.ConsoleProblem;
import dev.stipend.console.session.Session;
import dev.stipend.console.session.SignedIn;
import dev.stipend.notification.channel.Channel;
import dev.stipend.notification.channel.ChannelProbe;
import dev.stipend.notification.channel.ChannelRegister;
import dev.stipend.notification.send.SendOutcome;
import dev.stipend.platform.json.JsonText;
import dev.stipend.platform.web.Ids;
import dev.stipend.tenant.AuditEvent;
import dev.stipend.tenant.AuditLog;
import dev.stipend.tenant.Role;
import dev.stipend.tenant.Workspace;
import dev.stipend.time.Period;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Lists channels, and tries them.
@Controller("/channels")
@SignedIn
@Produces(MediaType.TEXT_HTML)
class ChannelController {
  private static final int MOST = 200;

  private final ChannelRegister channels;
  private final ChannelProbe probe;
  private final AuditLog audit;
  private final JsonText json;
  private final Pages pages;
  private final InstantSource clock;

  ChannelController(
      ChannelRegister channels,
      ChannelProbe probe,
      AuditLog audit,
      JsonText json,
      Pages pages,
      InstantSource clock) {
    this.channels = channels;
    this.probe = probe;
    this.audit = audit;
    this.json = json;
    this.pages = pages;
    this.clock = clock;
  }

  /// Lists channels, newest first.
  @Get
  HttpResponse<?> list(HttpRequest<?> request, Session session) {
    PageFrame frame = pages.frame(request, View.CHANNELS);
    return pages.show(request, frame, "channels.jte", model(session, frame, TestResult.NONE));
  }

  private Map<String, Object> model(Session session, PageFrame frame, TestResult result) {
    Workspace workspace = session.caller().workspace();
    ZoneId zone = ZoneId.of(workspace.timeZone());
    List<ChannelModel> found =
        channels.page(workspace.id(), Period.FOREVER, new UUID(-1, -1), MOST).stream()
            .map(channel -> ChannelModel.of(channel, zone, frame.text()))
            .toList();
    return Map.of("channels", found, "result", result);
  }

  /// Sends a message through a channel that says it is a test, and shows what came of it.
  @Post(value = "/{id}/test", consumes = MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> test(HttpRequest<?> request, Session session, @PathVariable String id) {
    session.require(Role.ADMIN);
    Workspace workspace = session.caller().workspace();
    Channel channel =
        Ids.parse(id)
            .flatMap(uuid -> channels.find(workspace.id(), uuid))
            .orElseThrow(() -> ConsoleProblem.notFound("problem.channel.detail"))
            .channel();
    Instant now = clock.instant();
    String actor = session.caller().actor();
    PageFrame frame = pages.frame(request, View.CHANNELS);
    SendOutcome outcome = probe.send(workspace, channel, actor, now);
    TestResult result = TestResult.of(id, outcome, frame.text());
    audit.write(
        workspace.id(),
        new AuditEvent(actor, "channel.test", "channel " + channel.id())
            .resultingIn(json.write(Map.of("outcome", result.arrived() ? "sent" : "failed"))),
        now);
    return pages.show(request, HttpStatus.OK, frame, "channels.jte", model(session, frame, result));
  }
}
