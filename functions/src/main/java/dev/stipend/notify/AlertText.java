package dev.stipend.notify;

import dev.stipend.alert.AlertSnapshot;
import dev.stipend.budget.Contributor;
import dev.stipend.budget.Scope;
import dev.stipend.json.Labels;
import dev.stipend.money.Money;
import dev.stipend.time.Period;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// What every channel says about an alert, in the same words and numbers. Channels only lay it out
/// and escape it.
///
/// Times are in the budget's own zone. All text is on one line, whatever the names in it hold, and
/// nothing is escaped yet.
public final class AlertText {
  /// One thing to know, such as `Remaining` and `$0.20`.
  public record Fact(String label, String value) {}

  /// Part of the spend.
  ///
  /// @param who as in `agent researcher`
  /// @param amount as in `$0.50`
  /// @param share of the period's spend, as in `62.5 %`
  public record Share(String who, String amount, String share) {}

  /// The type of a snapshot that only tries a channel.
  public static final String TEST = "alert.test";

  /// The type of a snapshot that another channel could not be told of.
  public static final String UNDELIVERED = "alert.undelivered";

  private static final int LONGEST_NAME = 60;
  private static final int LONGEST_SUBJECT = 40;
  private static final int BAR_CELLS = 10;
  private static final BigDecimal FULL = BigDecimal.valueOf(100);
  private static final DateTimeFormatter IN_UTC =
      DateTimeFormatter.ofPattern("EEE d MMM uuuu, HH:mm 'UTC'", Locale.ENGLISH);
  private static final DateTimeFormatter ELSEWHERE =
      DateTimeFormatter.ofPattern("EEE d MMM uuuu, HH:mm z '(UTC'xxx')'", Locale.ENGLISH);

  private final AlertSnapshot snapshot;

  public AlertText(AlertSnapshot snapshot) {
    this.snapshot = snapshot;
  }

  /// Whether the alert is over.
  public boolean isRecovered() {
    return snapshot.type().equals("alert.recovered");
  }

  /// `info`, `warning`, `critical`, `recovered` or `test`.
  public String level() {
    if (snapshot.type().equals(TEST)) {
      return "test";
    }
    return isRecovered() ? "recovered" : snapshot.alert().severity();
  }

  private boolean isUndelivered() {
    return snapshot.type().equals(UNDELIVERED);
  }

  /// As in `Budget "Research" is at 80 % of $1.00`.
  public String headline() {
    if (snapshot.type().equals(TEST)) {
      return "This is only a test of the channel: no budget is concerned";
    }
    return isUndelivered() ? "Not told where it should be: " + matter() : matter();
  }

  private String matter() {
    return switch (snapshot.alert().type()) {
      case LIMIT_WARNING, LIMIT_EXCEEDED -> lineHeadline();
      case APPROACHING_LIMIT -> forecastHeadline();
      case UNUSUAL_ACTIVITY -> unusualHeadline();
      case UNPRICED_USAGE ->
          isRecovered()
              ? "%s has a price for every request again".formatted(budget())
              : "%s has requests without a known price: %s"
                  .formatted(budget(), Figures.count(snapshot.spend().unpriced()));
      case RESTATED ->
          "%s ended its period from %s at %s of %s"
              .formatted(
                  budget(),
                  time(snapshot.period().start()),
                  percent(),
                  amount(snapshot.spend().limit()));
    };
  }

  private String forecastHeadline() {
    AlertSnapshot.ForecastPart forecast = snapshot.forecast();
    String line =
        "%s of %s"
            .formatted(
                Figures.percent(snapshot.alert().threshold()), amount(snapshot.spend().limit()));
    if (isRecovered()) {
      return "%s is not on course for %s any more".formatted(budget(), line);
    }
    return forecast == null
        ? "%s is on course for %s".formatted(budget(), line)
        : "%s is on course for %s, past %s".formatted(budget(), amount(forecast.amount()), line);
  }

  private String unusualHeadline() {
    AlertSnapshot.UnusualPart unusual = snapshot.unusual();
    if (isRecovered()) {
      return "%s spends as usual again".formatted(budget());
    }
    return unusual == null
        ? "%s spends more than usual".formatted(budget())
        : "%s spent %s in an hour that usually costs %s"
            .formatted(budget(), amount(unusual.spend()), amount(unusual.usual()));
  }

  private String lineHeadline() {
    AlertSnapshot.SpendPart spend = snapshot.spend();
    String state = percent() + " of " + amount(spend.limit());
    if (!isRecovered()) {
      return "%s is at %s".formatted(budget(), state);
    }
    String line = Figures.percent(snapshot.alert().threshold());
    // A line that was removed is over too, and spend may be above where it was.
    return spend.amount().reaches(snapshot.alert().threshold(), spend.limit())
        ? "%s has no line at %s any more; it is at %s".formatted(budget(), line, state)
        : "%s is below %s again: %s".formatted(budget(), line, state);
  }

  /// The headline with its level in front, as in `[warning] Budget "Research" is at 80 % of $1.00`.
  public String subject() {
    return "[%s] %s".formatted(level(), headline());
  }

  /// Spend in percent of the limit, as in `80 %`.
  public String percent() {
    return Figures.percent(snapshot.spend().percent());
  }

  /// Spend in percent of the limit, from 0 to 100.
  public int filled() {
    BigDecimal percent = snapshot.spend().percent().max(BigDecimal.ZERO).min(FULL);
    return percent.setScale(0, RoundingMode.DOWN).intValueExact();
  }

