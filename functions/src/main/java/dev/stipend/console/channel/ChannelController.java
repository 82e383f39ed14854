package dev.stipend.console.channel;

import dev.stipend.console.session.Session;
import dev.stipend.console.session.SignedIn;
import dev.stipend.notification.channel.Channel;
import dev.stipend.notification.channel.ChannelProbe;
import dev.stipend.notification.channel.ChannelRegister;
import dev.stipend.notification.channel.ProbeResponse;
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
import java.time.InstantSource;
import java.util.Optional;

/// Lists channels, and tries them.
@Controller("/channels")
@SignedIn
@Produces(MediaType.TEXT_HTML)
class ChannelController {
  private final ChannelRegister channels;
  private final ChannelProbe probe;
  private final ChannelListPage list;
  private final InstantSource clock;

  ChannelController(
      ChannelRegister channels, ChannelProbe probe, ChannelListPage list, InstantSource clock) {
    this.channels = channels;
    this.probe = probe;
    this.list = list;
    this.clock = clock;
  }

  /// Lists channels, newest first.
  ///
  /// @param cursor where the page begins
  @Get
  HttpResponse<?> list(
      HttpRequest<?> request, Session session, @QueryValue Optional<String> cursor) {
    return list.show(request, session, cursor);
  }

  /// Sends a message through a channel that says it is a test, and shows what came of it.
  @Post(value = "/{id}/test", consumes = MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> test(HttpRequest<?> request, Session session, @PathVariable String id) {
    session.require(Role.ADMIN);
    Channel channel = session.find(id, channels::find, "problem.channel.detail").channel();
    ProbeResponse came = probe.test(channel, session.caller(), clock.instant());
    return list.show(request, session, HttpStatus.OK, text -> TestResult.of(id, came, text));
  }
}
