package dev.stipend.alert;

import dev.stipend.alert.AlertDecision.End;
import dev.stipend.alert.AlertDecision.Inhibit;
import dev.stipend.alert.AlertDecision.Raise;
import dev.stipend.alert.AlertDecision.Resolve;
import dev.stipend.alert.AlertDecision.Supersede;
import dev.stipend.alert.AlertEvaluator.Decided;
import dev.stipend.alert.AlertNotice.Purpose;
import dev.stipend.alert.AlertRepository.Closing;
import dev.stipend.alert.SnapshotWriter.Subject;
import dev.stipend.budget.Scope;
import dev.stipend.budget.Severity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/// What one evaluation changes, gathered so that each kind of change is one statement.
final class AlertChanges {
  private final SnapshotWriter.Facts facts;
  private final Map<UUID, Long> inhibited;
  private final Instant now;
  private final List<AlertRow> opened = new ArrayList<>();
  private final List<AlertRow> uncovered = new ArrayList<>();
  private final List<Closing> closed = new ArrayList<>();
  private final List<AlertNotice> notices = new ArrayList<>();
  private final Set<UUID> toWake = new HashSet<>();
  private final Set<LoggedAlert> beside = new LinkedHashSet<>();

  AlertChanges(SnapshotWriter.Facts facts, List<Decided> decided, Instant now) {
    this.facts = facts;
    this.inhibited = inhibited(decided);
    this.now = now;
    for (Decided one : decided) {
      one.decisions().forEach(decision -> add(decision, one.situation()));
    }
  }

  Instant now() {
    return now;
  }

  List<AlertRow> opened() {
    return opened;
  }

  /// Those that were superseded, and speak for themselves now.
  List<AlertRow> uncovered() {
    return uncovered;
  }

  List<Closing> closed() {
    return closed;
  }

  List<AlertNotice> notices() {
    return notices;
  }

  /// The workspaces in which what a budget above spoke for speaks for itself again.
  Set<UUID> toWake() {
    return toWake;
  }

  /// The alerts that stay open beside one that is resolved: they may be silent because it spoke for
  /// them, or because people knew of it.
  List<LoggedAlert> remaining() {
    Set<UUID> over =
        closed.stream().map(closing -> closing.alert().id()).collect(Collectors.toSet());
    return beside.stream().filter(alert -> !over.contains(alert.id())).toList();
  }

  /// How many alerts each workspace keeps back by these decisions.
  private static Map<UUID, Long> inhibited(List<Decided> decided) {
    return decided.stream()
        .flatMap(
            one ->
                one.decisions().stream()
                    .filter(Inhibit.class::isInstance)
                    .map(decision -> one.situation().budget().workspaceId()))
        .collect(Collectors.groupingBy(workspace -> workspace, Collectors.counting()));
  }

  private void add(AlertDecision decision, Situation about) {
    switch (decision) {
      case Raise raise -> {
        AlertRow row =
            open(
                raise.line(),
                idOf(raise.line(), raise.opening(), raise.superseded(), about),
                AlertState.OPEN,
                withKeptBack(raise, about),
                about);
        add(row, raise.superseded(), raise.hush(), about);
      }
      case Inhibit inhibit -> {
        AlertRow row =
            open(
                inhibit.line(),
                idOf(inhibit.line(), inhibit.opening(), inhibit.superseded(), about),
                AlertState.INHIBITED,
                inhibit.reason(),
                about);
        add(row, inhibit.superseded(), Optional.of(inhibit.hush()), about);
      }
      case Supersede lower ->
          opened.add(
              open(
                  lower.line(),
                  AlertRow.idOf(about.counter(), lower.line(), lower.opening()),
                  AlertState.SUPERSEDED,
                  lower.reason(),
                  about));
      case Resolve resolve -> {
        close(resolve.alert(), AlertState.RESOLVED, resolve.reason(), about);
        about.alerts().stream().filter(LoggedAlert::isOpen).forEach(beside::add);
        // One that was inhibited may be told by now.
        if (resolve.alert().state() != AlertState.SUPERSEDED) {
          notices.add(recovery(resolve, about));
        }
      }
      case End end -> close(end.alert(), AlertState.ENDED, end.reason(), about);
    }
  }

  /// An alert that speaks for those below says how many they are.
  private String withKeptBack(Raise raise, Situation about) {
    long count =
        speaksForAll(raise.line().type(), about)
            ? inhibited.getOrDefault(about.budget().workspaceId(), 0L)
            : 0;
    return count == 0
        ? raise.reason()
        : "%s; %d alerts of budgets below are kept back".formatted(raise.reason(), count);
  }

  private static boolean speaksForAll(AlertType type, Situation about) {
    return type == AlertType.LIMIT_EXCEEDED
        && about.budget().scope() == Scope.WORKSPACE
        && about.budget().hardLimit();
  }

  private AlertRow open(AlertLine line, UUID id, AlertState state, String reason, Situation about) {
    Subject subject =
        new Subject(id, line.type(), line.percent(), line.severity(), reason, about.lastTold());
    AlertSnapshot snapshot = facts.snapshot(Purpose.RAISED, subject, about, now);
    return new AlertRow(id, about.budget(), about.counter(), line, state, reason, snapshot);
  }

  private static UUID idOf(
      AlertLine line, long opening, Optional<LoggedAlert> superseded, Situation about) {
    return superseded
        .map(LoggedAlert::id)
        .orElseGet(() -> AlertRow.idOf(about.counter(), line, opening));
  }

  private void add(
      AlertRow row, Optional<LoggedAlert> superseded, Optional<Hush> hush, Situation about) {
    (superseded.isPresent() ? uncovered : opened).add(row);
    notices.add(
        new AlertNotice(
            Purpose.RAISED,
            row.id(),
            row.counter().key(),
            row.line().severity(),
            row.line().channels(),
            superseded.map(about::spokenForBy).orElse(List.of()),
            row.snapshot(),
            hush));
  }

  private void close(LoggedAlert alert, AlertState state, String reason, Situation about) {
    closed.add(new Closing(alert, state, reason));
    if (speaksForAll(alert.type(), about)) {
      toWake.add(alert.counter().workspaceId());
    }
  }

  private AlertNotice recovery(Resolve resolve, Situation about) {
    LoggedAlert alert = resolve.alert();
    Subject subject =
        new Subject(
            alert.id(),
            alert.type(),
            alert.threshold(),
            Severity.INFO,
            resolve.reason(),
            Optional.of(alert));
    return new AlertNotice(
        Purpose.RECOVERED,
        alert.id(),
        alert.counter(),
        Severity.INFO,
        List.of(),
        List.of(),
        facts.snapshot(Purpose.RECOVERED, subject, about, now),
        Optional.empty());
  }
}
