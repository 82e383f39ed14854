package dev.stipend.alert;

import dev.stipend.alert.evaluation.AlertDecision;
import dev.stipend.alert.evaluation.AlertDecision.End;
import dev.stipend.alert.evaluation.AlertDecision.Raise;
import dev.stipend.alert.evaluation.AlertDecision.Resolve;
import dev.stipend.alert.evaluation.Evaluation;
import dev.stipend.alert.evaluation.EvaluationInput;
import dev.stipend.alert.evaluation.PeriodForecast;
import dev.stipend.budget.Budget;
import dev.stipend.budget.BudgetStatus;
import dev.stipend.budget.OnFailure;
import dev.stipend.budget.Scope;
import dev.stipend.budget.Threshold;
import dev.stipend.budget.forecast.SpendHours;
import dev.stipend.budget.period.BudgetPeriod;
import dev.stipend.budget.period.PeriodKey;
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
public final class CounterStory {
  public static final Period PERIOD =
      new Period(Instant.parse("2026-03-01T00:00:00Z"), Instant.parse("2026-04-01T00:00:00Z"));
  public static final Instant DURING = Instant.parse("2026-03-15T12:00:00Z");

  private static final PeriodKey KEY =
      new PeriodKey(new UUID(1, 1), new UUID(2, 2), "ada", PERIOD.start());

  private final List<LoggedAlert> alerts = new ArrayList<>();
  private List<Threshold> thresholds;
  private Money limit;
  private Money spend = Money.ZERO;
  private String name = "Research";
  private BudgetStatus status = BudgetStatus.ACTIVE;
  private long requests = 1;
  private long unpriced;
  private Optional<Money> closedSpend = Optional.empty();
  private boolean closed;
  private boolean hasCeiling;
  private Instant createdAt = PERIOD.start();
  private Instant editedAt = PERIOD.start();
  private Optional<PeriodForecast> forecast = Optional.empty();

  public CounterStory(String limit, String... percents) {
    this.limit = Money.of(limit);
    this.thresholds = actual(percents);
  }

  public CounterStory spend(String amount) {
    spend = Money.of(amount);
    return this;
  }

  /// Usage without a price counts at a ceiling.
  public CounterStory withCeiling() {
    hasCeiling = true;
    return this;
  }

  public CounterStory createdAt(Instant at) {
    createdAt = at;
    return this;
  }

  /// The budget was edited.
  public CounterStory edited(Instant at) {
    editedAt = at;
    return this;
  }

  /// Something was recorded after the period's end, before it is closed: what was known is kept.
  public CounterStory lateSpend(String amount) {
    closedSpend = closedSpend.or(() -> Optional.of(spend));
    return spend(amount);
  }

  /// Somebody looked at what is foreseen of it.
  CounterStory foreseen(SpendHours recent, Instant now) {
    forecast = Optional.of(PeriodForecast.of(budget(), counter(), recent, now));
    return this;
  }

  CounterStory notForeseen() {
    forecast = Optional.empty();
    return this;
  }

  CounterStory requests(long count) {
    requests = count;
    return this;
  }

  public CounterStory unpriced(long events) {
    unpriced = events;
    return this;
  }

  /// Closes the period at the spend that it has.
  public CounterStory close() {
    closedSpend = closedSpend.or(() -> Optional.of(spend));
    closed = true;
    return this;
  }

  public CounterStory limit(String amount) {
    limit = Money.of(amount);
    return this;
  }

  public CounterStory lines(String... percents) {
    thresholds = actual(percents);
    return this;
  }

  public CounterStory lines(List<Threshold> lines) {
    thresholds = lines;
    return this;
  }

  public CounterStory name(String newName) {
    name = newName;
    return this;
  }

  public CounterStory status(BudgetStatus newStatus) {
    status = newStatus;
    return this;
  }

  /// What an evaluation would decide, without any consequence.
  public List<AlertDecision> decide(Instant now) {
    return Evaluation.decide(input(), now);
  }

  /// Evaluates during the period and keeps the outcome, told in words such as `raise 80`.
  public List<String> evaluate() {
    return evaluate(DURING);
  }

  public List<String> evaluate(Instant now) {
    List<AlertDecision> decisions = decide(now);
    decisions.forEach(decision -> keep(decision, now));
    return decisions.stream().map(CounterStory::words).toList();
  }

  public EvaluationInput input() {
    return new EvaluationInput(budget(), counter(), alerts, hasCeiling, forecast);
  }

  public List<LoggedAlert> alerts() {
    return List.copyOf(alerts);
  }

  /// The percents of open alerts, lowest first.
  public List<String> open() {
    return alerts.stream()
        .filter(LoggedAlert::isOpen)
        .map(LoggedAlert::threshold)
        .sorted()
        .map(percent -> percent.stripTrailingZeros().toPlainString())
        .toList();
  }

  private void keep(AlertDecision decision, Instant now) {
    switch (decision) {
      case Raise raise -> log(raise, now);
      case Resolve resolve -> close(resolve.alert(), AlertState.RESOLVED, now);
      case End end -> close(end.alert(), AlertState.ENDED, now);
    }
  }

  private void log(Raise raise, Instant now) {
    alerts.add(
        new LoggedAlert(
            new UUID(3, alerts.size()),
            KEY,
            raise.line().type(),
            raise.line().percent(),
            AlertState.OPEN,
            now,
            spend,
            Optional.empty(),
            raise.heldUntil(),
            false,
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
            alert.heldUntil(),
            false,
            Optional.empty()));
  }

  private static String words(AlertDecision decision) {
    return switch (decision) {
      case Raise raise ->
          (raise.heldUntil().isPresent() ? "hold " : "raise ") + raise.line().shown();
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
        createdAt,
        editedAt);
  }

  private BudgetPeriod counter() {
    return new BudgetPeriod(
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
        closed ? Optional.of(PERIOD.end()) : Optional.empty(),
        closedSpend);
  }
}
