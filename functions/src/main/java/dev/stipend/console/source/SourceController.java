package dev.stipend.console.source;

import dev.stipend.budget.mirror.MirroredBudgets;
import dev.stipend.console.page.PageFrame;
import dev.stipend.console.page.Pages;
import dev.stipend.console.page.View;
import dev.stipend.console.session.Session;
import dev.stipend.console.session.SignedIn;
import dev.stipend.ingest.source.KeptRows;
import dev.stipend.ingest.source.SourceRepository;
import dev.stipend.ingest.source.SpendSource;
import dev.stipend.tenant.AuditEvent;
import dev.stipend.tenant.AuditLog;
import dev.stipend.tenant.Role;
import dev.stipend.time.Period;
import dev.stipend.usecase.source.PullSources;
import dev.stipend.usecase.source.SourceStanding;
import dev.stipend.usecase.source.SourceStandings;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Shows sources, and has them read, paused and resumed.
@Controller(SourceController.PATH)
@SignedIn
@Produces(MediaType.TEXT_HTML)
class SourceController {
  static final String PATH = "/sources";
  static final String MISSING = "problem.source.detail";
  private static final int MOST_ROWS = 100;

  private final SourceRepository sources;
  private final SourceStandings standings;
  private final KeptRows kept;
  private final MirroredBudgets budgets;
  private final PullSources pulling;
  private final AuditLog audit;
  private final Pages pages;
  private final InstantSource clock;

  SourceController(
      SourceRepository sources,
      SourceStandings standings,
      KeptRows kept,
      MirroredBudgets budgets,
      PullSources pulling,
      AuditLog audit,
      Pages pages,
      InstantSource clock) {
    this.sources = sources;
    this.standings = standings;
    this.kept = kept;
    this.budgets = budgets;
    this.pulling = pulling;
    this.audit = audit;
    this.pages = pages;
    this.clock = clock;
  }

  /// Lists sources.
  @Get
  HttpResponse<?> list(HttpRequest<?> request, Session session) {
    PageFrame frame = pages.frame(request, View.SOURCES);
    List<SourceModel> found =
        standings.list(session.caller().workspace().id()).stream()
            .map(standing -> model(session, standing, frame))
            .toList();
    return pages.show(request, frame, "sources.jte", Map.of("sources", found));
  }

  /// Shows a source with its rows that do not count.
  @Get("/{id}")
  HttpResponse<?> show(HttpRequest<?> request, Session session, @PathVariable String id) {
    SpendSource source = find(session, id);
    PageFrame frame = pages.frame(request, View.SOURCES, source.settings().name());
    List<UncountedRow> rows =
        kept
            .page(
                source.workspaceId(),
                source.id(),
                Period.FOREVER.truncatedTo(ChronoUnit.SECONDS),
                "",
                MOST_ROWS)
            .stream()
            .map(UncountedRow::of)
            .toList();
    List<UncountedRow> others =
        budgets.all(source).stream()
            .filter(row -> row.reason().isPresent())
            .limit(MOST_ROWS)
            .map(UncountedRow::of)
            .toList();
    return pages.show(
        request,
        frame,
        "source.jte",
        Map.of(
            "source", model(session, standings.of(source), frame), "rows", rows, "others", others));
  }

  private static SourceModel model(Session session, SourceStanding standing, PageFrame frame) {
    return SourceModel.of(standing, session.caller().workspace(), frame.text());
  }

  /// Reads a source now, for some seconds at most. Where somebody reads it already, that will do.
  @Post(value = "/{id}/pull", consumes = MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> pull(Session session, @PathVariable String id) {
    SpendSource source = changeable(session, id);
    pulling.pullNow(source, clock.instant());
    return shown(source);
  }

  /// Stops reading a source.
  @Post(value = "/{id}/pause", consumes = MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> pause(Session session, @PathVariable String id) {
    return audited(session, id, "source.pause", sources::pause);
  }

  /// Goes on reading a source.
  @Post(value = "/{id}/resume", consumes = MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> resume(Session session, @PathVariable String id) {
    return audited(session, id, "source.resume", sources::resume);
  }

  /// What is done to a source of a workspace at an instant.
  private interface Change {
    void apply(UUID workspace, UUID source, Instant now);
  }

  private HttpResponse<?> audited(Session session, String id, String action, Change change) {
    SpendSource source = changeable(session, id);
    Instant now = clock.instant();
    return audit.together(
        () -> {
          change.apply(source.workspaceId(), source.id(), now);
          audit.write(
              source.workspaceId(),
              new AuditEvent(session.caller().actor(), action, "source " + source.id()),
              now);
          return shown(source);
        });
  }

  private static HttpResponse<?> shown(SpendSource source) {
    return HttpResponse.seeOther(URI.create(PATH + "/" + source.id()));
  }

  private SpendSource changeable(Session session, String id) {
    session.require(Role.ADMIN);
    return find(session, id);
  }

  private SpendSource find(Session session, String id) {
    return session.find(id, sources::find, MISSING);
  }
}
