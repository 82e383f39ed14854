package dev.stipend.console.budget;

import dev.stipend.alert.AlertLog;
import dev.stipend.alert.AlertRecord;
import dev.stipend.budget.Budget;
import dev.stipend.budget.BudgetCatalog;
import dev.stipend.budget.BudgetStanding;
import dev.stipend.budget.BudgetStanding.Standing;
import dev.stipend.budget.edit.BudgetHistory;
import dev.stipend.budget.edit.BudgetVersion;
import dev.stipend.budget.insight.BurnDown;
import dev.stipend.budget.insight.SpendPoint;
import dev.stipend.budget.period.BudgetInPeriod;
import dev.stipend.console.page.PageFrame;
import dev.stipend.console.page.Pages;
import dev.stipend.console.page.View;
import dev.stipend.console.problem.ConsoleProblem;
import dev.stipend.console.session.Session;
import dev.stipend.console.session.SignedIn;
import dev.stipend.tenant.Workspace;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Shows a budget.
@Controller(BoardAddress.PATH)
@SignedIn
@Produces(MediaType.TEXT_HTML)
class BudgetPageController {
  private static final int VERSIONS = 20;

  private final BudgetCatalog catalog;
  private final BudgetStanding standing;
  private final BurnDown course;
  private final BudgetHistory history;
  private final AlertLog alerts;
  private final NoticeWriter notices;
  private final DeedWriter deeds;
  private final Pages pages;
  private final InstantSource clock;

  BudgetPageController(
      BudgetCatalog catalog,
      BudgetStanding standing,
      BurnDown course,
      BudgetHistory history,
      AlertLog alerts,
      NoticeWriter notices,
      DeedWriter deeds,
      Pages pages,
      InstantSource clock) {
    this.catalog = catalog;
    this.standing = standing;
    this.course = course;
    this.history = history;
    this.alerts = alerts;
    this.notices = notices;
    this.deeds = deeds;
    this.pages = pages;
    this.clock = clock;
  }

  /// Shows how a budget stands in its current period, what its spend is made of, periods that are
  /// over, and who edited it. One that counts each id apart leads to its ids.
  ///
  /// @param subject whose spend, of a budget that counts each id apart
  @Get("/{id}")
  HttpResponse<?> show(
      HttpRequest<?> request,
      Session session,
      @PathVariable String id,
      @QueryValue Optional<String> subject,
      @QueryValue Optional<String> done) {
    Workspace workspace = session.caller().workspace();
    Budget budget = session.find(id, catalog::find, BudgetListModel.MISSING);
    Optional<String> asked = subject.filter(text -> !text.isEmpty());
    if (budget.isEach() && asked.isEmpty()) {
      String said =
          done.filter(text -> text.matches("[a-z]{1,20}")).map("?done="::concat).orElse("");
      return HttpResponse.seeOther(
          URI.create(BoardAddress.PATH + "/" + budget.id() + "/subjects" + said));
    }
    Instant now = clock.instant();
    String counted = budget.isEach() ? asked.orElseThrow() : budget.scopeId();
    Standing stands =
        standing
            .of(budget, counted, now)
            .orElseThrow(
                () -> new ConsoleProblem(ConsoleProblem.Kind.CONFLICT, "problem.no-period.detail"));
    PageFrame frame = pages.frame(request, View.BUDGETS, budget.name());
    BudgetPageModel model =
        new BudgetPageWriter(frame.text(), workspace.currency(), now)
            .write(budget, stands, points(budget, stands, now), open(stands), versions(budget));
    return pages.show(
        request,
        frame,
        "budget.jte",
        Map.of(
            "model",
            model,
            "notices",
            notices.of(budget, done, frame.text()),
            "deeds",
            deeds.of(budget, asked, frame.text(), workspace.currency(), now)));
  }

  private List<SpendPoint> points(Budget budget, Standing stands, Instant now) {
    return course
        .of(List.of(new BudgetInPeriod(budget, stands.current())), now)
        .getOrDefault(stands.current().key(), List.of());
  }

  private List<AlertRecord> open(Standing stands) {
    return alerts.of(stands.current().key()).stream()
        .filter(alert -> alert.resolvedAt().isEmpty())
        .toList();
  }

  private List<BudgetVersion> versions(Budget budget) {
    return history.page(budget.workspaceId(), budget.id(), Integer.MAX_VALUE, VERSIONS);
  }
}
