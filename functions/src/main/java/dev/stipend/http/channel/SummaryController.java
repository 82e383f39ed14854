package dev.stipend.http.channel;

import dev.stipend.http.Audited;
import dev.stipend.http.Cursor;
import dev.stipend.http.Ids;
import dev.stipend.http.Page;
import dev.stipend.http.ProblemException;
import dev.stipend.http.budget.ChannelNames;
import dev.stipend.platform.json.ExactJson;
import dev.stipend.report.summary.SummarySchedule;
import dev.stipend.report.summary.SummarySchedules;
import dev.stipend.tenant.Caller;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

/// Lists, makes and deletes schedules of summaries.
@Controller("/api/summaries")
class SummaryController {
  private final SummarySchedules schedules;
  private final ChannelNames names;
  private final Audited audited;
  private final InstantSource clock;

  SummaryController(
      SummarySchedules schedules, ChannelNames names, Audited audited, InstantSource clock) {
    this.schedules = schedules;
    this.names = names;
    this.audited = audited;
    this.clock = clock;
  }

  /// Lists schedules, newest first.
  @Get
  Page<SummaryResponse> list(
      Caller caller, @QueryValue Optional<Integer> limit, @QueryValue Optional<String> cursor) {
    Cursor from = Cursor.parse(cursor);
    int most = Cursor.limit(limit);
    return Page.of(
        schedules.page(caller.workspace().id(), from.before(), from.idBefore(), most + 1),
        most,
        schedule -> Cursor.at(schedule.createdAt(), schedule.id()),
        SummaryResponse::of);
  }

  /// Shows a schedule.
  @Get("/{id}")
  SummaryResponse get(Caller caller, @PathVariable String id) {
    return SummaryResponse.of(find(caller, id));
  }

  /// Has a summary sent every day or week. What nothing happened in is not told.
  @Post
  HttpResponse<?> create(Caller caller, HttpRequest<?> request, @Body String body) {
    Instant now = clock.instant();
    return audited.answer(
        caller,
        request,
        body,
        now,
        entries -> {
          Object json = names.resolve(caller.workspace().id(), ExactJson.parse(body));
          SummaryRequest.Wanted wanted = SummaryRequest.read(json, caller.workspace());
          SummaryResponse made =
              SummaryResponse.of(
                  schedules.create(
                      caller.workspace().id(),
                      wanted.times(),
                      wanted.channels(),
                      caller.actor(),
                      now));
          entries.add("summary.create", target(made.id()), null, made);
          return HttpResponse.created(made, URI.create("/api/summaries/" + made.id()));
        });
  }

  /// Ends a schedule.
  @Delete("/{id}")
  HttpResponse<?> delete(Caller caller, HttpRequest<?> request, @PathVariable String id) {
    Instant now = clock.instant();
    return audited.answer(
        caller,
        request,
        "",
        now,
        entries -> {
          SummarySchedule before = find(caller, id);
          if (!schedules.delete(caller.workspace().id(), before.id())) {
            throw unknown(id);
          }
          entries.add("summary.delete", target(before.id()), SummaryResponse.of(before), null);
          return HttpResponse.noContent();
        });
  }

  private SummarySchedule find(Caller caller, String id) {
    return Ids.parse(id)
        .flatMap(schedule -> schedules.find(caller.workspace().id(), schedule))
        .orElseThrow(() -> unknown(id));
  }

  private static String target(UUID id) {
    return "summary " + id;
  }

  private static ProblemException unknown(String id) {
    return ProblemException.missing("summary", id);
  }
}
