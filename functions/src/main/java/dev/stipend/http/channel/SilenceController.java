package dev.stipend.http.channel;

import dev.stipend.http.Audited;
import dev.stipend.http.Cursor;
import dev.stipend.http.Ids;
import dev.stipend.http.Page;
import dev.stipend.http.ProblemException;
import dev.stipend.http.budget.ChannelNames;
import dev.stipend.notification.silence.NewSilence;
import dev.stipend.notification.silence.Silence;
import dev.stipend.notification.silence.Silences;
import dev.stipend.platform.json.ExactJson;
import dev.stipend.platform.json.InvalidJsonException;
import dev.stipend.tenant.Caller;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

/// Lists, makes, edits and deletes silences.
@Controller("/api/silences")
class SilenceController {
  private final Silences silences;
  private final SilenceRequest requests;
  private final ChannelNames names;
  private final Audited audited;
  private final InstantSource clock;

  SilenceController(
      Silences silences,
      SilenceRequest requests,
      ChannelNames names,
      Audited audited,
      InstantSource clock) {
    this.silences = silences;
    this.requests = requests;
    this.names = names;
    this.audited = audited;
    this.clock = clock;
  }

  /// Lists silences, newest first.
  ///
  /// @param active only those that hold now, if `true`
  @Get
  Page<SilenceResponse> list(
      Caller caller,
      @QueryValue Optional<String> active,
      @QueryValue Optional<Integer> limit,
      @QueryValue Optional<String> cursor) {
    Instant now = clock.instant();
    Cursor from = Cursor.parse(cursor);
    int most = Cursor.limit(limit);
    Optional<Instant> activeAt = active.filter(SilenceController::isTrue).map(yes -> now);
    return Page.of(
        silences.page(caller.workspace().id(), activeAt, from.before(), from.idBefore(), most + 1),
        most,
        silence -> Cursor.at(silence.createdAt(), silence.id()),
        silence -> SilenceResponse.of(silence, now));
  }

  /// Shows a silence.
  @Get("/{id}")
  SilenceResponse get(Caller caller, @PathVariable String id) {
    return SilenceResponse.of(find(caller, id), clock.instant());
  }

  /// Silences alerts for a time: they are logged, and nobody is notified.
  @Post
  HttpResponse<?> create(Caller caller, HttpRequest<?> request, @Body String body) {
    Instant now = clock.instant();
    UUID workspace = caller.workspace().id();
    return audited.answer(
        caller,
        request,
        body,
        now,
        entries -> {
          NewSilence wanted =
              requests.read(
                  names.resolve(workspace, ExactJson.parse(body)), caller.workspace(), now);
          SilenceResponse made =
              SilenceResponse.of(silences.create(workspace, wanted, caller.actor(), now), now);
          entries.add("silence.create", target(made.id()), null, made);
          return HttpResponse.created(made, URI.create("/api/silences/" + made.id()));
        });
  }

  /// Edits a silence. What is not named stays.
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
          Silence before = find(caller, id);
          NewSilence wanted =
              requests.readEdit(
                  names.resolve(before.workspaceId(), ExactJson.parse(body)),
                  before,
                  caller.workspace(),
                  now);
          SilenceResponse after =
              silences
                  .update(caller.workspace().id(), before.id(), wanted, now)
                  .map(silence -> SilenceResponse.of(silence, now))
                  .orElseThrow(() -> unknown(id));
          entries.add(
              "silence.update", target(before.id()), SilenceResponse.of(before, now), after);
          return HttpResponse.ok(after);
        });
  }

  /// Ends a silence. What still holds is told then.
  @Delete("/{id}")
  HttpResponse<?> delete(Caller caller, HttpRequest<?> request, @PathVariable String id) {
    Instant now = clock.instant();
    return audited.answer(
        caller,
        request,
        "",
        now,
        entries -> {
          Silence before = find(caller, id);
          if (!silences.delete(caller.workspace().id(), before.id(), now)) {
            throw unknown(id);
          }
          entries.add("silence.delete", target(before.id()), SilenceResponse.of(before, now), null);
          return HttpResponse.noContent();
        });
  }

  private Silence find(Caller caller, String id) {
    return Ids.parse(id)
        .flatMap(silence -> silences.find(caller.workspace().id(), silence))
        .orElseThrow(() -> unknown(id));
  }

  private static boolean isTrue(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new InvalidJsonException("active", "must be true or false");
    };
  }

  private static String target(UUID id) {
    return "silence " + id;
  }

  private static ProblemException unknown(String id) {
    return ProblemException.missing("silence", id);
  }
}
