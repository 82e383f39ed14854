package dev.stipend.http.channel;

import dev.stipend.http.Audited;
import dev.stipend.http.Cursor;
import dev.stipend.http.Ids;
import dev.stipend.http.Page;
import dev.stipend.http.Problem;
import dev.stipend.http.ProblemException;
import dev.stipend.http.ProblemKind;
import dev.stipend.notification.channel.ChannelConfigs;
import dev.stipend.notification.channel.ChannelNameTakenException;
import dev.stipend.notification.channel.ChannelProbe;
import dev.stipend.notification.channel.ChannelRecord;
import dev.stipend.notification.channel.ChannelRegister;
import dev.stipend.notification.channel.NewChannel;
import dev.stipend.platform.json.ExactJson;
import dev.stipend.tenant.Caller;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Error;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Lists, makes, edits, tries and deletes channels.
@Controller("/api/channels")
class ChannelController {
  private static final int BUDGETS_NAMED = 5;

  private final ChannelRegister channels;
  private final ChannelRequest requests;
  private final ChannelConfigs configs;
  private final ChannelProbe probe;
  private final Audited audited;
  private final InstantSource clock;

  ChannelController(
      ChannelRegister channels,
      ChannelRequest requests,
      ChannelConfigs configs,
      ChannelProbe probe,
      Audited audited,
      InstantSource clock) {
    this.channels = channels;
    this.requests = requests;
    this.configs = configs;
    this.probe = probe;
    this.audited = audited;
    this.clock = clock;
  }

  /// Lists channels, newest first.
  @Get
  Page<ChannelResponse> list(
      Caller caller, @QueryValue Optional<Integer> limit, @QueryValue Optional<String> cursor) {
    Cursor from = Cursor.parse(cursor);
    int most = Cursor.limit(limit);
    return Page.of(
        channels.page(caller.workspace().id(), from.before(), from.idBefore(), most + 1),
        most,
        found -> Cursor.at(found.createdAt(), found.channel().id()),
        ChannelResponse::of);
  }

  /// Shows a channel.
  @Get("/{id}")
  ChannelResponse get(Caller caller, @PathVariable String id) {
    return ChannelResponse.of(find(caller, id));
  }

  /// Makes a channel, through which people are notified of alerts.
  @Post
  HttpResponse<?> create(Caller caller, HttpRequest<?> request, @Body String body) {
    Instant now = clock.instant();
    UUID workspace = caller.workspace().id();
    NewChannel wanted = requests.read(ExactJson.parse(body), workspace);
    List<String> warnings = configs.warnings(wanted.kind(), wanted.config());
    return audited.answer(
        caller,
        request,
        body,
        now,
        entries -> {
          ChannelResponse made =
              ChannelResponse.of(channels.create(workspace, wanted, now)).warning(warnings);
          entries.add("channel.create", target(made.id()), null, made);
          return HttpResponse.created(made, URI.create("/api/channels/" + made.id()));
        });
  }

  /// Edits a channel. What is not named stays; a config is replaced as a whole.
  @Patch("/{id}")
  HttpResponse<?> update(
      Caller caller, HttpRequest<?> request, @PathVariable String id, @Body String body) {
    Instant now = clock.instant();
    return audited.answer(
        caller,
        request,
        body,
        now,
        entries -> {
          UUID channel = Ids.parse(id).orElseThrow(() -> unknown(id));
          ChannelRegister.Edited edited =
              channels
                  .edit(
                      caller.workspace().id(),
                      channel,
                      before -> requests.readEdit(ExactJson.parse(body), before))
                  .orElseThrow(() -> unknown(id));
          ChannelResponse after = ChannelResponse.of(edited.after());
          entries.add(
              "channel.update", target(channel), ChannelResponse.of(edited.before()), after);
          return HttpResponse.ok(after);
        });
  }

  /// Deletes a channel.
  @Delete("/{id}")
  HttpResponse<?> delete(Caller caller, HttpRequest<?> request, @PathVariable String id) {
    Instant now = clock.instant();
    return audited.answer(caller, request, "", now, entries -> delete(caller, id, entries, now));
  }

  private MutableHttpResponse<?> delete(
      Caller caller, String id, Audited.Entries entries, Instant now) {
    ChannelRecord before = find(caller, id);
    UUID workspace = caller.workspace().id();
    UUID channel = before.channel().id();
    List<String> budgets = channels.budgetsNaming(workspace, channel, BUDGETS_NAMED + 1);
    if (!budgets.isEmpty()) {
      throw new ProblemException(
          ProblemKind.CONFLICT,
          "Budgets name this channel, and have to name others first: "
              + String.join(", ", budgets.subList(0, Math.min(BUDGETS_NAMED, budgets.size())))
              + (budgets.size() > BUDGETS_NAMED ? " and more." : "."));
    }
    if (!channels.archive(workspace, channel, now)) {
      throw unknown(id);
    }
    entries.add("channel.delete", target(channel), ChannelResponse.of(before), null);
    return HttpResponse.noContent();
  }

  /// Sends a message through a channel that says it is a test.
  @Post("/{id}/test")
  ProbeResponse test(Caller caller, @PathVariable String id) {
    // Not once for each idempotency key: that would keep a transaction open while a provider takes
    // its time, and whoever asks twice gets two messages that say they are tests.
    Instant now = clock.instant();
    ChannelRecord found = find(caller, id);
    ProbeResponse outcome =
        ProbeResponse.of(probe.send(caller.workspace(), found.channel(), caller.actor(), now));
    audited.entries(caller, now).add("channel.test", target(found.channel().id()), null, outcome);
    return outcome;
  }

  @Error
  HttpResponse<Problem> nameTaken(ChannelNameTakenException taken) {
    return ProblemKind.CONFLICT.response(String.valueOf(taken.getMessage()));
  }

  private ChannelRecord find(Caller caller, String id) {
    return Ids.parse(id)
        .flatMap(channel -> channels.find(caller.workspace().id(), channel))
        .orElseThrow(() -> unknown(id));
  }

  private static String target(UUID id) {
    return "channel " + id;
  }

  private static ProblemException unknown(String id) {
    return ProblemException.missing("channel", id);
  }
}
