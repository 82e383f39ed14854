package dev.stipend.notification.message;

import dev.stipend.alert.AlertSnapshot;
import dev.stipend.money.Money;
import dev.stipend.notification.channel.Channel;
import dev.stipend.notification.interaction.AlertAction;
import dev.stipend.platform.json.Labels;
import dev.stipend.platform.wording.MessageCatalog;
import dev.stipend.platform.wording.OneLine;
import java.time.Instant;
import java.time.ZoneId;

/// What is said about people's answers, to the readers of a channel. Nothing is escaped yet.
public final class ActionReply {
  private static final int LONGEST_NAME = 200;

  private final AlertSnapshot snapshot;
  private final MessageCatalog words;

  private ActionReply(AlertSnapshot snapshot, MessageCatalog words) {
    this.snapshot = snapshot;
    this.words = words;
  }

  public static ActionReply of(Channel channel, AlertSnapshot snapshot) {
    return new ActionReply(snapshot, new MessageCatalog(Languages.of(channel, snapshot)));
  }

  /// What to write on a button.
  public String button(AlertAction answer) {
    return words.say("answer." + Labels.of(answer));
  }

  /// As in `Acknowledged by @ana`.
  public String acknowledged(String who) {
    return words.say("answered.acknowledged", who);
  }

  /// As in `Snoozed until Sat 21 Nov 2026, 00:00 UTC by @ana`.
  public String snoozed(Instant until, String who) {
    return words.say("answered.snoozed", time(until), who);
  }

  /// As in `Limit raised to $1.20 until Sat 21 Nov 2026, 00:00 UTC by @ana: launch`.
  public String raised(Money limit, Instant until, String who, String reason) {
    return words.say("answered.raised", amount(limit), time(until), who, OneLine.of(reason));
  }

  /// What raising will do, as in `Research: from $1.00 to $1.20 until Sat 21 Nov 2026, 00:00 UTC`.
  public String raising(Money from, Money to, Instant until) {
    return words.say("raise.text", budget(), amount(from), amount(to), time(until));
  }

  /// The budget, with whose limit it is where it counts each id apart.
  private String budget() {
    AlertSnapshot.BudgetPart budget = snapshot.budget();
    String name = OneLine.shorten(OneLine.of(budget.name()), LONGEST_NAME);
    return budget.subject().equals(budget.scopeId())
        ? name
        : "%s (%s)".formatted(name, OneLine.shorten(OneLine.of(budget.subject()), LONGEST_NAME));
  }

  /// A text of the dialog: `title`, `submit`, `close`, `reason`.
  public String dialog(String part) {
    return words.say("raise." + part);
  }

  /// Why nothing was done: `over`, `raised`, `gone`, `owned`, `off` or `member`.
  public String refused(String why) {
    return words.say("refused." + why);
  }

  private String amount(Money money) {
    return words.amount(money, snapshot.spend().currency());
  }

  private String time(Instant instant) {
    return words.time(instant, ZoneId.of(snapshot.period().timeZone()));
  }
}
