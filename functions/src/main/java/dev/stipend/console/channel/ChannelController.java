package dev.stipend.console.channel;

import dev.stipend.console.page.Listing;
import dev.stipend.console.page.PageFrame;
import dev.stipend.console.page.Pages;
import dev.stipend.console.page.View;
import dev.stipend.console.session.Session;
import dev.stipend.console.session.SignedIn;
import dev.stipend.notification.channel.Channel;
import dev.stipend.notification.channel.ChannelProbe;
import dev.stipend.notification.channel.ChannelRegister;
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
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;

/// Lists channels, and tries them.
@Controller("/channels")
@SignedIn
@Produces(MediaType.TEXT_HTML)
class ChannelController {
  private static final int PAGE = 50;

  private final ChannelRegister channels;
  private final ChannelProbe probe;
  private final Pages pages;
  private final InstantSource clock;

  ChannelController(
      ChannelRegister channels, ChannelProbe probe, Pages pages, InstantSource clock) {
    this.channels = channels;
    this.probe = probe;
    this.pages = pages;
    this.clock = clock;
  }

  /// Lists channels, newest first.
  ///
  /// @param cursor where the page begins
  @Get
  HttpResponse<?> list(
      HttpRequest<?> request, Session session, @QueryValue Optional<String> cursor) {
    PageFrame frame = pages.frame(request, View.CHANNELS);
    return pages.show(
        request, frame, "channels.jte", model(session, frame, cursor, TestResult.NONE));
  }

  private Map<String, Object> model(
      Session session, PageFrame frame, Optional<String> cursor, TestResult result) {
    Workspace workspace = session.caller().workspace();
    ZoneId zone = ZoneId.of(workspace.timeZone());
    Cursor from = Cursor.parse(cursor);
    Listing<ChannelModel> found =
        Listing.of(
                channels.page(workspace.id(), from.before(), from.idBefore(), PAGE + 1),
                PAGE,
                channel -> Cursor.at(channel.createdAt(), channel.channel().id()))
            .map(channel -> ChannelModel.of(channel, zone, frame.text()));
    return Map.of("channels", found, "result", result);
  }

  /// Sends a message through a channel that says it is a test, and shows what came of it.
  @Post(value = "/{id}/test", consumes = MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> test(HttpRequest<?> request, Session session, @PathVariable String id) {
    session.require(Role.ADMIN);
    Channel channel = session.find(id, channels::find, "problem.channel.detail").channel();
    PageFrame frame = pages.frame(request, View.CHANNELS);
    TestResult result =
        TestResult.of(id, probe.test(channel, session.caller(), clock.instant()), frame.text());
    return pages.show(
        request,
        HttpStatus.OK,
        frame,
        "channels.jte",
        model(session, frame, Optional.empty(), result));
  }
}
