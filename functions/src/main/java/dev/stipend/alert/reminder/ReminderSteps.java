package dev.stipend.alert.reminder;

import dev.stipend.alert.AlertNotice;
import dev.stipend.alert.AlertNotice.Purpose;
import dev.stipend.alert.AlertOutbox;
import dev.stipend.alert.AlertRepository;
import dev.stipend.alert.AlertState;
import dev.stipend.alert.AlertThreshold;
import dev.stipend.alert.LoggedAlert;
import dev.stipend.alert.SnapshotWriter;
import dev.stipend.alert.SnapshotWriter.Subject;
import dev.stipend.alert.Suppression;
import dev.stipend.alert.evaluation.AlertEvaluator;
import dev.stipend.alert.evaluation.AlertFigures;
import dev.stipend.alert.evaluation.EvaluationInput;
import dev.stipend.budget.BudgetStatus;
import dev.stipend.budget.period.BudgetPeriod;
import dev.stipend.budget.period.BudgetPeriods;
import dev.stipend.budget.period.PeriodKey;
import dev.stipend.platform.wording.Reason;
import dev.stipend.platform.wording.Reason.Repeat;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The transaction of reminders: locks alerts that are due, decides about each, and has it sent or
/// suppressed further.
@Singleton
class ReminderSteps {
  /// So often people are reminded of one alert, whatever its threshold asks for.
  static final int MOST = 10;

  private final DueReminders due;
  private final AlertRepository alerts;
  private final AlertEvaluator evaluator;
  private final BudgetPeriods counters;
  private final SnapshotWriter snapshots;
  private final AlertOutbox outbox;

  ReminderSteps(
      DueReminders due,
      AlertRepository alerts,
      AlertEvaluator evaluator,
      BudgetPeriods counters,
      SnapshotWriter snapshots,
      AlertOutbox outbox) {
    this.due = due;
    this.alerts = alerts;
    this.evaluator = evaluator;
    this.counters = counters;
    this.snapshots = snapshots;
    this.outbox = outbox;
  }

  /// How the counters of alerts stand.
  @Transactional
  List<EvaluationInput> inputs(List<DueReminder> of) {
    return evaluator.inputs(
        counters.findAll(of.stream().map(each -> each.alert().counter()).distinct().toList()),
        Map.of());
  }

  /// Decides about those of the alerts that are still due.
  @Transactional
  void remind(List<DueReminder> found, AlertFigures figures, Instant now) {
    List<DueReminder> claimed = due.claim(found, now);
    if (claimed.isEmpty()) {
      return;
    }
    Map<PeriodKey, EvaluationInput> inputs =
        inputs(claimed).stream()
            .collect(Collectors.toMap(one -> one.counter().key(), Function.identity()));
    for (DueReminder each : claimed) {
      Optional<EvaluationInput> about = Optional.ofNullable(inputs.get(each.alert().counter()));
      remind(each, about, figures, now);
    }
  }

  private void remind(
      DueReminder each, Optional<EvaluationInput> known, AlertFigures figures, Instant now) {
    UUID workspace = each.alert().counter().workspaceId();
    UUID id = each.alert().id();
    if (each.alert().isOpen() && has(known, BudgetStatus.PAUSED)) {
      Suppression suppression = Suppression.paused(now);
      due.postpone(workspace, id, suppression.until(), now);
      suppress(each, suppression);
      return;
    }
    if (each.wasSnoozed()) {
      due.endSnooze(workspace, id);
    }
    if (each.isAgain()) {
      scheduleNext(each, known, now);
    }
    if (!has(known, BudgetStatus.ACTIVE) || !stillHolds(each.alert(), known.get())) {
      suppress(each, Suppression.forGood("over before it could be sent"));
      return;
    }
    EvaluationInput about = known.get();
    Optional<Suppression> suppression =
        Suppression.over(about.alerts(), each.alert().type(), each.severity(), now);
    if (suppression.isPresent()) {
      suppress(each, suppression.get());
      return;
    }
    alerts.release(workspace, id);
    outbox.sendAgain(notice(each, about, figures, now), each.isAgain(), now);
  }

  private static boolean has(Optional<EvaluationInput> about, BudgetStatus status) {
    return about.filter(found -> found.budget().status() == status).isPresent();
  }

  /// Whether an alert is open, or was so until its period ended, and nobody has said that they know
  /// of it.
  private static boolean stillHolds(LoggedAlert alert, EvaluationInput about) {
    if (alert.isOpen()) {
      return true;
    }
    BudgetPeriod counter = about.counter();
    boolean wasSo =
        switch (alert.type()) {
          case LIMIT_WARNING, LIMIT_EXCEEDED ->
              counter
                  .spend()
                  .reaches(
                      alert.threshold(), counter.limitOf(about.budget(), counter.period().end()));
          case UNPRICED_USAGE -> counter.unpriced() > 0;
          case APPROACHING_LIMIT, UNUSUAL_ACTIVITY, STALE_DATA, RESTATED -> false;
        };
    return wasSo && alert.state() == AlertState.ENDED && alert.suppression().isEmpty();
  }

  /// Whatever comes of this time: the next reminder is a full interval away.
  private void scheduleNext(DueReminder each, Optional<EvaluationInput> about, Instant now) {
    int reminders = each.reminders() + (each.isReminder() ? 1 : 0);
    Optional<Instant> next =
        about.stream()
            .filter(one -> one.budget().status() == BudgetStatus.ACTIVE)
            .flatMap(one -> one.budget().thresholds().stream())
            .map(AlertThreshold::of)
            .filter(line -> line.isKeyOf(each.alert()) && reminders < MOST)
            .findFirst()
            .flatMap(AlertThreshold::remindEvery)
            .map(now::plus);
    due.reminded(each.alert().counter().workspaceId(), each.alert().id(), reminders, next);
  }

  private void suppress(DueReminder each, Suppression suppression) {
    outbox.keepSilent(each.alert().counter().workspaceId(), each.alert().id(), suppression);
  }

  private AlertNotice notice(
      DueReminder each, EvaluationInput about, AlertFigures figures, Instant now) {
    LoggedAlert alert = each.alert();
    Repeat repeat =
        !alert.isOpen()
            ? Repeat.AFTER_THE_END
            : each.isReminder() ? Repeat.REMINDER : Repeat.SUPPRESSED;
    Reason reason =
        each.reason()
            .orElseGet(
                () ->
                    Reason.of(Reason.Code.THRESHOLD_REACHED)
                        .with("spend", alert.spend())
                        .with("percent", alert.threshold())
                        .with("limit", about.counter().limitOf(about.budget(), now)));
    Subject subject =
        new Subject(
            alert.id(),
            alert.type(),
            alert.threshold(),
            each.severity(),
            reason.again(repeat, alert.raisedAt()),
            Optional.of(alert));
    return new AlertNotice(
        Purpose.RAISED,
        alert.id(),
        alert.counter(),
        each.severity(),
        List.of(),
        snapshots.write(Purpose.RAISED, subject, about, figures, now).again(now),
        Optional.empty());
  }
}