  /// A bar of ten cells, as in `▓▓▓▓▓▓▓▓░░`.
  public String bar() {
    int cells = filled() * BAR_CELLS / FULL.intValueExact();
    return "▓".repeat(cells) + "░".repeat(BAR_CELLS - cells);
  }

  /// Everything in numbers, the most important first; at most ten.
  public List<Fact> facts() {
    AlertSnapshot.SpendPart spend = snapshot.spend();
    List<Fact> facts = new ArrayList<>();
    facts.add(
        new Fact(
            "Spend",
            "%s of %s (%s)".formatted(amount(spend.amount()), amount(spend.limit()), percent())));
    facts.add(room());
    facts.add(new Fact("Scope", owner()));
    facts.add(
        new Fact(
            "Period",
            "%s, from %s".formatted(snapshot.period().kind(), time(snapshot.period().start()))));
    facts.add(
        snapshot.period().end().equals(Period.FOREVER)
            ? new Fact("Resets", "never")
            : new Fact("Resets", time(snapshot.period().end())));
    if (snapshot.budget().hardLimit()) {
      facts.add(new Fact("Hard limit", "work beyond it is refused"));
    }
    if (spend.held().isPositive()) {
      facts.add(new Fact("Held", amount(spend.held()) + " reserved, not spent yet"));
    }
    forecast().ifPresent(facts::add);
    AlertSnapshot.Since since = snapshot.since();
    if (since != null && !isRecovered()) {
      facts.add(
          new Fact(
              "Change",
              "%s since the alert of %s"
                  .formatted(amount(since.change()), time(since.raisedAt()))));
    }
    if (spend.unpriced() > 0) {
      facts.add(
          new Fact(
              "Unpriced", Figures.count(spend.unpriced()) + " requests without a known price"));
    }
    return facts;
  }

  /// What the spend is made of, the greatest first within agents, models and users.
  public List<Share> contributors() {
    return snapshot.topContributors().stream().map(this::share).toList();
  }

  /// Why the alert was raised or is over.
  public String reason() {
    return OneLine.of(snapshot.alert().reason());
  }

  /// Which tenant, and as of when.
  public String origin() {
    return "Workspace %s, as of %s"
        .formatted(OneLine.of(snapshot.workspace()), time(snapshot.dataAsOf()));
  }

  /// Where to see more, if it is a web address.
  public Optional<String> link() {
    return Optional.ofNullable(snapshot.link())
        .filter(link -> link.matches("https?://[\\x21-\\x7E]+"));
  }

  /// All of it in one line, for places that show nothing else.
  public String oneLine() {
    String facts =
        facts().stream()
            .map(fact -> fact.label() + ": " + fact.value())
            .collect(Collectors.joining("; "));
    String parts =
        contributors().stream()
            .map(part -> "%s %s (%s)".formatted(part.who(), part.amount(), part.share()))
            .collect(Collectors.joining(", "));
    return "%s. %s.%s Why: %s. %s."
        .formatted(
            subject(), facts, parts.isEmpty() ? "" : " Top: " + parts + ".", reason(), origin());
  }

  private String budget() {
    String name = OneLine.shorten(OneLine.of(snapshot.budget().name()), LONGEST_NAME);
    // One rule for each user or agent: its name alone does not say whose counter this is.
    return countsEach()
        ? "Budget \"%s\" of %s".formatted(name, OneLine.shorten(owner(), LONGEST_SUBJECT))
        : "Budget \"%s\"".formatted(name);
  }

  private boolean countsEach() {
    String scopeId = snapshot.budget().scopeId();
    return scopeId.equals(Scope.EACH) || scopeId.endsWith("=" + Scope.EACH);
  }

  private String owner() {
    String scope = snapshot.budget().scope();
    return scope.equals(Labels.of(Scope.WORKSPACE))
        ? "the whole workspace"
        : scope + " " + OneLine.of(snapshot.budget().subject());
  }

  private Optional<Fact> forecast() {
    AlertSnapshot.ForecastPart forecast = snapshot.forecast();
    if (forecast == null || isRecovered()) {
      return Optional.empty();
    }
    Instant end = forecast.runsOutAt();
    return Optional.of(
        new Fact(
            "Forecast",
            "%s by the end (%s to %s)%s"
                .formatted(
                    amount(forecast.amount()),
                    amount(forecast.low()),
                    amount(forecast.high()),
                    end == null ? "" : "; the limit is reached " + time(end))));
  }

  private Fact room() {
    AlertSnapshot.SpendPart spend = snapshot.spend();
    Money over = spend.amount().minus(spend.limit());
    return over.isPositive()
        ? new Fact("Over by", amount(over))
        : new Fact(
            "Remaining", amount(spend.remaining().isNegative() ? Money.ZERO : spend.remaining()));
  }

  private Share share(Contributor part) {
    return new Share(
        part.dimension() + " " + OneLine.of(part.id()),
        amount(part.spend()),
        Figures.percent(part.share()));
  }

  private String amount(Money money) {
    return Figures.amount(money, snapshot.spend().currency());
  }

  private String time(Instant instant) {
    ZonedDateTime local = instant.atZone(ZoneId.of(snapshot.period().timeZone()));
    return (local.getZone().normalized().equals(ZoneOffset.UTC) ? IN_UTC : ELSEWHERE).format(local);
  }
}
