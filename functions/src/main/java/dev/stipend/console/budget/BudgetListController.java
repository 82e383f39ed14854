package dev.stipend.console.budget;

import dev.stipend.budget.Budget;
import dev.stipend.budget.BudgetCatalog;
import dev.stipend.budget.Scope;
import dev.stipend.budget.period.BudgetPeriod;
import dev.stipend.budget.period.SubjectPeriods;
import dev.stipend.console.page.PageFrame;
import dev.stipend.console.page.Pages;
import dev.stipend.console.page.View;
import dev.stipend.console.session.Session;
import dev.stipend.console.session.SignedIn;
import dev.stipend.report.board.BoardForecasts;
import dev.stipend.report.board.BudgetBoard;
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
import java.util.Optional;

/// Lists budgets, and whom a budget counts.
@Controller(BoardAddress.PATH)
@SignedIn
@Produces(MediaType.TEXT_HTML)
class BudgetListController {
  private static final int MOST_SUBJECTS = 100;

  private final BudgetBoard board;
  private final BoardForecasts forecasts;
  private final BudgetCatalog catalog;
  private final SubjectPeriods subjects;
  private final NoticeWriter notices;
  private final DeedWriter deeds;
  private final People people;
  private final Pages pages;
  private final InstantSource clock;

  BudgetListController(
      BudgetBoard board,
      BoardForecasts forecasts,
      BudgetCatalog catalog,
      SubjectPeriods subjects,
      NoticeWriter notices,
      DeedWriter deeds,
      People people,
      Pages pages,
      InstantSource clock) {
    this.board = board;
    this.forecasts = forecasts;
    this.catalog = catalog;
    this.subjects = subjects;
    this.notices = notices;
    this.deeds = deeds;
    this.people = people;
    this.pages = pages;
    this.clock = clock;
  }

  /// Lists budgets as they stand.
  @Get
  HttpResponse<?> list(
      HttpRequest<?> request,
      Session session,
      @QueryValue Optional<String> scope,
      @QueryValue Optional<String> state,
      @QueryValue Optional<String> q,
      @QueryValue Optional<String> sort,
      @QueryValue Optional<String> order,
      @QueryValue Optional<String> page) {
    Workspace workspace = session.caller().workspace();
    BoardAddress address = BoardAddress.read(scope, state, q, sort, order, page);
    PageFrame frame = pages.frame(request, View.BUDGETS);
    Instant now = clock.instant();
    BudgetBoard.Page found = board.page(workspace.id(), address.query(), now);
    BudgetListModel model =
        BudgetListModel.of(
            found,
            forecasts.of(workspace.id(), found.lines(), now),
            address,
            workspace.currency(),
            frame.text());
    return pages.show(request, frame, "budgets.jte", Map.of("model", model));
  }

  /// Lists whom a budget counts that counts each id apart, those that have spent most first.
  @Get("/{id}/subjects")
  HttpResponse<?> subjects(
      HttpRequest<?> request,
      Session session,
      @PathVariable String id,
      @QueryValue Optional<String> q,
      @QueryValue Optional<String> done) {
    Workspace workspace = session.caller().workspace();
    Instant now = clock.instant();
    Budget budget = session.find(id, catalog::find, BudgetListModel.MISSING);
    PageFrame frame = pages.frame(request, View.BUDGETS, budget.name());
    List<BudgetPeriod> counted =
        subjects.page(budget, q.orElse(""), Optional.empty(), MOST_SUBJECTS, now);
    Map<String, String> called =
        budget.scope() == Scope.USER
            ? people.names(
                workspace.id(), counted.stream().map(each -> each.key().subject()).toList())
            : Map.of();
    List<SubjectModel> found =
        counted.stream()
            .map(
                period ->
                    SubjectModel.of(
                        budget, period, called, workspace.currency(), frame.text(), now))
            .toList();
    return pages.show(
        request,
        frame,
        "subjects.jte",
        Map.of(
            "id",
            budget.id().toString(),
            "subjects",
            found,
            "q",
            q.orElse(""),
            "notices",
            notices.of(budget, done, frame.text()),
            "deeds",
            deeds.of(budget, Optional.empty(), frame.text(), workspace.currency(), now)));
  }
}
