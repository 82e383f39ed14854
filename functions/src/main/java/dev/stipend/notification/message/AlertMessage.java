package dev.stipend.notification.message;

import dev.stipend.alert.AlertSnapshot;
import dev.stipend.budget.insight.Contributor;
import dev.stipend.notification.channel.Channel;
import dev.stipend.platform.wording.MessageCatalog;
import dev.stipend.platform.wording.OneLine;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// What every channel says about an alert, in the same words and numbers. Channels only lay it out
/// and escape it.
///
/// Times are in the budget's own zone; words and numbers are those of the reader's locale. All text
/// is on one line, whatever the names in it hold, and nothing is escaped yet.
public final class AlertMessage {
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

  private static final String RECOVERED = "alert.recovered";

  /// The type of a snapshot that another channel could not deliver.
  private static final String UNDELIVERED = "alert.undelivered";
  private static final String UNDELIVERED_RECOVERY = UNDELIVERED + ".recovered";

  private static final int BAR_CELLS = 10;
  private static final BigDecimal FULL = BigDecimal.valueOf(100);

  private final AlertSnapshot snapshot;
  private final MessageCatalog words;
  private final AlertFormatter alert;

  /// For readers who share the workspace's locale.
  public AlertMessage(AlertSnapshot snapshot) {
    this(snapshot, Languages.of(snapshot));
  }

  /// For readers of one locale.
  public AlertMessage(AlertSnapshot snapshot, Locale locale) {
    this.snapshot = snapshot;
    this.words = new MessageCatalog(locale);
    this.alert = new AlertFormatter(snapshot, words);
  }

  /// For the readers of a channel: in its `locale`, else the workspace's.
  public static AlertMessage of(Channel channel, AlertSnapshot snapshot) {
    return new AlertMessage(snapshot, Languages.of(channel, snapshot));
  }

  /// In which locale it is said.
  public Locale locale() {
    return words.locale();
  }

  /// Whether the alert is over.
  public boolean isRecovered() {
    return snapshot.type().equals(RECOVERED);
  }

  private boolean isOver() {
    return isRecovered() || snapshot.type().equals(UNDELIVERED_RECOVERY);
  }

  /// The type of a notice that delivers what its own channel could not.
  public static String undelivered(AlertSnapshot notice) {
    return notice.type().equals(RECOVERED) || notice.type().equals(UNDELIVERED_RECOVERY)
        ? UNDELIVERED_RECOVERY
        : UNDELIVERED;
  }

  /// `info`, `warning`, `critical`, `recovered` or `test`, for machines.
  public String level() {
    if (snapshot.type().equals(TEST)) {
      return "test";
    }
    return isRecovered() ? "recovered" : snapshot.alert().severity();
  }

  /// The level as people call it.
  public String levelName() {
    return words.name("level", level());
  }

  /// As in `Budget "Research" is at 80 % of $1.00`.
  public String headline() {
    if (snapshot.type().equals(TEST)) {
      return words.say("head.test");
    }
    String headline = AlertHeadline.of(alert, isOver());
    return snapshot.type().startsWith(UNDELIVERED)
        ? words.say("head.undelivered", headline)
        : headline;
  }

  /// The headline with its level in front, as in `[warning] Budget "Research" is at 80 % of $1.00`.
  public String subject() {
    return "[%s] %s".formatted(levelName(), headline());
  }

  /// Spend in percent of the limit, as in `80 %`.
  public String percent() {
    return words.percent(snapshot.spend().percent());
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

  /// Whether there is a limit that spend is a part of.
  public boolean hasLimit() {
    return snapshot.summary() == null;
  }

  /// Everything in numbers, the most important first; at most ten.
  public List<Fact> facts() {
    AlertSnapshot.SummaryPart summary = snapshot.summary();
    if (summary != null) {
      return SummaryFacts.of(alert, summary);
    }
    return AlertFacts.of(alert, isOver());
  }

  /// What the spend is made of, the greatest first within agents, models and users.
  public List<Share> contributors() {
    return snapshot.topContributors().stream().map(this::share).toList();
  }

  /// What to write over the contributors.
  public String contributorsTitle() {
    return words.say("contributors");
  }

  /// The period's burn-down as a PNG, {@link
  /// dev.stipend.notification.message.chart.BurnDownChart#SHOWN_WIDTH} wide; empty while there is
  /// too little to see.
  public Optional<byte[]> chart() {
    return AlertChart.png(alert);
  }

  /// What the picture shows, for who cannot see it.
  public String chartTitle() {
    return words.say("chart");
  }

  /// Why the alert was raised or is over.
  public String reason() {
    return alert.reason();
  }

  /// The reason as a sentence of its own, as in `Why: spend 0.80 reached 80 % of 1.00`.
  public String why() {
    return words.say("why", reason());
  }

  /// Which tenant, and as of when.
  public String origin() {
    return words.say("origin", OneLine.of(snapshot.workspace()), alert.time(snapshot.dataAsOf()));
  }

  /// Why readers of a mail get it.
  public String wayOut() {
    return words.say("way.out");
  }

  /// What to call the link by which they get no more of them.
  public String wayOutTitle() {
    return words.say("way.out.link");
  }

  /// Where to see more, if it is a web address.
  public Optional<String> link() {
    return Optional.ofNullable(snapshot.link())
        .filter(link -> link.matches("https?://[\\x21-\\x7E]+"));
  }

  /// What to call the link.
  public String linkTitle() {
    return words.say(snapshot.summary() == null ? "open" : "open.summary");
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
    String top = parts.isEmpty() ? "" : " %s: %s.".formatted(words.say("contributors.line"), parts);
    return "%s. %s.%s %s. %s.".formatted(subject(), facts, top, why(), origin());
  }

  private Share share(Contributor part) {
    return new Share(
        words.name("scope", part.dimension()) + " " + OneLine.isolate(OneLine.of(part.id())),
        alert.amount(part.spend()),
        words.percent(part.share()));
  }
}
