package dev.stipend.console.audit;

import dev.stipend.console.page.Listing;
import dev.stipend.console.page.PageFrame;
import dev.stipend.console.page.Pages;
import dev.stipend.console.page.View;
import dev.stipend.console.session.Session;
import dev.stipend.console.session.SignedIn;
import dev.stipend.platform.web.Cursor;
import dev.stipend.tenant.AuditEntry;
import dev.stipend.tenant.AuditLog;
import dev.stipend.tenant.Role;
import dev.stipend.tenant.Workspace;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.uri.UriBuilder;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;

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

  /// Lists deeds, newest first.
  ///
  /// @param action only deeds of this name, such as `budget.update`
  /// @param target only what was done to this, such as `budget` with its id
  /// @param cursor where the page begins
  @Get
  HttpResponse<?> list(
      HttpRequest<?> request,
      Session session,
      @QueryValue Optional<String> action,
      @QueryValue Optional<String> target,
      @QueryValue Optional<String> cursor) {
    session.require(Role.ADMIN);
    Workspace workspace = session.caller().workspace();
    Optional<String> ofAction = action.filter(text -> !text.isBlank());
    Optional<String> ofTarget = target.filter(text -> !text.isBlank());
    Cursor from = Cursor.parse(cursor);
    Listing<AuditEntry> found =
        Listing.of(
            log.page(
                workspace.id(), ofTarget, ofAction, from.before(), from.idBefore(), ENTRIES + 1),
            ENTRIES,
            entry -> Cursor.at(entry.at(), entry.id()));
    PageFrame frame = pages.frame(request, View.AUDIT);
    ZoneId zone = ZoneId.of(workspace.timeZone());
    return pages.show(
        request,
        frame,
        "audit.jte",
        Map.of(
            "rows",
            found.map(entry -> AuditRow.of(entry, zone, frame.text())).items(),
            "action",
            ofAction.orElse(""),
            "target",
            ofTarget.orElse(""),
            "next",
            found.next().map(next -> path(ofAction, ofTarget, next)).orElse("")));
  }

  private static String path(Optional<String> action, Optional<String> target, String cursor) {
    UriBuilder next = UriBuilder.of(PATH);
    action.ifPresent(text -> next.queryParam("action", text));
    target.ifPresent(text -> next.queryParam("target", text));
    return next.queryParam("cursor", cursor).build().toString();
  }
}
