package dev.stipend.notification.message;

import dev.stipend.alert.AlertSnapshot;
import dev.stipend.budget.Scope;
import dev.stipend.money.Money;
import dev.stipend.platform.json.Labels;
import dev.stipend.platform.wording.MessageCatalog;
import dev.stipend.platform.wording.OneLine;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;

/// The names and numbers of an alert, in somebody's language.
record AlertFormatter(AlertSnapshot snapshot, MessageCatalog words) {
  private static final int LONGEST_NAME = 60;
  private static final int LONGEST_SUBJECT = 40;

  String say(String key, Object... parts) {
    return words.say(key, parts);
  }

  /// As in `Budget "Research"`.
  String budget() {
    String name =
        OneLine.isolate(OneLine.shorten(OneLine.of(snapshot.budget().name()), LONGEST_NAME));
    // One rule for each user or agent: its name alone does not say whose counter this is.
    return countsEach() ? say("budget.each", name, owner(LONGEST_SUBJECT)) : say("budget", name);
  }

  /// Whose spend it is, as in `user alice`.
  String owner() {
    return owner(Integer.MAX_VALUE);
  }

  private String owner(int most) {
    String scope = snapshot.budget().scope();
    String name = words.name("scope", scope);
    return scope.equals(Labels.of(Scope.WORKSPACE))
        ? name
        : name
            + " "
            + OneLine.isolate(OneLine.shorten(OneLine.of(snapshot.budget().subject()), most));
  }

  /// As in `80 % of $1.00`.
  String partOfLimit(BigDecimal percent) {
    return say("line", words.percent(percent), amount(snapshot.spend().limit()));
  }

  String amount(Money money) {
    return words.amount(money, snapshot.spend().currency());
  }

  /// A point in time in the budget's own zone.
  String time(Instant instant) {
    return words.time(instant, zone());
  }

  /// A point in time in the budget's own zone, as short as an axis needs it.
  String day(Instant instant) {
    return words.day(instant, zone());
  }

  /// A day in the budget's own zone.
  String date(Instant instant) {
    return words.date(instant, zone());
  }

  /// Why the alert was raised or is over.
  String reason() {
    return OneLine.of(
        snapshot
            .alert()
            .why()
            .map(reason -> words.reason(reason, snapshot.spend().currency(), zone()))
            .orElseGet(snapshot.alert()::reason));
  }

  private ZoneId zone() {
    return ZoneId.of(snapshot.period().timeZone());
  }

  private boolean countsEach() {
    String scopeId = snapshot.budget().scopeId();
    return scopeId.equals(Scope.EACH) || scopeId.endsWith("=" + Scope.EACH);
  }
}
