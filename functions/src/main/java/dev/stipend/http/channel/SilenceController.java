package dev.stipend.http.channel;

import dev.stipend.http.ApiRequest;
import dev.stipend.http.Page;
import dev.stipend.http.PageRequest;
import dev.stipend.http.ProblemException;
import dev.stipend.http.QueryParameters;
import dev.stipend.notification.channel.ChannelNames;
import dev.stipend.notification.silence.NewSilence;
import dev.stipend.notification.silence.Silence;
import dev.stipend.notification.silence.SilenceDesk;
import dev.stipend.notification.silence.SilenceRequest;
import dev.stipend.notification.silence.SilenceResponse;
import dev.stipend.notification.silence.Silences;
import dev.stipend.platform.web.Cursor;
import dev.stipend.tenant.Workspace;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/// Lists, makes, edits and deletes silences.
@Controller("/api/silences")
class SilenceController {
  private final Silences silences;
  private final SilenceDesk desk;
  private final SilenceRequest requests;
  private final ChannelNames names;

  SilenceController(
      Silences silences, SilenceDesk desk, SilenceRequest requests, ChannelNames names) {
    this.silences = silences;
    this.desk = desk;
    this.requests = requests;
    this.names = names;
  }

  /// Lists silences, newest first.
  ///
  /// @param active only those that hold now, if `true`
  @Get
  Page<SilenceResponse> list(
      ApiRequest request, @QueryValue Optional<String> active, PageRequest page) {
    Cursor from = page.from();
    Optional<Instant> activeAt =
        QueryParameters.bool("active", active).filter(yes -> yes).map(yes -> request.now());
    return page.of(
        silences.page(request.workspaceId(), activeAt, from.before(), from.idBefore(), page.most()),
        silence -> Cursor.at(silence.createdAt(), silence.id()),
        silence -> SilenceResponse.of(silence, request.now()));
  }

  /// Shows a silence.
  @Get("/{id}")
  SilenceResponse get(ApiRequest request, @PathVariable String id) {
    return SilenceResponse.of(request.find("silence", id, silences::find), request.now());
  }

  /// Silences alerts for a time: they are logged, and nobody is notified.
  @Post
  HttpResponse<?> create(ApiRequest request) {
    Instant now = request.now();
    return request.audited(
        entries -> {
          NewSilence wanted =
              names.read(
                  request.workspaceId(),
                  request.json(),
                  json -> requests.read(json, request.workspace(), now));
          SilenceResponse made =
              SilenceResponse.of(desk.create(request.caller(), wanted, now), now);
          return HttpResponse.created(made, URI.create("/api/silences/" + made.id()));
        });
  }

  /// Edits a silence. What is not named stays.
  @Patch("/{id}")
  HttpResponse<?> update(ApiRequest request, @PathVariable String id) {
    Instant now = request.now();
    Workspace workspace = request.workspace();
    return request.audited(
        entries -> {
          Silence before = request.find("silence", id, silences::find);
          NewSilence wanted =
              names.read(
                  request.workspaceId(),
                  request.json(),
                  json -> requests.readEdit(json, before, workspace, now));
          SilenceResponse after =
              desk.edit(request.caller(), before, wanted, now)
                  .map(silence -> SilenceResponse.of(silence, now))
                  .orElseThrow(() -> ProblemException.missing("silence", id));
          return HttpResponse.ok(after);
        });
  }

  /// Ends a silence. What still holds is told then.
  @Delete("/{id}")
  HttpResponse<?> delete(ApiRequest request, @PathVariable String id) {
    Instant now = request.now();
    return request.audited(
        entries -> {
          Silence before = request.find("silence", id, silences::find);
          if (!desk.end(request.caller(), before, now)) {
            throw ProblemException.missing("silence", id);
          }
          return HttpResponse.noContent();
        });
  }
}
