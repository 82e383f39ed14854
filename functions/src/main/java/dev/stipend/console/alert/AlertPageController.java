package dev.stipend.console.alert;

import dev.stipend.alert.AlertLog;
import dev.stipend.alert.AlertRecord;
import dev.stipend.budget.insight.Contributor;
import dev.stipend.console.page.PageFrame;
import dev.stipend.console.page.Pages;
import dev.stipend.console.page.View;
import dev.stipend.console.session.Session;
import dev.stipend.console.session.SignedIn;
import dev.stipend.notification.review.AlertContext;
import dev.stipend.notification.review.AlertContexts;
import dev.stipend.notification.review.AlertReview;
import dev.stipend.notification.review.Explanation;
import dev.stipend.notification.review.Explanations;
import dev.stipend.tenant.Workspace;
import dev.stipend.tenant.people.People;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Shows one alert: what it says, who was told, and why.
@Controller(AlertListModel.PATH)
@SignedIn
@Produces(MediaType.TEXT_HTML)
class AlertPageController {
  private final AlertLog alerts;
  private final AlertReview review;
  private final AlertContexts contexts;
  private final Explanations explanations;
  private final People people;
  private final Pages pages;
  private final InstantSource clock;

  AlertPageController(
      AlertLog alerts,
      AlertReview review,
      AlertContexts contexts,
      Explanations explanations,
      People people,
      Pages pages,
      InstantSource clock) {
    this.alerts = alerts;
    this.review = review;
    this.contexts = contexts;
    this.explanations = explanations;
    this.people = people;
    this.pages = pages;
    this.clock = clock;
  }

  /// Shows an alert.
  ///
  /// @param done what a form has just done
  @Get("/{id}")
  HttpResponse<?> show(
      HttpRequest<?> request,
      Session session,
      @PathVariable String id,
      @QueryValue Optional<String> done) {
    Instant now = clock.instant();
    Workspace workspace = session.caller().workspace();
    AlertLog.Detail found = session.find(id, alerts::find, AlertFormController.MISSING);
    AlertRecord alert = found.alert();
    AlertContext context =
        Objects.requireNonNull(contexts.of(workspace.id(), List.of(alert), now).get(alert.id()));
    Optional<Explanation> explanation =
        context
            .budget()
            .flatMap(budget -> explanations.of(budget, alert.subject(), now))
            .filter(each -> each.counter().key().periodStart().equals(alert.period().start()));
    PageFrame frame = pages.frame(request, View.ALERTS, context.budgetName());
    List<Contributor> contributors = review.contributors(found.snapshot());
    AlertPageModel model =
        new AlertPageWriter(
                workspace,
                frame.text(),
                people.names(workspace.id(), Contributor.users(contributors)),
                now)
            .write(
                alert,
                context,
                contributors,
                review.deliveries(workspace.id(), alert.id()),
                explanation,
                Done.of(done));
    return pages.show(request, frame, "alert.jte", Map.of("model", model));
  }
}
