package dev.stipend.notification.message;

import dev.stipend.alert.AlertSnapshot;
import dev.stipend.money.Money;
import dev.stipend.notification.message.AlertMessage.Fact;
import dev.stipend.platform.wording.Figures;
import dev.stipend.platform.wording.OneLine;
import dev.stipend.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// An alert in numbers.
final class AlertFacts {
  private static final int MOST_MISSED = 3;

  private final AlertFormatter words;
  private final AlertSnapshot snapshot;
  private final boolean recovered;
  private final List<Fact> facts = new ArrayList<>();

  private AlertFacts(AlertFormatter words, boolean recovered) {
    this.words = words;
    this.snapshot = words.snapshot();
    this.recovered = recovered;
  }

  static List<Fact> of(AlertFormatter words, boolean recovered) {
    AlertFacts facts = new AlertFacts(words, recovered);
    facts.spend();
    facts.period();
    facts.work();
    facts.course();
    facts.missed();
    facts.undelivered();
    return facts.facts;
  }

  /// What is left is calculated from what is shown, so that the parts add up.
  private void spend() {
    AlertSnapshot.SpendPart spend = snapshot.spend();
    Money amount = Figures.shown(spend.amount());
    Money limit = Figures.shown(spend.limit());
    add("fact.spend", spent(spend));
    Money over = amount.minus(limit);
    if (over.isPositive()) {
      add("fact.over", words.amount(over));
    } else {
      Money left = limit.minus(amount).minus(Figures.shown(spend.held()));
      add("fact.remaining", words.amount(left.isNegative() ? Money.ZERO : left));
    }
    add("fact.scope", words.owner());
  }

  /// Nothing is a part of a limit of zero.
  private String spent(AlertSnapshot.SpendPart spend) {
    return spend.limit().isPositive()
        ? words.say(
            "fact.spend.value",
            words.amount(spend.amount()),
            words.amount(spend.limit()),
            words.words().percent(spend.percent()))
        : words.say("fact.spend.zero", words.amount(spend.amount()), words.amount(spend.limit()));
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
          words.say(
              "fact.unpriced.value",
              words.words().counted("requests", snapshot.spend().unpriced())));
    }
  }

  /// Alerts that were not sent until now.
  private void missed() {
    List<AlertSnapshot.Missed> missed = snapshot.missed();
    if (missed.isEmpty()) {
      return;
    }
    String shown =
        missed.stream()
            .limit(MOST_MISSED)
            .map(
                one ->
                    words.say(
                        "fact.missed.value",
                        words.words().percent(one.threshold()),
                        words.day(one.raisedAt()),
                        one.resolvedAt() == null ? "" : words.day(one.resolvedAt())))
            .collect(Collectors.joining("; "));
    int more = missed.size() - MOST_MISSED;
    add(
        "fact.missed",
        more > 0 ? shown + "; " + words.say("fact.missed.more", words.words().count(more)) : shown);
  }

  /// Why it comes to this channel.
  private void undelivered() {
    for (AlertSnapshot.Undelivered channel : snapshot.undelivered()) {
      String name = OneLine.of(channel.channel());
      add(
          "fact.undelivered",
          channel.cause() == null
              ? words.say("fact.undelivered.known", name)
              : words.say("fact.undelivered.value", name, OneLine.of(channel.cause())));
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
