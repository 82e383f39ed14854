package dev.stipend.notification.channel;

import dev.stipend.alert.AlertSnapshot;
import dev.stipend.budget.Scope;
import dev.stipend.budget.Severity;
import dev.stipend.budget.insight.SpendPoint;
import dev.stipend.money.Money;
import dev.stipend.notification.message.AlertMessage;
import dev.stipend.notification.send.Notifier;
import dev.stipend.notification.send.SendOutcome;
import dev.stipend.notification.send.Senders;
import dev.stipend.platform.json.JsonText;
import dev.stipend.platform.json.Labels;
import dev.stipend.platform.sql.RowIds;
import dev.stipend.platform.wording.MessageCatalog;
import dev.stipend.platform.wording.Reason;
import dev.stipend.tenant.AuditEvent;
import dev.stipend.tenant.AuditLog;
import dev.stipend.tenant.Caller;
import dev.stipend.tenant.Workspace;
import dev.stipend.time.PeriodKind;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
  private final AuditLog audit;
  private final JsonText json;

  ChannelProbe(RowIds ids, Senders senders, ChannelHealth health, AuditLog audit, JsonText json) {
    this.ids = ids;
    this.senders = senders;
    this.health = health;
    this.audit = audit;
    this.json = json;
  }

  /// Sends it for somebody, remembers of the channel whether it works, and writes down what came of
  /// it. To be called outside of any transaction: a provider may take its time.
  public ProbeResponse test(Channel channel, Caller caller, Instant now) {
    ProbeResponse outcome =
        ProbeResponse.of(send(caller.workspace(), channel, caller.actor(), now));
    audit.write(
        caller.workspace().id(),
        new AuditEvent(caller.actor(), "channel.test", "channel " + channel.id())
            .resultingIn(json.write(outcome)),
        now);
    return outcome;
  }

  private SendOutcome send(Workspace workspace, Channel channel, String actor, Instant now) {
    SendOutcome outcome =
        senders.send(
            channel,
            notifier ->
                notifier.send(channel, snapshot(workspace, channel, actor, List.of(), now)));
    switch (outcome) {
      case SendOutcome.Sent sent -> health.works(channel, now);
      case SendOutcome.Failed failed -> health.fails(channel, failed.reason(), now);
      case SendOutcome.Retry retry -> {}
      case SendOutcome.Declined declined -> {}
    }
    return outcome;
  }

  /// Every kind of message once, of made-up figures; none is sent.
  public List<String> previews(Instant now) {
    List<SpendPoint> course =
        List.of(
            new SpendPoint(now, Money.ZERO),
            new SpendPoint(now.plus(Duration.ofMinutes(9)), SPEND));
    Workspace workspace = new Workspace(NOBODY, "test", "Test", "USD", "UTC", "en");
    List<String> previews = new ArrayList<>();
    for (Notifier notifier : senders.all()) {
      Channel channel =
          new Channel(NOBODY, NOBODY, notifier.kind(), "Test", Map.of(), Severity.INFO);
      previews.add(notifier.preview(channel, snapshot(workspace, channel, "nobody", course, now)));
    }
    return previews;
  }

  private AlertSnapshot snapshot(
      Workspace workspace, Channel channel, String actor, List<SpendPoint> burnDown, Instant now) {
    UUID id = ids.next();
    Reason reason =
        Reason.of(Reason.Code.CHANNEL_TEST).with("actor", actor).with("channel", channel.name());
    return new AlertSnapshot(
        id + ".test",
        AlertMessage.TEST,
        now,
        workspace.slug(),
        workspace.locale(),
        AlertSnapshot.Alert.of(
            id,
            null,
            PERCENT,
            Severity.INFO,
            reason,
            new MessageCatalog(Locale.ENGLISH)
                .reason(reason, workspace.currency(), ZoneOffset.UTC)),
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
        null,
        List.of(),
        burnDown,
        List.of(),
        List.of(),
        now,
        null);
  }
}
