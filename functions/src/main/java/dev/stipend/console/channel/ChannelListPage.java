package dev.stipend.console.channel;

import dev.stipend.console.page.ConsoleText;
import dev.stipend.console.page.Listing;
import dev.stipend.console.page.PageFrame;
import dev.stipend.console.page.Pages;
import dev.stipend.console.page.View;
import dev.stipend.console.session.Session;
import dev.stipend.notification.channel.ChannelRegister;
import dev.stipend.platform.web.Cursor;
import dev.stipend.tenant.Workspace;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import jakarta.inject.Singleton;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The list of channels.
@Singleton
class ChannelListPage {
  static final String PATH = "/channels";
  private static final String TEMPLATE = "channels.jte";
  private static final int PAGE = 50;

  private final ChannelRegister channels;
  private final Pages pages;

  ChannelListPage(ChannelRegister channels, Pages pages) {
    this.channels = channels;
    this.pages = pages;
  }

  /// Shows it.
  ///
  /// @param cursor where the page begins
  HttpResponse<?> show(HttpRequest<?> request, Session session, Optional<String> cursor) {
    PageFrame frame = pages.frame(request, View.CHANNELS);
    return pages.show(request, frame, TEMPLATE, model(session, frame, cursor, TestResult.NONE));
  }

  /// Shows it with what came of a channel.
  HttpResponse<?> show(
      HttpRequest<?> request,
      Session session,
      HttpStatus status,
      Function<ConsoleText, TestResult> result) {
    PageFrame frame = pages.frame(request, View.CHANNELS);
    return pages.show(
        request,
        status,
        frame,
        TEMPLATE,
        model(session, frame, Optional.empty(), result.apply(frame.text())));
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
}
