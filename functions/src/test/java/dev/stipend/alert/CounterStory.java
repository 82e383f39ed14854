package dev.stipend.alert;

import dev.stipend.alert.AlertDecision.End;
import dev.stipend.alert.AlertDecision.Inhibit;
import dev.stipend.alert.AlertDecision.Raise;
import dev.stipend.alert.AlertDecision.Resolve;
import dev.stipend.alert.AlertDecision.Supersede;
import dev.stipend.budget.BlockedParent;
import dev.stipend.budget.Budget;
import dev.stipend.budget.BudgetStatus;
import dev.stipend.budget.Counter;
import dev.stipend.budget.CounterKey;
import dev.stipend.budget.OnFailure;
import dev.stipend.budget.Scope;
import dev.stipend.budget.Threshold;
import dev.stipend.forecast.SpendHours;
import dev.stipend.money.Money;
import dev.stipend.time.CalendarCadence;
import dev.stipend.time.Period;
import dev.stipend.time.PeriodKind;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/// One counter of one budget through one period, with the alerts that its evaluations left behind,
/// as the database would keep them.
final class CounterStory {
  static final Period PERIOD =
      new Period(Instant.parse("2026-03-01T00:00:00Z"), Instant.parse("2026-04-01T00:00:00Z"));
  static final Instant DURING = Instant.parse("2026-03-15T12:00:00Z");

  private static final CounterKey KEY =
      new CounterKey(new UUID(1, 1), new UUID(2, 2), "ada", PERIOD.start());

  private final List<LoggedAlert> alerts = new ArrayList<>();
  private List<Threshold> thresholds;
  private Money limit;
  private Money spend = Money.ZERO;
  private String name = "Research";
  private BudgetStatus status = BudgetStatus.ACTIVE;
  private long requests = 1;
  private long unpriced;
  private Optional<Money> closedSpend = Optional.empty();
  private Optional<BlockedParent> parent = Optional.empty();
  private Optional<Prospect> prospect = Optional.empty();

  CounterStory(String limit, String... percents) {
    this.limit = Money.of(limit);
    this.thresholds = actual(percents);
  }

  CounterStory spend(String amount) {
    spend = Money.of(amount);
    return this;
  }

  /// A budget of the whole workspace has spent its hard limit.
  CounterStory blockedAbove() {
    parent =
        Optional.of(
            new BlockedParent(new UUID(2, 9), "Everything", Money.of("50"), Money.of("50")));
    return this;
  }

  /// Somebody looked at what is foreseen of it.
  CounterStory foreseen(SpendHours recent, Instant now) {
    prospect = Optional.of(Prospect.of(budget(), counter(), recent, now));
    return this;
  }

  CounterStory notForeseen() {
    prospect = Optional.empty();
    return this;
  }

  CounterStory requests(long count) {
    requests = count;
    return this;
  }

  CounterStory unblockedAbove() {
    parent = Optional.empty();
    return this;
  }

  CounterStory unpriced(long events) {
    unpriced = events;
    return this;
  }

  /// Closes the period at the spend that it has.
  CounterStory close() {
    closedSpend = Optional.of(spend);
    return this;
  }

  CounterStory limit(String amount) {
    limit = Money.of(amount);
    return this;
  }

  CounterStory lines(String... percents) {
    thresholds = actual(percents);
    return this;
  }

  CounterStory lines(List<Threshold> lines) {
    thresholds = lines;
    return this;
  }

  CounterStory name(String newName) {
    name = newName;
    return this;
  }

  CounterStory status(BudgetStatus newStatus) {
    status = newStatus;
    return this;
  }

  /// What an evaluation would decide, without any consequence.
  List<AlertDecision> decide(Instant now) {
    return Evaluation.decide(new Situation(budget(), counter(), alerts, parent, prospect), now);
  }

  /// Evaluates during the period and keeps the outcome, told in words such as `raise 80`.
  List<String> evaluate() {
    return evaluate(DURING);
  }

  List<String> evaluate(Instant now) {
    List<AlertDecision> decisions = decide(now);
    decisions.forEach(decision -> keep(decision, now));
    return decisions.stream().map(CounterStory::words).toList();
  }

  List<LoggedAlert> alerts() {
    return List.copyOf(alerts);
  }

  /// The percents of open alerts, lowest first.
  List<String> open() {
    return alerts.stream()
        .filter(LoggedAlert::isOpen)
        .map(LoggedAlert::threshold)
        .sorted()
        .map(percent -> percent.stripTrailingZeros().toPlainString())
        .toList();
  }

  private void keep(AlertDecision decision, Instant now) {
    switch (decision) {
      case Raise raise -> log(raise.line(), raise.superseded(), AlertState.OPEN, now);
      case Inhibit inhibit -> log(inhibit.line(), inhibit.superseded(), AlertState.INHIBITED, now);
      case Supersede lower -> log(lower.line(), Optional.empty(), AlertState.SUPERSEDED, now);
      case Resolve resolve -> close(resolve.alert(), AlertState.RESOLVED, now);
      case End end -> close(end.alert(), AlertState.ENDED, now);
    }
  }

  private void log(
      AlertLine line, Optional<LoggedAlert> superseded, AlertState state, Instant now) {
    superseded.ifPresent(alerts::remove);
    alerts.add(
        new LoggedAlert(
            superseded.map(LoggedAlert::id).orElseGet(() -> new UUID(3, alerts.size())),
            KEY,
            line.type(),
            line.percent(),
            state,
            superseded.map(LoggedAlert::raisedAt).orElse(now),
            spend,
            Optional.empty(),
            state == AlertState.OPEN ? Optional.of(now) : Optional.empty(),
            Optional.empty()));
  }

  private void close(LoggedAlert alert, AlertState state, Instant now) {
    int place = alerts.indexOf(alert);
    alerts.set(
        place,
        new LoggedAlert(
            alert.id(),
            KEY,
            alert.type(),
            alert.threshold(),
            state,
            alert.raisedAt(),
            alert.spend(),
            Optional.of(now),
            alert.toldAt(),
            Optional.empty()));
  }

  private static String words(AlertDecision decision) {
    return switch (decision) {
      case Raise raise -> "raise " + raise.line().shown();
      case Inhibit inhibit -> "inhibit " + inhibit.line().shown();
      case Supersede lower -> "supersede " + lower.line().shown();
      case Resolve resolve -> "resolve " + shown(resolve.alert());
      case End end -> "end " + shown(end.alert());
    };
  }

  private static String shown(LoggedAlert alert) {
    return alert.threshold().stripTrailingZeros().toPlainString();
  }

  private static List<Threshold> actual(String... percents) {
    return Stream.of(percents).map(BigDecimal::new).map(Threshold::actual).toList();
  }

  private Budget budget() {
    return new Budget(
        KEY.workspaceId(),
        KEY.budgetId(),
        name,
        Scope.USER,
        KEY.subject(),
        limit,
        Optional.empty(),
        new CalendarCadence(PeriodKind.MONTHLY, ZoneOffset.UTC, DayOfWeek.MONDAY, 1, 1),
        thresholds,
        false,
        OnFailure.CLOSED,
        status,
        1,
        PERIOD.start(),
        PERIOD.start(),
        PERIOD.start());
  }

  private Counter counter() {
    return new Counter(
        KEY,
        PERIOD,
        limit,
        spend,
        Money.ZERO,
        requests,
        unpriced,
        true,
        DURING,
        Optional.empty(),
        closedSpend.map(closed -> PERIOD.end()),
        closedSpend);
  }
}
