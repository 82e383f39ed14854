package dev.stipend.console.alert;

import dev.stipend.alert.AlertRecord;
import dev.stipend.alert.AlertStage;
import dev.stipend.budget.Budget;
import dev.stipend.console.page.ConsoleText;
import dev.stipend.console.page.Matter;
import dev.stipend.console.page.Shown;
import dev.stipend.notification.review.AlertContext;
import dev.stipend.platform.json.Labels;
import dev.stipend.tenant.Workspace;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// An alert, in words.
///
/// @param budget what people call its budget
/// @param severity in the API
/// @param matter which threshold it is about
/// @param reason why it was raised
/// @param then spend of limit when it was raised
/// @param now the same as it is now
/// @param stage in the API
/// @param notes who has seen it and when, until when it is silent, why it is over
/// @param isOpen whether anything can be done about it
/// @param canAcknowledge whether nobody has yet
/// @param canWaitForReset whether its period ends soon enough to snooze it until then
public record AlertRowModel(
    UUID id,
    UUID budgetId,
    String budget,
    String subject,
    String severity,
    String severityName,
    String matter,
    String reason,
    Figures then,
    Figures now,
    Shown raisedAt,
    String stage,
    String stageName,
    List<String> notes,
    boolean isOpen,
    boolean canAcknowledge,
    boolean canWaitForReset) {
  /// Spend of a limit.
  public record Figures(Shown spend, Shown limit, String percent) {}

  static AlertRowModel of(
      AlertRecord alert, AlertContext context, Workspace workspace, ConsoleText text, Instant at) {
    String currency = workspace.currency();
    ZoneId zone = zone(context, workspace);
    AlertStage stage = AlertStage.of(alert, at);
    return new AlertRowModel(
        alert.id(),
        alert.budgetId(),
        context.budgetName(),
        alert.subject(),
        alert.severity(),
        text.say("alerts.severity." + alert.severity()),
        Matter.of(alert.type(), alert.threshold(), text),
        alert.why().map(why -> text.reason(why, currency, zone)).orElse(alert.reason()),
        new Figures(
            text.amount(alert.spend(), currency),
            text.amount(alert.limit(), currency),
            text.percent(alert.spend().percentOf(alert.limit()))),
        new Figures(
            text.amount(context.spend(), currency),
            text.amount(context.limit(), currency),
            text.percent(context.spend().percentOf(context.limit()))),
        text.time(alert.raisedAt(), zone),
        Labels.of(stage),
        text.say("alerts.stage." + Labels.of(stage)),
        notes(alert, stage, currency, zone, text),
        stage != AlertStage.CLOSED,
        stage == AlertStage.OPEN || stage == AlertStage.SNOOZED,
        Snooze.RESET.until(alert, at).isPresent());
  }

  /// Times of an alert are shown in its budget's zone.
  static ZoneId zone(AlertContext context, Workspace workspace) {
    return context
        .budget()
        .map(Budget::cadence)
        .map(cadence -> cadence.zone())
        .orElseGet(() -> ZoneId.of(workspace.timeZone()));
  }

  private static List<String> notes(
      AlertRecord alert, AlertStage stage, String currency, ZoneId zone, ConsoleText text) {
    List<String> notes = new ArrayList<>();
    alert
        .acknowledgedAt()
        .ifPresent(
            at ->
                notes.add(
                    text.say(
                        "alerts.acknowledged-by",
                        alert.acknowledgedBy().orElse("–"),
                        text.time(at, zone).text())));
    if (stage == AlertStage.SNOOZED) {
      alert
          .snoozedUntil()
          .ifPresent(at -> notes.add(text.say("alerts.snoozed-until", text.time(at, zone).text())));
    }
    if (stage != AlertStage.CLOSED) {
      alert
          .heldUntil()
          .ifPresent(at -> notes.add(text.say("alerts.held-until", text.time(at, zone).text())));
    }
    Optional<String> why =
        alert
            .resolvedWhy()
            .map(reason -> text.reason(reason, currency, zone))
            .or(alert::resolvedReason);
    alert
        .resolvedAt()
        .ifPresent(
            at ->
                notes.add(
                    text.say("alerts.closed-at", text.time(at, zone).text(), why.orElse("–"))));
    return notes;
  }
}
