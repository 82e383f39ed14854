package dev.stipend.notification.interaction;

import dev.stipend.alert.ActionOutcome;
import dev.stipend.alert.AlertActions;
import dev.stipend.alert.AlertLog;
import dev.stipend.alert.AlertRecord;
import dev.stipend.budget.Budget;
import dev.stipend.budget.BudgetCatalog;
import dev.stipend.budget.BudgetStatus;
import dev.stipend.budget.Increase;
import dev.stipend.budget.edit.BudgetEdit;
import dev.stipend.budget.edit.BudgetEditing;
import dev.stipend.budget.edit.BudgetTerms;
import dev.stipend.budget.edit.EditOutcome;
import dev.stipend.money.Money;
import dev.stipend.notification.channel.LimitRaisers;
import dev.stipend.notification.message.ActionReply;
import dev.stipend.platform.json.JsonText;
import dev.stipend.tenant.AuditEvent;
import dev.stipend.tenant.AuditLog;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// Does what people answer to an alert, by the operations that the API has for it too, and writes
/// down who it was.
@Singleton
public class AlertInteractions {
  private static final BigDecimal RAISE = new BigDecimal("1.2");

  private final AlertActions actions;
  private final AlertLog alerts;
  private final BudgetEditing editing;
  private final BudgetCatalog budgets;
  private final AuditLog audit;
  private final JsonText json;

  AlertInteractions(
      AlertActions actions,
      AlertLog alerts,
      BudgetEditing editing,
      BudgetCatalog budgets,
      AuditLog audit,
      JsonText json) {
    this.actions = actions;
    this.alerts = alerts;
    this.editing = editing;
    this.budgets = budgets;
    this.audit = audit;
    this.json = json;
  }

  /// What came of an answer.
  public sealed interface Outcome {
    /// It is done.
    ///
    /// @param said what to show, given how to name who answered
    record Done(UnaryOperator<String> said) implements Outcome {}

    /// Nothing was done.
    record Refused(String why) implements Outcome {}
  }

  /// Says that somebody has seen it.
  public Outcome acknowledge(SentAlert sent, String actor, Instant now) {
    return audited(
        sent,
        new AuditEvent(actor, "alert.acknowledge", target(sent)),
        Map.of("acknowledgedBy", actor),
        now,
        () -> actions.acknowledge(workspace(sent), alert(sent), actor, now),
        text(sent)::acknowledged);
  }

  /// Suppresses its notifications until an instant.
  public Outcome snooze(SentAlert sent, Instant until, String actor, Instant now) {
    if (!until.isAfter(now)) {
      return refused(sent, "over");
    }
    return audited(
        sent,
        new AuditEvent(actor, "alert.snooze", target(sent)),
        Map.of("snoozedUntil", until.toString()),
        now,
        () -> actions.snooze(workspace(sent), alert(sent), until, now),
        who -> text(sent).snoozed(until, who));
  }

  private Outcome audited(
      SentAlert sent,
      AuditEvent deed,
      Map<String, String> result,
      Instant now,
      Supplier<ActionOutcome> reaction,
      UnaryOperator<String> said) {
    return audit.together(
        () -> {
          if (reaction.get() != ActionOutcome.DONE) {
            return refused(sent, "over");
          }
          audit.write(workspace(sent), deed.resultingIn(json.write(result)), now);
          return new Outcome.Done(said);
        });
  }

  /// What may still be answered: nothing to an alert that is over.
  public Set<AlertAction> open(SentAlert sent, Instant now) {
    Set<AlertAction> open = EnumSet.noneOf(AlertAction.class);
    Optional<AlertRecord> alert =
        alerts
            .find(workspace(sent), alert(sent))
            .map(AlertLog.Detail::alert)
            .filter(found -> found.resolvedAt().isEmpty());
    if (alert.isPresent()) {
      if (alert.get().acknowledgedAt().isEmpty()) {
        open.add(AlertAction.ACKNOWLEDGE);
        if (alert.get().snoozedUntil().filter(now::isBefore).isEmpty()) {
          open.addAll(EnumSet.of(AlertAction.SNOOZE_HOUR, AlertAction.SNOOZE_RESET));
        }
      }
      if (raising(sent, now).isPresent()) {
        open.add(AlertAction.RAISE);
      }
    }
    return open;
  }

