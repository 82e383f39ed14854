package dev.stipend.http.budget;

import dev.stipend.budget.Budget;
import dev.stipend.budget.period.SubjectPeriods;
import dev.stipend.http.Cursor;
import dev.stipend.http.CursorText;
import dev.stipend.http.Page;
import dev.stipend.money.Money;
import dev.stipend.tenant.Caller;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.QueryValue;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Lists whom a budget counts.
@Controller("/api/budgets/{id}/subjects")
class SubjectController {
  private static final Pattern PLACE =
      Pattern.compile("(-?\\d{1,26}\\.\\d{2,12}) ([^\\p{Cntrl}]*)");

  private final BudgetLookup lookup;
  private final SubjectPeriods subjects;
  private final InstantSource clock;

  SubjectController(BudgetLookup lookup, SubjectPeriods subjects, InstantSource clock) {
    this.lookup = lookup;
    this.subjects = subjects;
    this.clock = clock;
  }

  /// Lists the subjects of a budget with what they have spent in its current period, those that
  /// have spent most first.
  ///
  /// @param q only those whose id contains this
  @Get
  Page<SubjectResponse> list(
      Caller caller,
      @PathVariable String id,
      @QueryValue Optional<String> q,
      @QueryValue Optional<Integer> limit,
      @QueryValue Optional<String> cursor) {
    Budget budget = lookup.find(caller, id);
    Instant now = clock.instant();
    int most = Cursor.limit(limit);
    return Page.of(
        subjects.page(
            budget,
            q.orElse(""),
            cursor.map(text -> CursorText.parse(text, SubjectController::place)),
            most + 1,
            now),
        most,
        counter -> CursorText.of(counter.spend() + " " + counter.key().subject()),
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
