package dev.stipend.http.channel;

import dev.stipend.http.ApiRequest;
import dev.stipend.http.Page;
import dev.stipend.http.PageRequest;
import dev.stipend.http.ProblemException;
import dev.stipend.http.QueryParameters;
import dev.stipend.http.budget.ChannelNames;
import dev.stipend.notification.silence.NewSilence;
import dev.stipend.notification.silence.Silence;
import dev.stipend.notification.silence.SilenceMatcher;
import dev.stipend.notification.silence.Silences;
import dev.stipend.platform.json.Labels;
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
import io.micronaut.serde.annotation.Serdeable;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// Lists, makes, edits and deletes silences.
@Controller("/api/silences")
class SilenceController {
  private final Silences silences;
  private final SilenceRequest requests;
  private final ChannelNames names;

  SilenceController(Silences silences, SilenceRequest requests, ChannelNames names) {
    this.silences = silences;
    this.requests = requests;
    this.names = names;
  }

  /// A silence as the API shows it. All of `scope`, `scopeId`, `budgetId` and `channelId` that are
  /// there have to fit.
  ///
  /// @param active whether it holds now
  @Serdeable
  record SilenceResponse(
      UUID id,
      Optional<String> scope,
      Optional<String> scopeId,
      Optional<UUID> budgetId,
      Optional<UUID> channelId,
      Instant from,
      Instant until,
      boolean active,
      String reason,
      String createdBy,
      Instant createdAt) {
    static SilenceResponse of(Silence silence, Instant now) {
      SilenceMatcher matcher = silence.matcher();
      return new SilenceResponse(
          silence.id(),
          matcher.scope().map(Labels::of),
          matcher.scopeId(),
          matcher.budgetId(),
          matcher.channelId(),
          silence.from(),
          silence.until(),
          silence.isActive(now),
          silence.reason(),
          silence.createdBy(),
          silence.createdAt());
    }
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
              names.read(request, json -> requests.read(json, request.workspace(), now));
          SilenceResponse made =
              SilenceResponse.of(
                  silences.create(request.workspaceId(), wanted, request.actor(), now), now);
          entries.add("silence.create", made.id(), null, made);
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
              names.read(request, json -> requests.readEdit(json, before, workspace, now));
          SilenceResponse after =
              silences
                  .update(workspace.id(), before.id(), wanted, now)
                  .map(silence -> SilenceResponse.of(silence, now))
                  .orElseThrow(() -> ProblemException.missing("silence", id));
          entries.add("silence.update", before.id(), SilenceResponse.of(before, now), after);
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
          if (!silences.delete(request.workspaceId(), before.id(), now)) {
            throw ProblemException.missing("silence", id);
          }
          entries.add("silence.delete", before.id(), SilenceResponse.of(before, now), null);
          return HttpResponse.noContent();
        });
  }
}
