package dev.stipend.console.source;

import dev.stipend.budget.mirror.MirroredBudgets;
import dev.stipend.console.page.PageFrame;
import dev.stipend.console.page.Pages;
import dev.stipend.console.page.View;
import dev.stipend.console.problem.ConsoleProblem;
import dev.stipend.console.session.Session;
import dev.stipend.console.session.SignedIn;
import dev.stipend.ingest.source.KeptRows;
import dev.stipend.ingest.source.SourceRepository;
import dev.stipend.ingest.source.SpendSource;
import dev.stipend.platform.web.Ids;
import dev.stipend.tenant.AuditEvent;
import dev.stipend.tenant.AuditLog;
import dev.stipend.tenant.Role;
import dev.stipend.tenant.Workspace;
import dev.stipend.time.Period;
import dev.stipend.usecase.source.PullSources;
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
import java.util.function.Consumer;

/// Shows sources, and has them read, paused and resumed.
@Controller(SourceController.PATH)
@SignedIn
@Produces(MediaType.TEXT_HTML)
class SourceController {
  static final String PATH = "/sources";
  private static final int MOST_ROWS = 100;

  private final SourceRepository sources;
  private final KeptRows kept;
  private final MirroredBudgets budgets;
  private final PullSources pulling;
  private final AuditLog audit;
  private final Pages pages;
  private final InstantSource clock;

  SourceController(
      SourceRepository sources,
      KeptRows kept,
      MirroredBudgets budgets,
      PullSources pulling,
      AuditLog audit,
      Pages pages,
      InstantSource clock) {
    this.sources = sources;
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
        models(session, sources.list(session.caller().workspace().id()), frame);
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
            "source",
            models(session, List.of(source), frame).getFirst(),
            "rows",
            rows,
            "others",
            others));
  }

  private List<SourceModel> models(Session session, List<SpendSource> found, PageFrame frame) {
    Workspace workspace = session.caller().workspace();
    Map<UUID, KeptRows.Counts> rows = kept.counts(workspace.id());
    Map<UUID, MirroredBudgets.Counts> mirrored = budgets.counts(workspace.id());
    return found.stream()
        .map(
            source ->
                SourceModel.of(
                    source,
                    rows.getOrDefault(source.id(), KeptRows.Counts.NONE),
                    mirrored.getOrDefault(source.id(), MirroredBudgets.Counts.NONE),
                    workspace,
                    frame.text()))
        .toList();
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
    SpendSource source = changeable(session, id);
    return audited(
        session,
        source,
        "source.pause",
        now -> sources.pause(source.workspaceId(), source.id(), now));
  }

  /// Goes on reading a source.
  @Post(value = "/{id}/resume", consumes = MediaType.APPLICATION_FORM_URLENCODED)
  HttpResponse<?> resume(Session session, @PathVariable String id) {
    SpendSource source = changeable(session, id);
    return audited(
        session,
        source,
        "source.resume",
        now -> sources.resume(source.workspaceId(), source.id(), now));
  }

  private HttpResponse<?> audited(
      Session session, SpendSource source, String action, Consumer<Instant> change) {
    Instant now = clock.instant();
    return audit.together(
        () -> {
          change.accept(now);
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
    return Ids.parse(id)
        .flatMap(uuid -> sources.find(session.caller().workspace().id(), uuid))
        .orElseThrow(() -> ConsoleProblem.notFound("problem.source.detail"));
  }
}
