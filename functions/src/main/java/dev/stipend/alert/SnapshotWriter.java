package dev.stipend.alert;

import dev.stipend.budget.Budget;
import dev.stipend.budget.BudgetCounter;
import dev.stipend.budget.BurnDown;
import dev.stipend.budget.Contributor;
import dev.stipend.budget.Contributors;
import dev.stipend.budget.Counter;
import dev.stipend.budget.CounterKey;
import dev.stipend.budget.DeadHolds;
import dev.stipend.budget.RecentSpend;
import dev.stipend.budget.Severity;
import dev.stipend.budget.SpendPoint;
import dev.stipend.budget.Threshold;
import dev.stipend.forecast.Outlook;
import dev.stipend.forecast.Silence;
import dev.stipend.forecast.SpendHours;
import dev.stipend.forecast.UnusualActivity;
import dev.stipend.json.Labels;
import dev.stipend.money.Money;
import dev.stipend.workspace.Workspace;
import dev.stipend.workspace.WorkspaceRepository;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Writes down what a message will say.
@Singleton
class SnapshotWriter {
  private static final int CONTRIBUTORS = 3;

  private final WorkspaceRepository workspaces;
  private final Contributors contributors;
  private final BurnDown burnDown;
  private final RecentSpend recent;
  private final DeadHolds deadHolds;
  private final @Nullable String consoleUrl;

  SnapshotWriter(
      WorkspaceRepository workspaces,
      Contributors contributors,
      BurnDown burnDown,
      RecentSpend recent,
      DeadHolds deadHolds,
      @Nullable @Value("${console.url:}") String consoleUrl) {
    this.workspaces = workspaces;
    this.contributors = contributors;
    this.burnDown = burnDown;
    this.recent = recent;
    this.deadHolds = deadHolds;
    this.consoleUrl = consoleUrl == null || consoleUrl.isBlank() ? null : consoleUrl;
  }

  /// Reads what snapshots of these counters need, once for all of them.
  Facts facts(List<Situation> about, Instant now) {
    List<BudgetCounter> counters = about.stream().map(Situation::about).toList();
    Map<UUID, Workspace> known = new HashMap<>();
    counters.forEach(
        one ->
            known.computeIfAbsent(
                one.budget().workspaceId(), id -> workspaces.findById(id).orElseThrow()));
    return new Facts(
        known,
        contributors.top(counters, CONTRIBUTORS),
        burnDown.of(counters, now),
        outlooks(about, now),
        deadHolds.of(counters.stream().map(BudgetCounter::counter).toList(), now),
        consoleUrl);
  }

  /// How counters of running periods go on; where nobody looked, it is read now.
  private Map<CounterKey, Outlook> outlooks(List<Situation> about, Instant now) {
    Map<CounterKey, Outlook> outlooks = new HashMap<>();
    List<BudgetCounter> unseen = new ArrayList<>();
    for (Situation one : about) {
      if (one.prospect().isPresent()) {
        outlooks.put(one.counter().key(), one.prospect().get().outlook());
      } else if (one.counter().period().contains(now)) {
        unseen.add(one.about());
      }
    }
    Map<CounterKey, SpendHours> hours = recent.of(unseen, now);
    for (BudgetCounter one : unseen) {
      CounterKey key = one.counter().key();
      SpendHours known = Objects.requireNonNull(hours.get(key));
      outlooks.put(key, Outlook.of(one.counter().observed(one.budget(), known, now)));
    }
    return outlooks;
  }

  /// What a snapshot is about.
  ///
  /// @param threshold the line in percent of the limit
  /// @param reason why the alert changed
  /// @param before the alert that people were told of before
  record Subject(
      UUID alertId,
      AlertType type,
      BigDecimal threshold,
      Severity severity,
      String reason,
      Optional<LoggedAlert> before) {}

