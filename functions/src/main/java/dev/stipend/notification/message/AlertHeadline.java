package dev.stipend.notification.message;

import dev.stipend.alert.AlertSnapshot;
import dev.stipend.platform.wording.OneLine;

/// What an alert says first.
final class AlertHeadline {
  private final AlertFormatter words;
  private final AlertSnapshot snapshot;
  private final boolean recovered;

  private AlertHeadline(AlertFormatter words, boolean recovered) {
    this.words = words;
    this.snapshot = words.snapshot();
    this.recovered = recovered;
  }

  static String of(AlertFormatter words, boolean recovered) {
    return new AlertHeadline(words, recovered).text();
  }

  private String text() {
    return switch (snapshot.alert().type()) {
      case null -> summary();
      case LIMIT_WARNING, LIMIT_EXCEEDED -> line();
      case APPROACHING_LIMIT -> forecast();
      case UNUSUAL_ACTIVITY -> unusual();
      case STALE_DATA -> stale();
      case UNPRICED_USAGE ->
          recovered
              ? words.say("head.unpriced.recovered", words.budget())
              : words.say(
                  "head.unpriced",
                  words.budget(),
                  words.words().counted("requests", snapshot.spend().unpriced()));
      case RESTATED ->
          words.say(
              "head.restated",
              words.budget(),
              words.time(snapshot.period().start()),
              words.words().percent(snapshot.spend().percent()),
              words.amount(snapshot.spend().limit()));
    };
  }

  private String summary() {
    return words.say(
        "head.summary." + snapshot.period().kind(),
        OneLine.of(snapshot.budget().name()),
        words.amount(snapshot.spend().amount()),
        words.date(snapshot.period().start()));
  }

  private String line() {
    AlertSnapshot.SpendPart spend = snapshot.spend();
    String state = words.partOfLimit(spend.percent());
    if (!recovered) {
      return spend.limit().isPositive()
          ? words.say("head.line", words.budget(), state)
          : words.say(
              "head.line.zero",
              words.budget(),
              words.amount(spend.amount()),
              words.amount(spend.limit()));
    }
    String line = words.words().percent(snapshot.alert().threshold());
    // A threshold that was removed is over too, and spend may be above where it was.
    return words.say(
        spend.amount().reaches(snapshot.alert().threshold(), spend.limit())
            ? "head.line.removed"
            : "head.line.recovered",
        words.budget(),
        line,
        state);
  }

  private String forecast() {
    AlertSnapshot.ForecastPart forecast = snapshot.forecast();
    String line = words.partOfLimit(snapshot.alert().threshold());
    if (recovered) {
      return words.say("head.forecast.recovered", words.budget(), line);
    }
    return forecast == null
        ? words.say("head.forecast", words.budget(), line)
        : words.say("head.forecast.amount", words.budget(), words.amount(forecast.amount()), line);
  }

  private String stale() {
    AlertSnapshot.StalePart stale = snapshot.stale();
    if (recovered) {
      return words.say("head.stale.recovered", words.budget());
    }
    return stale == null
        ? words.say("head.stale", words.budget())
        : words.say("head.stale.since", words.budget(), words.time(stale.since()));
  }

  private String unusual() {
    AlertSnapshot.UnusualPart unusual = snapshot.unusual();
    if (recovered) {
      return words.say("head.unusual.recovered", words.budget());
    }
    return unusual == null
        ? words.say("head.unusual", words.budget())
        : words.say(
            "head.unusual.hour",
            words.budget(),
            words.amount(unusual.spend()),
            words.amount(unusual.usual()));
  }
}
