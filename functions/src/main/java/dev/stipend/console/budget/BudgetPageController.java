package dev.stipend.console.budget;

import dev.stipend.alert.AlertLog;
import dev.stipend.budget.Budget;
import dev.stipend.budget.BudgetCatalog;
import dev.stipend.budget.BudgetStanding;
import dev.stipend.budget.BudgetStanding.Ended;
import dev.stipend.budget.BudgetStanding.Standing;
import dev.stipend.budget.edit.BudgetHistory;
import dev.stipend.budget.forecast.Outlook;
import dev.stipend.budget.insight.BurnDown;
import dev.stipend.budget.insight.Contributor;
import dev.stipend.budget.period.BudgetInPeriod;
import dev.stipend.budget.period.BudgetPeriod;
import dev.stipend.console.budget.BudgetPageWriter.Seen;
import dev.stipend.console.page.PageFrame;
import dev.stipend.console.page.Pages;
import dev.stipend.console.page.View;
import dev.stipend.console.problem.ConsoleProblem;
import dev.stipend.console.session.Session;
import dev.stipend.console.session.SignedIn;
import dev.stipend.tenant.Workspace;
import dev.stipend.tenant.people.People;
import dev.stipend.time.Period;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import java.net.URI;
import java.time.DateTimeException;
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
  private static final int VERSIONS = 200;
  private static final int PAST_PERIODS = 24;
  private static final int MOST_ALERTS = 100;

  private final BudgetCatalog catalog;
  private final BudgetStanding standing;
  private final BurnDown course;
  private final BudgetHistory history;
  private final AlertLog alerts;
  private final NoticeWriter notices;
  private final DeedWriter deeds;
  private final People people;
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
      People people,
      Pages pages,
      InstantSource clock) {
    this.catalog = catalog;
    this.standing = standing;
    this.course = course;
    this.history = history;
    this.alerts = alerts;
    this.notices = notices;
    this.deeds = deeds;
    this.people = people;
    this.pages = pages;
    this.clock = clock;
  }

  /// Shows how a budget stands in its current period or stood in one that is over, what its spend
  /// is made of, other periods, and who edited it. One that counts each id apart leads to its ids.
  ///
  /// @param subject whose spend, of a budget that counts each id apart
  /// @param period when the period began that is over
  /// @param done what was just done
  @Get("/{id}")
  HttpResponse<?> show(
      HttpRequest<?> request,
      Session session,
      @PathVariable String id,
      @QueryValue Optional<String> subject,
      @QueryValue Optional<String> period,
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
    PageFrame frame = pages.frame(request, View.BUDGETS, budget.name());
    Seen seen =
        period
            .map(start -> ended(budget, counted, start, now))
            .orElseGet(() -> running(budget, counted, now));
    BudgetPageModel model =
        new BudgetPageWriter(
                frame.text(),
                workspace.currency(),
                people.names(workspace.id(), Contributor.users(seen.parts())),
                now)
            .write(budget, seen);
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

  private Seen running(Budget budget, String subject, Instant now) {
    Standing stands =
        standing
            .of(budget, subject, now)
            .orElseThrow(
                () -> new ConsoleProblem(ConsoleProblem.Kind.CONFLICT, "problem.no-period.detail"));
    return seen(
        budget,
        stands.current(),
        Optional.of(stands.outlook()),
        stands.topContributors(),
        stands.history(),
        now);
  }

  private Seen ended(Budget budget, String subject, String start, Instant now) {
    Ended over =
        instant(start)
            .flatMap(at -> standing.ended(budget, subject, at, now))
            .orElseThrow(() -> ConsoleProblem.notFound("problem.past.detail"));
    return seen(
        budget,
        over.counter(),
        Optional.empty(),
        over.topContributors(),
        standing.history(budget, subject, now, now, PAST_PERIODS),
        now);
  }

  private Seen seen(
      Budget budget,
      BudgetPeriod counter,
      Optional<Outlook> outlook,
      List<Contributor> parts,
      List<BudgetPeriod> past,
      Instant now) {
    return new Seen(
        counter,
        outlook,
        parts,
        past,
        course
            .of(List.of(new BudgetInPeriod(budget, counter)), now)
            .getOrDefault(counter.key(), List.of()),
        alerts.of(counter.key()).stream().limit(MOST_ALERTS).toList(),
        history.page(budget.workspaceId(), budget.id(), Integer.MAX_VALUE, VERSIONS));
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(Instant.parse(text)).filter(Period::isStorable);
    } catch (DateTimeException malformed) {
      return Optional.empty();
    }
  }
}
