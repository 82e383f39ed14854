package dev.stipend.notify;

import dev.stipend.alert.AlertActions;
import dev.stipend.alert.Reaction;
import dev.stipend.audit.AuditLog;
import dev.stipend.audit.Deed;
import dev.stipend.budget.BudgetCatalog;
import dev.stipend.budget.BudgetEdit;
import dev.stipend.budget.BudgetEditing;
import dev.stipend.budget.BudgetStatus;
import dev.stipend.budget.EditOutcome;
import dev.stipend.budget.Increase;
import dev.stipend.json.JsonText;
import dev.stipend.money.Money;
import dev.stipend.sql.AfterCommit;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// Does what people answer to an alert, by the operations that the API has for it too, and writes
/// down who it was.
@Singleton
public class AlertAnswers {
  private static final BigDecimal RAISE = new BigDecimal("1.2");

  private final AlertActions actions;
  private final BudgetEditing editing;
  private final BudgetCatalog budgets;
  private final AuditLog audit;
  private final JsonText json;

  AlertAnswers(
      AlertActions actions,
      BudgetEditing editing,
      BudgetCatalog budgets,
      AuditLog audit,
      JsonText json) {
    this.actions = actions;
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
        new Deed(actor, "alert.acknowledge", target(sent)),
        Map.of("acknowledgedBy", actor),
        now,
        () -> actions.acknowledge(workspace(sent), alert(sent), actor, now),
        text(sent)::acknowledged);
  }

  /// Has nothing told of it until an instant.
  public Outcome snooze(SentAlert sent, Instant until, String actor, Instant now) {
    if (!until.isAfter(now)) {
      return refused(sent, "over");
    }
    return audited(
        sent,
        new Deed(actor, "alert.snooze", target(sent)),
        Map.of("snoozedUntil", until.toString()),
        now,
        () -> actions.snooze(workspace(sent), alert(sent), until, now),
        who -> text(sent).snoozed(until, who));
  }

  private Outcome audited(
      SentAlert sent,
      Deed deed,
      Map<String, String> result,
      Instant now,
      Supplier<Reaction> reaction,
      UnaryOperator<String> said) {
    return audit.together(
        () -> {
          if (reaction.get() != Reaction.DONE) {
            return refused(sent, "over");
          }
          audit.write(workspace(sent), deed.resultingIn(json.write(result)), now);
          return new Outcome.Done(said);
        });
  }

  /// What raising the limit would do; empty if it cannot be raised any more.
  public Optional<String> raising(SentAlert sent, Instant now) {
    Instant until = sent.snapshot().period().end();
    return budgets
        .find(workspace(sent), sent.snapshot().budget().id())
        .filter(budget -> budget.status() == BudgetStatus.ACTIVE && until.isAfter(now))
        .filter(budget -> budget.limitAt(now).compareTo(raised(budget.limit())) < 0)
        .map(budget -> text(sent).raising(budget.limitAt(now), raised(budget.limit()), until));
  }

  /// Says that it cannot be raised any more.
  public Outcome notRaised(SentAlert sent) {
    return refused(sent, "raised");
  }

  /// Raises the budget's limit by a fifth until the period ends. Whoever asks twice raises it once.
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
            (budget, terms) ->
                budget.limitAt(now).compareTo(raised(terms.limit())) >= 0
                    ? terms
                    : terms.withIncrease(Optional.of(new Increase(raised(terms.limit()), until))));
    AfterCommit later = new AfterCommit();
    EditOutcome outcome = editing.edit(edit, now, later);
    later.run();
    return switch (outcome) {
      case EditOutcome.Edited edited ->
          new Outcome.Done(
              who -> text(sent).raised(edited.budget().limitAt(now), until, who, reason));
      case EditOutcome.Unchanged unchanged -> refused(sent, "raised");
      case EditOutcome.Stale stale -> refused(sent, "raised");
      case EditOutcome.Archived archived -> refused(sent, "gone");
      case EditOutcome.Missing missing -> refused(sent, "gone");
    };
  }

  private static Money raised(Money limit) {
    return new Money(limit.amount().multiply(RAISE).setScale(Money.DECIMALS, RoundingMode.DOWN));
  }

  private static Outcome refused(SentAlert sent, String why) {
    return new Outcome.Refused(text(sent).refused(why));
  }

  private static AnswerText text(SentAlert sent) {
    return AnswerText.of(sent.channel(), sent.snapshot());
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
