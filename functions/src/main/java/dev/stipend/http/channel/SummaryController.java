package dev.stipend.http.channel;

import dev.stipend.http.ApiRequest;
import dev.stipend.http.Page;
import dev.stipend.http.PageRequest;
import dev.stipend.http.ProblemException;
import dev.stipend.notification.channel.ChannelNames;
import dev.stipend.platform.web.Cursor;
import dev.stipend.report.summary.SummaryDesk;
import dev.stipend.report.summary.SummaryRequest;
import dev.stipend.report.summary.SummaryResponse;
import dev.stipend.report.summary.SummarySchedule;
import dev.stipend.report.summary.SummarySchedules;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import java.net.URI;

/// Lists, makes and deletes schedules of summaries.
@Controller("/api/summaries")
class SummaryController {
  private final SummarySchedules schedules;
  private final SummaryDesk desk;
  private final ChannelNames names;

  SummaryController(SummarySchedules schedules, SummaryDesk desk, ChannelNames names) {
    this.schedules = schedules;
    this.desk = desk;
    this.names = names;
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
    return request.once(
        () -> {
          SummaryRequest.Wanted wanted =
              names.read(
                  request.workspaceId(),
                  request.json(),
                  json -> SummaryRequest.read(json, request.workspace()));
          SummaryResponse made =
              SummaryResponse.of(desk.create(request.caller(), wanted, request.now()));
          return HttpResponse.created(made, URI.create("/api/summaries/" + made.id()));
        });
  }

  /// Ends a schedule.
  @Delete("/{id}")
  HttpResponse<?> delete(ApiRequest request, @PathVariable String id) {
    return request.once(
        () -> {
          SummarySchedule before = request.find("summary", id, schedules::find);
          if (!desk.end(request.caller(), before, request.now())) {
            throw ProblemException.missing("summary", id);
          }
          return HttpResponse.noContent();
        });
  }
}