  /// What raising the limit would do; empty if it cannot be raised any more.
  public Optional<String> raising(SentAlert sent, Instant now) {
    Instant until = sent.snapshot().period().end();
    return budgets
        .find(workspace(sent), sent.snapshot().budget().id())
        .filter(budget -> budget.status() == BudgetStatus.ACTIVE && budget.owner().isEmpty())
        .filter(budget -> until.isAfter(now))
        .filter(budget -> limit(sent, budget, now).compareTo(raised(budget.limit())) < 0)
        .map(budget -> text(sent).raising(limit(sent, budget, now), raised(budget.limit()), until));
  }

  private static Money limit(SentAlert sent, Budget budget, Instant now) {
    return budget.limitAt(sent.snapshot().budget().subject(), now);
  }

  /// Says that it cannot be raised any more.
  public Outcome notRaised(SentAlert sent) {
    return refused(sent, "raised");
  }

  /// Says that somebody may not raise it here.
  public Outcome mayNotRaise(SentAlert sent) {
    return refused(sent, LimitRaisers.areNamed(sent.channel()) ? "member" : "off");
  }

  /// Raises the limit by a fifth until the period ends: of a budget that counts each id apart, that
  /// of the alert's subject alone. Whoever asks twice raises it once.
  public Outcome raise(SentAlert sent, String reason, String actor, Instant now) {
    Instant until = sent.snapshot().period().end();
    if (!until.isAfter(now)) {
      return refused(sent, "over");
    }
    BudgetEdit edit =
        new BudgetEdit(
            workspace(sent),
            sent.snapshot().budget().id(),
            version -> true,
            actor,
            "budget.increase",
            Optional.of(reason),
            (budget, terms) -> raised(sent, budget, terms, until, now));
    return switch (editing.edit(edit, now)) {
      case EditOutcome.Edited edited ->
          new Outcome.Done(
              who -> text(sent).raised(limit(sent, edited.budget(), now), until, who, reason));
      case EditOutcome.Unchanged unchanged -> refused(sent, "raised");
      case EditOutcome.Stale stale -> refused(sent, "raised");
      case EditOutcome.Owned owned -> refused(sent, "owned");
      case EditOutcome.Archived archived -> refused(sent, "gone");
      case EditOutcome.Missing missing -> refused(sent, "gone");
    };
  }

  private static BudgetTerms raised(
      SentAlert sent, Budget budget, BudgetTerms terms, Instant until, Instant now) {
    Increase increase = new Increase(raised(terms.limit()), until);
    if (limit(sent, budget, now).compareTo(increase.limit()) >= 0) {
      return terms;
    }
    return budget.isEach()
        ? terms.withIncrease(sent.snapshot().budget().subject(), increase)
        : terms.withIncrease(Optional.of(increase));
  }

  private static Money raised(Money limit) {
    return new Money(limit.amount().multiply(RAISE).setScale(Money.DECIMALS, RoundingMode.DOWN));
  }

  private static Outcome refused(SentAlert sent, String why) {
    return new Outcome.Refused(text(sent).refused(why));
  }

  private static ActionReply text(SentAlert sent) {
    return ActionReply.of(sent.channel(), sent.snapshot());
  }

  private static UUID workspace(SentAlert sent) {
    return sent.channel().workspaceId();
  }

  private static UUID alert(SentAlert sent) {
    return sent.snapshot().alert().id();
  }

  private static String target(SentAlert sent) {
    return "alert " + alert(sent);
  }
}
