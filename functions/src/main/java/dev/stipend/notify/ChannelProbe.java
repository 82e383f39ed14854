package dev.stipend.notify;

import dev.stipend.alert.AlertSnapshot;
import dev.stipend.alert.AlertType;
import dev.stipend.budget.Scope;
import dev.stipend.budget.Severity;
import dev.stipend.json.Labels;
import dev.stipend.money.Money;
import dev.stipend.sql.RowIds;
import dev.stipend.time.PeriodKind;
import dev.stipend.workspace.Workspace;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// Sends a message that says it is a test, so that people learn now whether a channel works. Leaves
/// nothing behind but the answer to that.
@Singleton
public class ChannelProbe {
  private static final Money SPEND = Money.of("0.80");
  private static final Money LIMIT = Money.of("1");
  private static final BigDecimal PERCENT = BigDecimal.valueOf(80);
  private static final UUID NOBODY = new UUID(0, 0);

  private final RowIds ids;
  private final Senders senders;
  private final ChannelHealth health;

  ChannelProbe(RowIds ids, Senders senders, ChannelHealth health) {
    this.ids = ids;
    this.senders = senders;
    this.health = health;
  }

  /// Sends it, and remembers of the channel whether it works. To be called outside of any
  /// transaction.
  public SendOutcome send(Workspace workspace, Channel channel, String actor, Instant now) {
    SendOutcome outcome =
        senders.send(
            channel, notifier -> notifier.send(channel, snapshot(workspace, channel, actor, now)));
    switch (outcome) {
      case SendOutcome.Sent sent -> health.works(channel);
      case SendOutcome.Failed failed -> health.fails(channel, failed.reason(), now);
      case SendOutcome.Retry retry -> {}
    }
    return outcome;
  }

  private AlertSnapshot snapshot(Workspace workspace, Channel channel, String actor, Instant now) {
    UUID id = ids.next();
    return new AlertSnapshot(
        id + ".test",
        AlertText.TEST,
        now,
        workspace.slug(),
        workspace.locale(),
        new AlertSnapshot.Alert(
            id,
            AlertType.LIMIT_WARNING,
            PERCENT,
            Labels.of(Severity.INFO),
            actor + " asked for a test of channel " + channel.name() + "; the figures are made up"),
        new AlertSnapshot.BudgetPart(
            NOBODY, "Test", Labels.of(Scope.WORKSPACE), workspace.slug(), workspace.slug(), false),
        new AlertSnapshot.PeriodPart(
            Labels.of(PeriodKind.HOURLY), now, now.plus(Duration.ofHours(1)), workspace.timeZone()),
        new AlertSnapshot.SpendPart(
            SPEND, LIMIT, PERCENT, Money.ZERO, LIMIT.minus(SPEND), workspace.currency(), 1, 0),
        null,
        null,
        null,
        null,
        List.of(),
        List.of(),
        now,
        null);
  }
}