  /// What snapshots say beyond the budget and the counter.
  record Facts(
      Map<UUID, Workspace> workspaces,
      Map<CounterKey, List<Contributor>> contributors,
      Map<CounterKey, List<SpendPoint>> burnDowns,
      Map<CounterKey, Outlook> outlooks,
      Map<CounterKey, Money> deadHolds,
      @Nullable String consoleUrl) {

    AlertSnapshot snapshot(
        AlertNotice.Purpose purpose, Subject subject, Situation about, Instant now) {
      Budget budget = about.budget();
      Counter counter = about.counter();
      Workspace workspace = Objects.requireNonNull(workspaces.get(budget.workspaceId()));
      Money limit = counter.limitOf(budget, now);
      Money held = counter.held().minus(deadHolds.getOrDefault(counter.key(), Money.ZERO));
      return new AlertSnapshot(
          subject.alertId() + "." + Labels.of(purpose),
          "alert." + Labels.of(purpose),
          now,
          workspace.slug(),
          workspace.locale(),
          new AlertSnapshot.Alert(
              subject.alertId(),
              subject.type(),
              Threshold.plain(subject.threshold()),
              Labels.of(subject.severity()),
              subject.reason()),
          new AlertSnapshot.BudgetPart(
              budget.id(),
              budget.name(),
              Labels.of(budget.scope()),
              budget.scopeId(),
              counter.key().subject(),
              budget.hardLimit()),
          new AlertSnapshot.PeriodPart(
              Labels.of(budget.cadence().kind()),
              counter.period().start(),
              counter.period().end(),
              budget.cadence().zone().getId()),
          new AlertSnapshot.SpendPart(
              counter.spend(),
              limit,
              counter.spend().percentOf(limit),
              held,
              limit.minus(counter.spend()).minus(held),
              workspace.currency(),
              counter.requests(),
              counter.unpriced()),
          subject.before().map(before -> since(before, counter)).orElse(null),
          forecast(counter.key(), limit, now).orElse(null),
          subject.type() == AlertType.UNUSUAL_ACTIVITY
              ? about.prospect().flatMap(Prospect::unusual).map(Facts::unusual).orElse(null)
              : null,
          subject.type() == AlertType.STALE_DATA
              ? about.prospect().flatMap(Prospect::silence).map(Facts::stale).orElse(null)
              : null,
          null,
          contributors.getOrDefault(counter.key(), List.of()),
          burnDowns.getOrDefault(counter.key(), List.of()),
          counter.dataAsOf(),
          consoleUrl == null ? null : consoleUrl + "/#/budgets/" + budget.id());
    }

    /// How spend goes on; empty while that says nothing.
    private Optional<AlertSnapshot.ForecastPart> forecast(
        CounterKey counter, Money limit, Instant now) {
      return Optional.ofNullable(outlooks.get(counter))
          .flatMap(outlook -> told(outlook, limit, now));
    }

    private static Optional<AlertSnapshot.ForecastPart> told(
        Outlook outlook, Money limit, Instant now) {
      return outlook
          .forecast()
          .filter(forecast -> forecast.evidence().isEnough())
          .map(
              forecast ->
                  new AlertSnapshot.ForecastPart(
                      forecast.amount(),
                      forecast.low(),
                      forecast.high(),
                      outlook.runsOutAt(limit).filter(now::isBefore).orElse(null)));
    }

    private static AlertSnapshot.UnusualPart unusual(UnusualActivity found) {
      return new AlertSnapshot.UnusualPart(found.hour(), found.spend(), found.median());
    }

    private static AlertSnapshot.StalePart stale(Silence found) {
      return new AlertSnapshot.StalePart(found.since(), found.usual().toMinutes());
    }

    private static AlertSnapshot.Since since(LoggedAlert before, Counter counter) {
      return new AlertSnapshot.Since(
          before.spokeAt(),
          Threshold.plain(before.threshold()),
          counter.spend().minus(before.spend()));
    }
  }
}
