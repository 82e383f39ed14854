package dev.stipend.http.channel;

import dev.stipend.http.ApiRequest;
import dev.stipend.http.Page;
import dev.stipend.http.PageRequest;
import dev.stipend.http.Problem;
import dev.stipend.http.ProblemException;
import dev.stipend.http.ProblemKind;
import dev.stipend.notification.channel.Channel;
import dev.stipend.notification.channel.ChannelConfigs;
import dev.stipend.notification.channel.ChannelNameTakenException;
import dev.stipend.notification.channel.ChannelProbe;
import dev.stipend.notification.channel.ChannelRecord;
import dev.stipend.notification.channel.ChannelRegister;
import dev.stipend.notification.channel.NewChannel;
import dev.stipend.notification.channel.ProbeResponse;
import dev.stipend.platform.json.Labels;
import dev.stipend.platform.web.Cursor;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Error;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.serde.annotation.Serdeable;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/// Lists, makes, edits, tries and deletes channels.
@Controller("/api/channels")
class ChannelController {
  private static final int BUDGETS_NAMED = 5;

  private final ChannelRegister channels;
  private final ChannelRequest requests;
  private final ChannelConfigs configs;
  private final ChannelProbe probe;

  ChannelController(
      ChannelRegister channels,
      ChannelRequest requests,
      ChannelConfigs configs,
      ChannelProbe probe) {
    this.channels = channels;
    this.requests = requests;
    this.configs = configs;
    this.probe = probe;
  }

  /// A channel as the API shows it.
  ///
  /// @param config recipients and names of secrets; what is absent comes from the environment
  /// @param minSeverity alerts below this are not told here
  /// @param isDefault whether it is told of the alerts of budgets that name no channel
  /// @param isFallback whether it is told what other channels could not be
  /// @param health `ok`, or `failing` if the last message to it failed for good
  /// @param healthReason why it is failing
  /// @param failingSince since when; it heals with the next message that comes through
  /// @param warnings why it could not send; only in the answer to whoever makes it
  @Serdeable
  record ChannelResponse(
      UUID id,
      String kind,
      String name,
      Map<String, String> config,
      String minSeverity,
      boolean isDefault,
      boolean isFallback,
      String health,
      Optional<String> healthReason,
      Optional<Instant> failingSince,
      Instant createdAt,
      List<String> warnings) {
    static ChannelResponse of(ChannelRecord found) {
      Channel channel = found.channel();
      return new ChannelResponse(
          channel.id(),
          Labels.of(channel.kind()),
          channel.name(),
          new TreeMap<>(channel.config()),
          Labels.of(channel.minSeverity()),
          found.isDefault(),
          found.isFallback(),
          found.health(),
          found.healthReason(),
          found.failingSince(),
          found.createdAt(),
          List.of());
    }

    /// The same with warnings for whoever has made it.
    ChannelResponse warning(List<String> warned) {
      return new ChannelResponse(
          id,
          kind,
          name,
          config,
          minSeverity,
          isDefault,
          isFallback,
          health,
          healthReason,
          failingSince,
          createdAt,
          warned);
    }
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
    return request.audited(
        entries -> {
          ChannelResponse made =
              ChannelResponse.of(channels.create(request.workspaceId(), wanted, request.now()))
                  .warning(warnings);
          entries.add("channel.create", made.id(), null, made);
          return HttpResponse.created(made, URI.create("/api/channels/" + made.id()));
        });
  }

  /// Edits a channel. What is not named stays; a config is replaced as a whole.
  @Patch("/{id}")
  HttpResponse<?> update(ApiRequest request, @PathVariable String id) {
    return request.audited(
        entries -> {
          ChannelRegister.Edited edited =
              request.find(
                  "channel",
                  id,
                  (workspace, channel) ->
                      channels.edit(
                          workspace, channel, before -> requests.readEdit(request.json(), before)));
          ChannelResponse after = ChannelResponse.of(edited.after());
          entries.add("channel.update", after.id(), ChannelResponse.of(edited.before()), after);
          return HttpResponse.ok(after);
        });
  }

  /// Deletes a channel.
  @Delete("/{id}")
  HttpResponse<?> delete(ApiRequest request, @PathVariable String id) {
    return request.audited(
        entries -> {
          ChannelRecord before = request.find("channel", id, channels::find);
          UUID channel = before.channel().id();
          requireUnnamed(channels.budgetsNaming(request.workspaceId(), channel, BUDGETS_NAMED + 1));
          if (!channels.archive(request.workspaceId(), channel, request.now())) {
            throw ProblemException.missing("channel", id);
          }
          entries.add("channel.delete", channel, ChannelResponse.of(before), null);
          return HttpResponse.noContent();
        });
  }

  private static void requireUnnamed(List<String> budgets) {
    if (!budgets.isEmpty()) {
      throw new ProblemException(
          ProblemKind.CONFLICT,
          "Budgets use this channel; give them other channels first: "
              + String.join(", ", budgets.subList(0, Math.min(BUDGETS_NAMED, budgets.size())))
              + (budgets.size() > BUDGETS_NAMED ? " and more." : "."));
    }
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
