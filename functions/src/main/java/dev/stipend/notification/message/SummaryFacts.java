package dev.stipend.notification.message;

import dev.stipend.alert.AlertSnapshot;
import dev.stipend.money.Money;
import dev.stipend.notification.message.AlertMessage.Fact;
import dev.stipend.platform.wording.OneLine;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/// A day or a week in numbers.
final class SummaryFacts {
  private static final int LONGEST_NAME = 40;

  private final AlertFormatter words;
  private final AlertSnapshot snapshot;
  private final AlertSnapshot.SummaryPart summary;
  private final List<Fact> facts = new ArrayList<>();

  private SummaryFacts(AlertFormatter words, AlertSnapshot.SummaryPart summary) {
    this.words = words;
    this.snapshot = words.snapshot();
    this.summary = summary;
  }

  static List<Fact> of(AlertFormatter words, AlertSnapshot.SummaryPart summary) {
    SummaryFacts facts = new SummaryFacts(words, summary);
    facts.totals();
    facts.course();
    facts.list("fact.movers", summary.movers(), facts::mover);
    facts.list("fact.risk", summary.atRisk(), facts::atRisk);
    return facts.facts;
  }

  private void totals() {
    add(
        "fact.spend",
        words.say(
            "fact.spend.before." + snapshot.period().kind(),
            words.amount(snapshot.spend().amount()),
            words.amount(summary.before())));
    add("fact.requests", words.words().count(snapshot.spend().requests()));
    add("fact.alerts", words.words().count(summary.alerts()));
    if (snapshot.spend().unpriced() > 0) {
      add(
          "fact.unpriced",
          words.say(
              "fact.unpriced.value",
              words.words().counted("requests", snapshot.spend().unpriced())));
    }
  }

  private void course() {
    AlertSnapshot.ForecastPart forecast = snapshot.forecast();
    if (forecast != null) {
      add(
          "fact.month",
          words.say(
              "fact.forecast.value",
              words.amount(forecast.amount()),
              words.amount(forecast.low()),
              words.amount(forecast.high())));
    }
  }

  private <T> void list(String label, List<T> items, Function<T, String> text) {
    if (!items.isEmpty()) {
      add(label, items.stream().map(text).collect(Collectors.joining("; ")));
    }
  }

  private String mover(AlertSnapshot.Mover mover) {
    Money change = mover.change();
    return "%s %s: %s%s"
        .formatted(
            words.words().name("scope", mover.dimension()),
            name(mover.id()),
            change.isPositive() ? "+" : "",
            words.amount(change));
  }

  private String atRisk(AlertSnapshot.AtRisk budget) {
    return words.say(
        "fact.risk.value",
        name(budget.budget()),
        name(budget.subject()),
        words.words().percent(budget.percent()),
        words.amount(budget.limit()));
  }

  private static String name(String text) {
    return OneLine.shorten(OneLine.of(text), LONGEST_NAME);
  }

  private void add(String label, String value) {
    facts.add(new Fact(words.say(label), value));
  }
}
