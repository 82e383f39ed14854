package dev.stipend.console.alert;

import dev.stipend.alert.AlertFilter;
import dev.stipend.alert.AlertLog;
import dev.stipend.alert.AlertRecord;
import dev.stipend.console.page.Listing;
import dev.stipend.console.page.PageFrame;
import dev.stipend.console.page.Pages;
import dev.stipend.console.page.View;
import dev.stipend.console.session.Session;
import dev.stipend.console.session.SignedIn;
import dev.stipend.notification.review.AlertContext;
import dev.stipend.notification.review.AlertContexts;
import dev.stipend.platform.web.Cursor;
import dev.stipend.platform.web.Ids;
import dev.stipend.tenant.Workspace;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/// Lists alerts.
@Controller(AlertListModel.PATH)
@SignedIn
@Produces(MediaType.TEXT_HTML)
class AlertListController {
  static final int PAGE = 25;

  private final AlertLog alerts;
  private final AlertContexts contexts;
  private final Pages pages;
  private final InstantSource clock;

  AlertListController(AlertLog alerts, AlertContexts contexts, Pages pages, InstantSource clock) {
    this.alerts = alerts;
    this.contexts = contexts;
    this.pages = pages;
    this.clock = clock;
  }

  /// Shows a page of alerts, newest first.
  ///
  /// @param state a stage, or `all`; open ones without it
  /// @param budget only those of this budget
  /// @param cursor where the page begins
  /// @param done what a form has just done
  @Get
  HttpResponse<?> list(
      HttpRequest<?> request,
      Session session,
      @QueryValue Optional<String> state,
      @QueryValue Optional<String> budget,
      @QueryValue Optional<String> cursor,
      @QueryValue Optional<String> done) {
    Instant now = clock.instant();
    Workspace workspace = session.caller().workspace();
    Cursor from = Cursor.parse(cursor);
    AlertListModel.Asked asked = AlertListModel.Asked.of(state, budget.flatMap(Ids::parse), cursor);
    Listing<AlertRecord> found =
        Listing.of(
            alerts.page(
                workspace.id(),
                new AlertFilter(
                    asked.budget(),
                    Optional.empty(),
                    asked.stage(),
                    Optional.empty(),
                    from.before(),
                    from.idBefore(),
                    now),
                PAGE + 1),
            PAGE,
            alert -> Cursor.at(alert.raisedAt(), alert.id()));
    Map<UUID, AlertContext> about = contexts.of(workspace.id(), found.items(), now);
    PageFrame frame = pages.frame(request, View.ALERTS);
    Listing<AlertRowModel> rows =
        found.map(
            alert ->
                AlertRowModel.of(
                    alert,
                    Objects.requireNonNull(about.get(alert.id())),
                    workspace,
                    frame.text(),
                    now));
    AlertListModel model = AlertListModel.of(asked, rows, Done.of(done), frame.text());
    return pages.show(request, frame, "alerts.jte", Map.of("model", model));
  }
}
