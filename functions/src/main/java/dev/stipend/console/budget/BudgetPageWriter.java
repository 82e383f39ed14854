package dev.stipend.console.budget;

import dev.stipend.alert.AlertRecord;
import dev.stipend.budget.Budget;
import dev.stipend.budget.BudgetStanding.Standing;
import dev.stipend.budget.edit.BudgetVersion;
import dev.stipend.budget.forecast.Forecast;
import dev.stipend.budget.insight.Contributor;
import dev.stipend.budget.insight.SpendPoint;
import dev.stipend.budget.period.BudgetPeriod;
import dev.stipend.console.budget.BudgetPageModel.Fact;
import dev.stipend.console.chart.Bar;
import dev.stipend.console.chart.ChartPicture;
import dev.stipend.console.page.ConsoleText;
import dev.stipend.console.page.Shown;
import dev.stipend.money.Money;
import dev.stipend.platform.json.Labels;
import dev.stipend.report.board.BudgetState;
import dev.stipend.time.Period;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Puts a budget into words.
///
/// @param currency of the workspace
record BudgetPageWriter(ConsoleText text, String currency, Instant now) {
  /// @param open alerts of its counter that are open
  BudgetPageModel write(
      Budget budget,
      Standing standing,
      List<SpendPoint> points,
      List<AlertRecord> open,
      List<BudgetVersion> versions) {
    BudgetPeriod counter = standing.current();
    ZoneId zone = budget.cadence().zone();
    Money limit = counter.limitOf(budget, now);
    Money remaining = limit.minus(counter.spend()).minus(counter.held()).orZero();
    BudgetState state = BudgetState.of(budget, counter, limit, open);
    Optional<Forecast> forecast = standing.outlook().forecast();
    return new BudgetPageModel(
        budget.id().toString(),
        budget.isEach(),
        budget.isEach() ? counter.key().subject() : "",
        text.say("state." + Labels.of(state)),
        Bar.tone(state),
        facts(budget, counter, zone),
        Bar.of(counter.spend(), counter.held(), limit, state),
        text.amount(counter.spend(), currency),
        text.amount(limit, currency),
        text.amount(remaining, currency),
        text.percent(counter.spend().percentOf(limit)),
        forecast.map(each -> text.amount(each.amount(), currency)),
        text.range(forecast, currency),
        sentence(standing, limit, zone),
        BudgetCourse.of(budget, counter.period(), limit, points, forecast)
            .map(chart -> ChartPicture.of(chart, text, currency)),
        points.stream()
            .map(
                point ->
                    new Fact(
                        text.time(point.at(), zone).text(), text.amount(point.spend(), currency)))
            .toList(),
        standing.topContributors().stream().map(this::part).toList(),
        standing.history().stream().map(past -> past(past, zone)).toList(),
        versions.stream().map(version -> version(version, zone)).toList());
  }

  private List<Fact> facts(Budget budget, BudgetPeriod counter, ZoneId zone) {
    String scope = text.name("scope", Labels.of(budget.scope()));
    List<Fact> facts = new ArrayList<>();
    facts.add(fact("budgets.scope", scope + " " + budget.scopeId()));
    facts.add(
        fact(
            "budget.period",
            text.name("period", Labels.of(budget.cadence().kind())) + ", " + zone.getId()));
    if (!counter.period().end().equals(Period.FOREVER)) {
      facts.add(new Fact(text.say("budgets.resets"), text.time(counter.period().end(), zone)));
    }
    if (counter.held().isPositive()) {
      facts.add(new Fact(text.say("budget.held"), text.amount(counter.held(), currency)));
    }
    facts.add(fact("subjects.requests", text.count(counter.requests())));
    if (counter.unpriced() > 0) {
      facts.add(fact("overview.unpriced", text.count(counter.unpriced())));
    }
    budget.owner().ifPresent(owner -> facts.add(fact("budget.owner", owner)));
    return facts;
  }

  private Fact fact(String name, String value) {
    return new Fact(text.say(name), new Shown(value, value));
  }

  private String sentence(Standing standing, Money limit, ZoneId zone) {
    BudgetPeriod counter = standing.current();
    BigDecimal used = counter.spend().percentOf(limit);
    return standing
        .outlook()
        .runsOutAt(limit)
        .map(at -> text.say("budget.runs-out", text.percent(used), text.time(at, zone).text()))
        .orElseGet(() -> text.say("budget.lasts", text.percent(used)));
  }

  private BudgetPageModel.Part part(Contributor contributor) {
    return new BudgetPageModel.Part(
        text.name("scope", contributor.dimension()),
        contributor.id(),
        text.amount(contributor.spend(), currency),
        text.percent(contributor.share()));
  }

  private BudgetPageModel.Past past(BudgetPeriod over, ZoneId zone) {
    return new BudgetPageModel.Past(
        text.time(over.period().start(), zone),
        text.amount(over.spend(), currency),
        text.amount(over.limit(), currency),
        text.percent(over.spend().percentOf(over.limit())),
        text.count(over.requests()));
  }

  private BudgetPageModel.Version version(BudgetVersion version, ZoneId zone) {
    return new BudgetPageModel.Version(
        version.version(),
        text.time(version.at(), zone),
        version.actor(),
        version.before().isEmpty()
            ? text.say("budget.made")
            : String.join(", ", version.changed()));
  }
}
