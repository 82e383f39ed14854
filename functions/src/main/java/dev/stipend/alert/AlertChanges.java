package dev.stipend.alert;

import dev.stipend.alert.AlertNotice.Purpose;
import dev.stipend.alert.AlertRepository.Closing;
import dev.stipend.alert.SnapshotWriter.Subject;
import dev.stipend.alert.evaluation.AlertDecision;
import dev.stipend.alert.evaluation.AlertDecision.End;
import dev.stipend.alert.evaluation.AlertDecision.Raise;
import dev.stipend.alert.evaluation.AlertDecision.Resolve;
import dev.stipend.alert.evaluation.AlertFigures;
import dev.stipend.alert.evaluation.EvaluationInput;
import dev.stipend.budget.Scope;
import dev.stipend.budget.Severity;
import dev.stipend.budget.insight.Refund;
import dev.stipend.platform.wording.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/// What one evaluation changes, gathered so that each kind of change is one statement.
public final class AlertChanges {
  private final SnapshotWriter snapshots;
  private final AlertFigures figures;
  private final Instant now;
  private final List<AlertRow> opened = new ArrayList<>();
  private final List<AlertRow> adopted = new ArrayList<>();
  private final List<Closing> closed = new ArrayList<>();
  private final List<AlertNotice> notices = new ArrayList<>();
  private final Set<UUID> freed = new HashSet<>();
  private final Set<LoggedAlert> beside = new LinkedHashSet<>();

  public AlertChanges(SnapshotWriter snapshots, AlertFigures figures, Instant now) {
    this.snapshots = snapshots;
    this.figures = figures;
    this.now = now;
  }

  public List<AlertRow> opened() {
    return opened;
  }

  /// Those that an older release has opened already, and announced to nobody.
  public List<AlertRow> adopted() {
    return adopted;
  }

  public List<Closing> closed() {
    return closed;
  }

  /// Those whose period has ended, which no notice says.
  public List<LoggedAlert> ended() {
    return closed.stream()
        .filter(closing -> closing.state() == AlertState.ENDED)
        .map(Closing::alert)
        .toList();
  }

  public List<AlertNotice> notices() {
    return notices;
  }

  /// The workspaces that may work again: what was spared while they could not is looked at again.
  public Set<UUID> freed() {
    return freed;
  }

  /// The alerts that stay open beside one that is resolved: people may have acknowledged that one,
  /// and these were suppressed for it.
  public List<LoggedAlert> remaining() {
    Set<UUID> over =
        closed.stream().map(closing -> closing.alert().id()).collect(Collectors.toSet());
    return beside.stream().filter(alert -> !over.contains(alert.id())).toList();
  }

  public void add(AlertDecision decision, EvaluationInput about) {
    switch (decision) {
      case Raise raise -> raise(raise, about);
      case Resolve resolve -> {
        AlertNotice recovery = recovery(resolve, about);
        close(
            resolve.alert(),
            AlertState.RESOLVED,
            resolve.reason(),
            recovery.snapshot().alert().reason(),
            about);
        notices.add(recovery);
        about.alerts().stream().filter(LoggedAlert::isOpen).forEach(beside::add);
      }
      case End end ->
          close(
              end.alert(),
              AlertState.ENDED,
              end.reason(),
              SnapshotWriter.plain(end.reason()),
              about);
    }
  }

  private void raise(Raise raise, EvaluationInput about) {
    AlertThreshold line = raise.line();
    UUID id =
        raise
            .adopted()
            .map(LoggedAlert::id)
            .orElseGet(() -> AlertRow.idOf(about.counter(), line, raise.opening()));
    Subject subject =
        new Subject(
            id,
            line.type(),
            line.percent(),
            line.severity(),
            raise.reason(),
            about.lastAnnounced());
    AlertSnapshot snapshot = snapshots.write(Purpose.RAISED, subject, about, figures, now);
    AlertRow row =
        new AlertRow(
            id, about.budget(), about.counter(), line, raise.reason(), raise.heldUntil(), snapshot);
    (raise.adopted().isPresent() ? adopted : opened).add(row);
    notices.add(
        new AlertNotice(
            Purpose.RAISED,
            id,
            about.counter().key(),
            line.severity(),
            line.channels(),
            snapshot,
            raise.heldUntil().map(Suppression::heldBack).or(raise::suppression)));
  }

  private void close(
      LoggedAlert alert, AlertState state, Reason reason, String text, EvaluationInput about) {
    closed.add(new Closing(alert, state, reason, text));
    if (alert.type() == AlertType.LIMIT_EXCEEDED
        && about.budget().scope() == Scope.WORKSPACE
        && about.budget().hardLimit()) {
      freed.add(alert.counter().workspaceId());
    }
  }

  private AlertNotice recovery(Resolve resolve, EvaluationInput about) {
    LoggedAlert alert = resolve.alert();
    Subject subject = subject(alert, withRefund(resolve, about));
    return new AlertNotice(
        Purpose.RECOVERED,
        alert.id(),
        alert.counter(),
        Severity.INFO,
        List.of(),
        snapshots.write(Purpose.RECOVERED, subject, about, figures, now),
        Optional.empty());
  }

  private static Subject subject(LoggedAlert alert, Reason reason) {
    return new Subject(
        alert.id(), alert.type(), alert.threshold(), Severity.INFO, reason, Optional.of(alert));
  }

  /// Names the refund by which an alert is over.
  private Reason withRefund(Resolve resolve, EvaluationInput about) {
    LoggedAlert alert = resolve.alert();
    Refund refund = figures.refunds().get(alert.counter());
    boolean hasFallen = about.counter().spend().compareTo(alert.spend()) < 0;
    if (refund == null || !hasFallen || !alert.type().followsSpend()) {
      return resolve.reason();
    }
    Reason named =
        resolve.reason().with("refund", refund.eventId()).with("refundAmount", refund.amount());
    return refund.corrects().map(event -> named.with("corrects", event)).orElse(named);
  }
}
