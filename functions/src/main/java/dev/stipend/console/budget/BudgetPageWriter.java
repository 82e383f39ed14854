package dev.stipend.console.budget;

import dev.stipend.alert.AlertRecord;
import dev.stipend.alert.AlertState;
import dev.stipend.budget.Budget;
import dev.stipend.budget.edit.BudgetVersion;
import dev.stipend.budget.forecast.Forecast;
import dev.stipend.budget.forecast.Outlook;
import dev.stipend.budget.insight.Contributor;
import dev.stipend.budget.insight.SpendPoint;
import dev.stipend.budget.period.BudgetPeriod;
import dev.stipend.console.budget.BudgetCourse.Happening;
import dev.stipend.console.budget.BudgetPageModel.Fact;
import dev.stipend.console.chart.Bar;
import dev.stipend.console.chart.ChartPicture;
import dev.stipend.console.page.ConsoleText;
import dev.stipend.console.page.Matter;
import dev.stipend.console.page.Shown;
import dev.stipend.money.Money;
import dev.stipend.platform.json.Labels;
import dev.stipend.report.board.BudgetState;
import dev.stipend.time.Period;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Puts a budget into words.
///
/// @param currency of the workspace
/// @param people what users are called, by their ids
record BudgetPageWriter(
    ConsoleText text, String currency, Map<String, String> people, Instant now) {
  /// The table shows no more; the chart needs those of the whole period.
  private static final int MOST_VERSIONS = 20;

  /// A period of a budget, with all that is shown of it.
  ///
  /// @param outlook how it goes on; empty where it is over
  /// @param history periods that are over, latest first
  /// @param alerts of the period
  /// @param versions of the budget, latest first
  record Seen(
      BudgetPeriod counter,
      Optional<Outlook> outlook,
      List<Contributor> parts,
      List<BudgetPeriod> history,
      List<SpendPoint> points,
      List<AlertRecord> alerts,
      List<BudgetVersion> versions) {
    boolean isOver() {
      return outlook.isEmpty();
    }
  }

  BudgetPageModel write(Budget budget, Seen seen) {
    BudgetPeriod counter = seen.counter();
    ZoneId zone = budget.cadence().zone();
    Money limit = counter.limitOf(budget, now);
    Money remaining = limit.minus(counter.spend()).minus(counter.held()).orZero();
    List<AlertRecord> open =
        seen.alerts().stream().filter(alert -> alert.resolvedAt().isEmpty()).toList();
    BudgetState state = BudgetState.of(budget, counter, limit, open);
    Optional<Forecast> forecast = seen.outlook().flatMap(Outlook::forecast);
    String subject = budget.isEach() ? counter.key().subject() : "";
    return new BudgetPageModel(
        budget.id().toString(),
        budget.isEach(),
        subject,
        path(budget, subject, ""),
        seen.isOver() ? text.time(counter.period().start(), zone).text() : "",
        seen.isOver() ? text.say("budget.ended") : text.say("state." + Labels.of(state)),
        seen.isOver() ? "" : Bar.tone(state),
        facts(budget, counter, zone),
        Bar.of(counter.spend(), counter.held(), limit, state),
        text.amount(counter.spend(), currency),
        text.amount(limit, currency),
        text.amount(remaining, currency),
        text.percent(counter.spend().percentOf(limit)),
        forecast.map(each -> text.amount(each.amount(), currency)),
        text.range(forecast, currency),
        sentence(seen, limit, zone),
        BudgetCourse.of(
                budget,
                counter.period(),
                limit,
                LimitCourse.of(seen.versions(), counter.key().subject(), counter.period()),
                seen.points(),
                forecast,
                happenings(seen, zone))
            .map(chart -> ChartPicture.of(chart, text, currency)),
        seen.points().stream()
            .map(
                point ->
                    new Fact(
                        text.time(point.at(), zone).text(), text.amount(point.spend(), currency)))
            .toList(),
        seen.alerts().stream().map(alert -> alert(alert, zone)).toList(),
        seen.parts().stream().map(this::part).toList(),
        seen.history().stream().map(past -> past(budget, subject, past, counter)).toList(),
        seen.versions().stream()
            .limit(MOST_VERSIONS)
            .map(version -> version(version, zone))
            .toList());
  }

  /// The page of a budget, or of one of its ids.
  ///
  /// @param more what else belongs into its query
  private static String path(Budget budget, String subject, String more) {
    String query =
        Stream.of(
                subject.isEmpty()
                    ? ""
                    : "subject=" + URLEncoder.encode(subject, StandardCharsets.UTF_8),
                more)
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining("&"));
    return BoardAddress.PATH + "/" + budget.id() + (query.isEmpty() ? "" : "?" + query);
  }

  /// Alerts that were raised, and those that recovered before the period was over.
  private List<Happening> happenings(Seen seen, ZoneId zone) {
    List<Happening> happenings = new ArrayList<>();
    Period period = seen.counter().period();
    for (AlertRecord alert : seen.alerts()) {
      String what = Matter.of(alert.type(), alert.threshold(), text);
      happenings.add(
          new Happening(
              alert.raisedAt(),
              true,
              text.say("budget.mark.raised", text.time(alert.raisedAt(), zone).text(), what)));
      alert
          .resolvedAt()
          .filter(at -> alert.state() == AlertState.RESOLVED)
          .ifPresent(
              at ->
                  happenings.add(
                      new Happening(
                          at,
                          false,
                          text.say("budget.mark.recovered", text.time(at, zone).text(), what))));
    }
    happenings.removeIf(each -> !period.contains(each.at()));
    return happenings;
  }

  private BudgetPageModel.AlertLine alert(AlertRecord alert, ZoneId zone) {
    return new BudgetPageModel.AlertLine(
        alert.id().toString(),
        Matter.of(alert.type(), alert.threshold(), text),
        text.time(alert.raisedAt(), zone),
        alert.resolvedAt().map(at -> text.time(at, zone)));
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
      String end = counter.period().hasEnded(now) ? "budget.ended-at" : "budgets.resets";
      facts.add(new Fact(text.say(end), text.time(counter.period().end(), zone)));
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

  private String sentence(Seen seen, Money limit, ZoneId zone) {
    String used = text.percent(seen.counter().spend().percentOf(limit));
    return seen.outlook()
        .map(
            outlook ->
                outlook
                    .runsOutAt(limit)
                    .map(at -> text.say("budget.runs-out", used, text.time(at, zone).text()))
                    .orElseGet(() -> text.say("budget.lasts", used)))
        .orElseGet(() -> text.say("budget.was-used", used));
  }

  private BudgetPageModel.Part part(Contributor contributor) {
    return new BudgetPageModel.Part(
        text.name("scope", contributor.dimension()),
        contributor.id(),
        contributor.belongsToUser() ? people.getOrDefault(contributor.id(), "") : "",
        text.amount(contributor.spend(), currency),
        text.percent(contributor.share()));
  }

  private BudgetPageModel.Past past(
      Budget budget, String subject, BudgetPeriod over, BudgetPeriod shown) {
    ZoneId zone = budget.cadence().zone();
    return new BudgetPageModel.Past(
        path(budget, subject, "period=" + over.period().start()),
        over.key().equals(shown.key()),
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
