package dev.stipend.http.budget;

import dev.stipend.budget.Budget;
import dev.stipend.budget.BudgetCatalog;
import dev.stipend.budget.Increase;
import dev.stipend.budget.period.BudgetPeriod;
import dev.stipend.budget.period.SubjectPeriods;
import dev.stipend.http.ApiRequest;
import dev.stipend.http.Page;
import dev.stipend.http.PageRequest;
import dev.stipend.money.Money;
import dev.stipend.platform.web.Cursor;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.serde.annotation.Serdeable;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Lists whom a budget counts.
@Controller("/api/budgets/{id}/subjects")
class SubjectController {
  private static final Pattern PLACE =
      Pattern.compile("(-?\\d{1,26}\\.\\d{2,12}) ([^\\p{Cntrl}]*)");

  private final BudgetCatalog catalog;
  private final SubjectPeriods subjects;

  SubjectController(BudgetCatalog catalog, SubjectPeriods subjects) {
    this.catalog = catalog;
    this.subjects = subjects;
  }

  /// What one subject of a budget has spent in the current period.
  ///
  /// @param held what reservations hold of it
  /// @param limitAmount the limit in force for it
  /// @param percentUsed spend in percent of the limit, one decimal, rounded down
  /// @param increasedUntil when its own higher limit ends; absent where it has none
  /// @param dataAsOf when it last changed
  @Serdeable
  record SubjectResponse(
      String subject,
      Money spend,
      Money held,
      Money limitAmount,
      BigDecimal percentUsed,
      long requests,
      long unpriced,
      Optional<Instant> increasedUntil,
      Instant dataAsOf) {
    static SubjectResponse of(Budget budget, BudgetPeriod counter, Instant now) {
      String subject = counter.key().subject();
      Money limit = counter.limitOf(budget, now);
      return new SubjectResponse(
          subject,
          counter.spend(),
          counter.held(),
          limit,
          counter.spend().percentOf(limit),
          counter.requests(),
          counter.unpriced(),
          Optional.ofNullable(budget.subjectIncreases().get(subject))
              .map(Increase::until)
              .filter(now::isBefore),
          counter.dataAsOf());
    }
  }

  /// Lists the subjects of a budget with what they have spent in its current period, those that
  /// have spent most first.
  ///
  /// @param q only those whose id contains this
  @Get
  Page<SubjectResponse> list(
      ApiRequest request,
      @PathVariable String id,
      @QueryValue Optional<String> q,
      PageRequest page) {
    Budget budget = request.find("budget", id, catalog::find);
    Instant now = request.now();
    return page.of(
        subjects.page(
            budget,
            q.orElse(""),
            page.cursor().map(text -> Cursor.parse(text, SubjectController::place)),
            page.most(),
            now),
        counter -> Cursor.text(counter.spend() + " " + counter.key().subject()),
        counter -> SubjectResponse.of(budget, counter, now));
  }

  private static SubjectPeriods.Place place(String text) {
    Matcher parts = PLACE.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(text);
    }
    return new SubjectPeriods.Place(new Money(new BigDecimal(parts.group(1))), parts.group(2));
  }
}
