package dev.stipend.console.audit;

import dev.stipend.console.page.PageFrame;
import dev.stipend.console.page.Pages;
import dev.stipend.console.page.View;
import dev.stipend.console.problem.ConsoleProblem;
import dev.stipend.console.session.Session;
import dev.stipend.console.session.SignedIn;
import dev.stipend.tenant.AuditEntry;
import dev.stipend.tenant.AuditLog;
import dev.stipend.tenant.Role;
import dev.stipend.tenant.Workspace;
import dev.stipend.time.Period;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.uri.UriBuilder;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Shows who did what.
@Controller(AuditController.PATH)
@SignedIn
@Produces(MediaType.TEXT_HTML)
class AuditController {
  static final String PATH = "/audit";
  private static final int ENTRIES = 50;

  private final AuditLog log;
  private final Pages pages;

  AuditController(AuditLog log, Pages pages) {
    this.log = log;
    this.pages = pages;
  }

  /// The entry behind which a page begins.
  private record Place(Instant at, UUID id) {
    static final Place START = new Place(Period.FOREVER, new UUID(-1, -1));

    static Place parse(String text) {
      try {
        String[] parts = text.split("/", 2);
        Instant at = Instant.parse(parts[0]);
        if (parts.length == 2 && Period.isStorable(at)) {
          return new Place(at, UUID.fromString(parts[1]));
        }
      } catch (DateTimeException | IllegalArgumentException none) {
        // As below.
      }
      throw ConsoleProblem.notFound("problem.page.detail");
    }

    static String behind(AuditEntry entry) {
      return entry.at() + "/" + entry.id();
    }
  }

  /// Lists deeds, newest first.
  ///
  /// @param action only deeds of this name, such as `budget.update`
  /// @param target only what was done to this, such as `budget` with its id
  /// @param after the entry behind which the page begins
  @Get
  HttpResponse<?> list(
      HttpRequest<?> request,
      Session session,
      @QueryValue Optional<String> action,
      @QueryValue Optional<String> target,
      @QueryValue Optional<String> after) {
    session.require(Role.ADMIN);
    Workspace workspace = session.caller().workspace();
    Optional<String> ofAction = action.filter(text -> !text.isBlank());
    Optional<String> ofTarget = target.filter(text -> !text.isBlank());
    Place from = after.map(Place::parse).orElse(Place.START);
    List<AuditEntry> found =
        log.page(workspace.id(), ofTarget, ofAction, from.at(), from.id(), ENTRIES + 1);
    List<AuditEntry> shown = found.subList(0, Math.min(ENTRIES, found.size()));
    PageFrame frame = pages.frame(request, View.AUDIT);
    ZoneId zone = ZoneId.of(workspace.timeZone());
    return pages.show(
        request,
        frame,
        "audit.jte",
        Map.of(
            "rows",
            shown.stream().map(entry -> AuditRow.of(entry, zone, frame.text())).toList(),
            "action",
            ofAction.orElse(""),
            "target",
            ofTarget.orElse(""),
            "next",
            found.size() > ENTRIES ? next(ofAction, ofTarget, shown.getLast()) : ""));
  }

  private static String next(Optional<String> action, Optional<String> target, AuditEntry last) {
    UriBuilder next = UriBuilder.of(PATH);
    action.ifPresent(text -> next.queryParam("action", text));
    target.ifPresent(text -> next.queryParam("target", text));
    return next.queryParam("after", Place.behind(last)).build().toString();
  }
}
