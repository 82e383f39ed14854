package dev.stipend.notify;

import dev.stipend.alert.AlertSnapshot;
import dev.stipend.money.Money;
import dev.stipend.notify.AlertText.Fact;
import dev.stipend.time.Period;
import java.util.ArrayList;
import java.util.List;

/// An alert in numbers.
final class AlertFacts {
  private final AlertWords words;
  private final AlertSnapshot snapshot;
  private final boolean recovered;
  private final List<Fact> facts = new ArrayList<>();

  private AlertFacts(AlertWords words, boolean recovered) {
    this.words = words;
    this.snapshot = words.snapshot();
    this.recovered = recovered;
  }

  static List<Fact> of(AlertWords words, boolean recovered) {
    AlertFacts facts = new AlertFacts(words, recovered);
    facts.spend();
    facts.period();
    facts.work();
    facts.course();
    return facts.facts;
  }

  private void spend() {
    AlertSnapshot.SpendPart spend = snapshot.spend();
    add(
        "fact.spend",
        words.say(
            "fact.spend.value",
            words.amount(spend.amount()),
            words.amount(spend.limit()),
            words.words().percent(spend.percent())));
    Money over = spend.amount().minus(spend.limit());
    if (over.isPositive()) {
      add("fact.over", words.amount(over));
    } else {
      Money left = spend.remaining().isNegative() ? Money.ZERO : spend.remaining();
      add("fact.remaining", words.amount(left));
    }
    add("fact.scope", words.owner());
  }

  private void period() {
    AlertSnapshot.PeriodPart period = snapshot.period();
    add(
        "fact.period",
        words.say(
            "fact.period.value",
            words.words().name("period", period.kind()),
            words.time(period.start())));
    add(
        "fact.resets",
        period.end().equals(Period.FOREVER)
            ? words.say("fact.resets.never")
            : words.time(period.end()));
  }

  private void work() {
    if (snapshot.budget().hardLimit()) {
      add("fact.hard", words.say("fact.hard.value"));
    }
    if (snapshot.spend().held().isPositive()) {
      add("fact.held", words.say("fact.held.value", words.amount(snapshot.spend().held())));
    }
  }

  private void course() {
    AlertSnapshot.ForecastPart forecast = snapshot.forecast();
    if (forecast != null && !recovered) {
      add("fact.forecast", forecast(forecast));
    }
    AlertSnapshot.Since since = snapshot.since();
    if (since != null && !recovered) {
      add(
          "fact.change",
          words.say(
              "fact.change.value", words.amount(since.change()), words.time(since.raisedAt())));
    }
    if (snapshot.spend().unpriced() > 0) {
      add(
          "fact.unpriced",
          words.say("fact.unpriced.value", words.words().count(snapshot.spend().unpriced())));
    }
  }

  private String forecast(AlertSnapshot.ForecastPart forecast) {
    String amount = words.amount(forecast.amount());
    String low = words.amount(forecast.low());
    String high = words.amount(forecast.high());
    return forecast.runsOutAt() == null
        ? words.say("fact.forecast.value", amount, low, high)
        : words.say("fact.forecast.end", amount, low, high, words.time(forecast.runsOutAt()));
  }

  private void add(String label, String value) {
    facts.add(new Fact(words.say(label), value));
  }
}
