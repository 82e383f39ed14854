package dev.stipend.http.source;

import dev.stipend.http.ApiRequest;
import dev.stipend.http.Page;
import dev.stipend.http.PageRequest;
import dev.stipend.http.Problem;
import dev.stipend.http.ProblemException;
import dev.stipend.http.ProblemKind;
import dev.stipend.ingest.source.KeptRow;
import dev.stipend.ingest.source.KeptRows;
import dev.stipend.ingest.source.SourceRepository;
import dev.stipend.ingest.source.SpendSource;
import dev.stipend.usecase.source.CheckResponse;
import dev.stipend.usecase.source.ConnectSource.Checked;
import dev.stipend.usecase.source.PullSource;
import dev.stipend.usecase.source.PullSources;
import dev.stipend.usecase.source.SourceDesk;
import dev.stipend.usecase.source.SourceForm;
import dev.stipend.usecase.source.SourceResponse;
import dev.stipend.usecase.source.SourceStandings;
import dev.stipend.usecase.source.SourceTakenException;
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
import java.util.Optional;
import java.util.UUID;

/// Connects tables of applications whose rows are spend.
@Controller("/api/sources")
class SourceController {
  private static final String SOURCE = "source";

  private final SourceRepository sources;
  private final KeptRows rows;
  private final SourceStandings standings;
  private final SourceDesk desk;
  private final PullSources pulling;

  SourceController(
      SourceRepository sources,
      KeptRows rows,
      SourceStandings standings,
      SourceDesk desk,
      PullSources pulling) {
    this.sources = sources;
    this.rows = rows;
    this.standings = standings;
    this.desk = desk;
    this.pulling = pulling;
  }

  /// All sources of a workspace.
  @Serdeable
  record Sources(List<SourceResponse> items) {}

  /// What a pull did.
  ///
  /// @param read rows that were read, late and known ones included
  /// @param recorded rows that are new
  /// @param done whether nothing is left to read; otherwise the next sweep goes on
  /// @param error why it failed
  @Serdeable
  record PullResponse(int read, int recorded, boolean done, Optional<String> error) {}

  /// A row that is looked at again.
  ///
  /// @param state `rejected`, or `waiting` for its final cost
  @Serdeable
  record RowResponse(
      String rowId,
      String state,
      String reason,
      String occurredAt,
      Instant seenAt,
      Instant nextLookAt) {
    static RowResponse of(KeptRow row) {
      return new RowResponse(
          row.rowId(),
          row.rejected() ? "rejected" : "waiting",
          row.reason(),
          row.occurredAt(),
          row.seenAt(),
          row.nextLookAt());
    }
  }

  /// Lists sources, by their names.
  @Get
  Sources list(ApiRequest request) {
    return new Sources(
        standings.list(request.workspaceId()).stream()
            .map(standing -> SourceResponse.of(standing, Optional.empty()))
            .toList());
  }

  /// Shows a source.
  @Get("/{id}")
  SourceResponse get(ApiRequest request, @PathVariable String id) {
    return shown(request.find(SOURCE, id, sources::find));
  }

  /// Tries a source and keeps nothing.
  @Post("/test")
  CheckResponse test(ApiRequest request) {
    SourceForm form = SourceDesk.read(request.json(), request.workspace());
    return CheckResponse.of(desk.test(request.workspace(), form, request.now()));
  }

  /// Connects a source, after trying it.
  @Post
  HttpResponse<?> create(ApiRequest request) {
    SourceForm form = SourceDesk.read(request.json(), request.workspace());
    // Not in the transaction: a host may take its time.
    Checked checked = desk.check(request.workspace(), form, request.now());
    return request.once(
        () -> {
          SpendSource made = desk.connect(request.caller(), checked, form, request.now());
          return HttpResponse.created(
              shown(made, Optional.of(CheckResponse.of(checked.check()))),
              URI.create("/api/sources/" + made.id()));
        });
  }

  /// Renames a source, changes when it is pulled, pauses it or has it go on.
  @Patch("/{id}")
  HttpResponse<?> update(ApiRequest request, @PathVariable String id) {
    return request.once(
        () -> {
          SpendSource before = request.find(SOURCE, id, sources::find);
          SpendSource after =
              desk.edit(request.caller(), before, request.json(), request.now())
                  .orElseThrow(() -> ProblemException.missing(SOURCE, id));
          return HttpResponse.ok(shown(after));
        });
  }

  /// Removes a source. What it recorded stays.
  @Delete("/{id}")
  HttpResponse<?> delete(ApiRequest request, @PathVariable String id) {
    return request.once(
        () -> {
          desk.remove(request.caller(), request.find(SOURCE, id, sources::find), request.now());
          return HttpResponse.noContent();
        });
  }

  /// Pulls a source now, for some seconds at most.
  @Post("/{id}/pull")
  PullResponse pull(ApiRequest request, @PathVariable String id) {
    SpendSource source = request.find(SOURCE, id, sources::find);
    PullSource.Outcome outcome =
        pulling
            .pullNow(source, request.now())
            .orElseThrow(
                () ->
                    new ProblemException(
                        ProblemKind.CONFLICT, "This source is being pulled; try again later."));
    return new PullResponse(outcome.read(), outcome.recorded(), outcome.isDone(), outcome.error());
  }

  /// Lists rows that cannot be recorded, or whose cost is not final; newest first.
  @Get("/{id}/rows")
  Page<RowResponse> rows(ApiRequest request, @PathVariable String id, PageRequest page) {
    UUID source = request.find(SOURCE, id, sources::find).id();
    RowCursor from = RowCursor.parse(page.cursor());
    return page.of(
        rows.page(request.workspaceId(), source, from.seenAt(), from.rowId(), page.most()),
        RowCursor::behind,
        RowResponse::of);
  }

  private SourceResponse shown(SpendSource source) {
    return shown(source, Optional.empty());
  }

  private SourceResponse shown(SpendSource source, Optional<CheckResponse> check) {
    return SourceResponse.of(standings.of(source), check);
  }

  @Error
  HttpResponse<Problem> taken(SourceTakenException taken) {
    return ProblemKind.CONFLICT.response(String.valueOf(taken.getMessage()));
  }
}
