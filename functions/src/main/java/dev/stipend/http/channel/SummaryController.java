package dev.stipend.http.channel;

import dev.stipend.http.ApiRequest;
import dev.stipend.http.Page;
import dev.stipend.http.PageRequest;
import dev.stipend.http.ProblemException;
import dev.stipend.notification.channel.ChannelNames;
import dev.stipend.platform.json.Labels;
import dev.stipend.platform.web.Cursor;
import dev.stipend.report.summary.SummaryFrequency;
import dev.stipend.report.summary.SummarySchedule;
import dev.stipend.report.summary.SummarySchedules;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.serde.annotation.Serdeable;
import java.net.URI;
import java.time.DayOfWeek;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Lists, makes and deletes schedules of summaries.
@Controller("/api/summaries")
class SummaryController {
  private final SummarySchedules schedules;
  private final ChannelNames names;

  SummaryController(SummarySchedules schedules, ChannelNames names) {
    this.schedules = schedules;
    this.names = names;
  }

  /// A schedule of summaries as the API shows it.
  ///
  /// @param weekday of weekly ones
  /// @param hour local, from 0 to 23
  /// @param channels where they go; empty for the workspace's default channels
  /// @param nextAt when the next one is written
  /// @param lastAt when the last one was
  /// @param error why none can be written now; absent where one can be
  @Serdeable
  record SummaryResponse(
      UUID id,
      String every,
      Optional<String> weekday,
      int hour,
      String timeZone,
      List<UUID> channels,
      Instant nextAt,
      Optional<Instant> lastAt,
      String createdBy,
      Instant createdAt,
      Optional<String> error) {
    static SummaryResponse of(SummarySchedule schedule) {
      return new SummaryResponse(
          schedule.id(),
          schedule.every(),
          schedule.every().equals(Labels.of(SummaryFrequency.WEEKLY))
              ? Optional.of(Labels.of(DayOfWeek.of(schedule.weekday())))
              : Optional.empty(),
          schedule.hour(),
          schedule.timeZone(),
          schedule.channels(),
          schedule.nextAt(),
          schedule.lastAt(),
          schedule.createdBy(),
          schedule.createdAt(),
          schedule.error());
    }
  }

  /// Lists schedules, newest first.
  @Get
  Page<SummaryResponse> list(ApiRequest request, PageRequest page) {
    Cursor from = page.from();
    return page.of(
        schedules.page(request.workspaceId(), from.before(), from.idBefore(), page.most()),
        schedule -> Cursor.at(schedule.createdAt(), schedule.id()),
        SummaryResponse::of);
  }

  /// Shows a schedule.
  @Get("/{id}")
  SummaryResponse get(ApiRequest request, @PathVariable String id) {
    return SummaryResponse.of(request.find("summary", id, schedules::find));
  }

  /// Has a summary sent every day or week. What nothing happened in is not told.
  @Post
  HttpResponse<?> create(ApiRequest request) {
    return request.audited(
        entries -> {
          SummaryRequest.Wanted wanted =
              names.read(
                  request.workspaceId(),
                  request.json(),
                  json -> SummaryRequest.read(json, request.workspace()));
          SummaryResponse made =
              SummaryResponse.of(
                  schedules.create(
                      request.workspaceId(),
                      wanted.times(),
                      wanted.channels(),
                      request.actor(),
                      request.now()));
          entries.add("summary.create", made.id(), null, made);
          return HttpResponse.created(made, URI.create("/api/summaries/" + made.id()));
        });
  }

  /// Ends a schedule.
  @Delete("/{id}")
  HttpResponse<?> delete(ApiRequest request, @PathVariable String id) {
    return request.audited(
        entries -> {
          SummarySchedule before = request.find("summary", id, schedules::find);
          if (!schedules.delete(request.workspaceId(), before.id())) {
            throw ProblemException.missing("summary", id);
          }
          entries.add("summary.delete", before.id(), SummaryResponse.of(before), null);
          return HttpResponse.noContent();
        });
  }
}
