package dev.stipend.http.channel;

import dev.stipend.http.ApiRequest;
import dev.stipend.http.Page;
import dev.stipend.http.PageRequest;
import dev.stipend.http.Problem;
import dev.stipend.http.ProblemException;
import dev.stipend.http.ProblemKind;
import dev.stipend.notification.channel.ChannelConfigs;
import dev.stipend.notification.channel.ChannelDesk;
import dev.stipend.notification.channel.ChannelNameTakenException;
import dev.stipend.notification.channel.ChannelProbe;
import dev.stipend.notification.channel.ChannelRecord;
import dev.stipend.notification.channel.ChannelRegister;
import dev.stipend.notification.channel.ChannelRequest;
import dev.stipend.notification.channel.ChannelResponse;
import dev.stipend.notification.channel.NewChannel;
import dev.stipend.notification.channel.ProbeResponse;
import dev.stipend.platform.web.Cursor;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Error;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import java.net.URI;
import java.util.List;

/// Lists, makes, edits, tries and deletes channels.
@Controller("/api/channels")
class ChannelController {
  private final ChannelRegister channels;
  private final ChannelRequest requests;
  private final ChannelConfigs configs;
  private final ChannelDesk desk;
  private final ChannelProbe probe;

  ChannelController(
      ChannelRegister channels,
      ChannelRequest requests,
      ChannelConfigs configs,
      ChannelDesk desk,
      ChannelProbe probe) {
    this.channels = channels;
    this.requests = requests;
    this.configs = configs;
    this.desk = desk;
    this.probe = probe;
  }

  /// Lists channels, newest first.
  @Get
  Page<ChannelResponse> list(ApiRequest request, PageRequest page) {
    Cursor from = page.from();
    return page.of(
        channels.page(request.workspaceId(), from.before(), from.idBefore(), page.most()),
        found -> Cursor.at(found.createdAt(), found.channel().id()),
        ChannelResponse::of);
  }

  /// Shows a channel.
  @Get("/{id}")
  ChannelResponse get(ApiRequest request, @PathVariable String id) {
    return ChannelResponse.of(request.find("channel", id, channels::find));
  }

  /// Makes a channel, through which people are notified of alerts.
  @Post
  HttpResponse<?> create(ApiRequest request) {
    NewChannel wanted = requests.read(request.json(), request.workspaceId());
    List<String> warnings = configs.warnings(wanted.kind(), wanted.config());
    return request.once(
        () -> {
          ChannelResponse made = desk.create(request.caller(), wanted, warnings, request.now());
          return HttpResponse.created(made, URI.create("/api/channels/" + made.id()));
        });
  }

  /// Edits a channel. What is not named stays; a config is replaced as a whole.
  @Patch("/{id}")
  HttpResponse<?> update(ApiRequest request, @PathVariable String id) {
    return request.once(
        () ->
            HttpResponse.ok(
                request.find(
                    "channel",
                    id,
                    (workspace, channel) ->
                        desk.edit(
                            request.caller(),
                            channel,
                            before -> requests.readEdit(request.json(), before),
                            request.now()))));
  }

  /// Deletes a channel.
  @Delete("/{id}")
  HttpResponse<?> delete(ApiRequest request, @PathVariable String id) {
    return request.once(
        () -> {
          ChannelRecord before = request.find("channel", id, channels::find);
          return switch (desk.delete(request.caller(), before, request.now())) {
            case ChannelDesk.Removal.Removed removed -> HttpResponse.noContent();
            case ChannelDesk.Removal.Missing missing ->
                throw ProblemException.missing("channel", id);
            case ChannelDesk.Removal.InUse used ->
                throw new ProblemException(
                    ProblemKind.CONFLICT,
                    "Budgets use this channel; give them other channels first: "
                        + String.join(", ", used.budgets())
                        + (used.more() ? " and more." : "."));
          };
        });
  }

  /// Sends a message through a channel that says it is a test.
  @Post("/{id}/test")
  ProbeResponse test(ApiRequest request, @PathVariable String id) {
    // Not once for each idempotency key: that would keep a transaction open while a provider takes
    // its time, and whoever asks twice gets two messages that say they are tests.
    ChannelRecord found = request.find("channel", id, channels::find);
    return probe.test(found.channel(), request.caller(), request.now());
  }

  @Error
  HttpResponse<Problem> nameTaken(ChannelNameTakenException taken) {
    return ProblemKind.CONFLICT.response(String.valueOf(taken.getMessage()));
  }
}
