package dev.stipend.alert.evaluation;

import dev.stipend.alert.LoggedAlert;
import dev.stipend.budget.forecast.Outlook;
import dev.stipend.budget.forecast.SpendHours;
import dev.stipend.budget.insight.BurnDown;
import dev.stipend.budget.insight.Contributor;
import dev.stipend.budget.insight.Contributors;
import dev.stipend.budget.insight.RecentSpend;
import dev.stipend.budget.insight.Refund;
import dev.stipend.budget.insight.Refunds;
import dev.stipend.budget.period.BudgetInPeriod;
import dev.stipend.budget.period.ExpiredHolds;
import dev.stipend.budget.period.PeriodKey;
import dev.stipend.tenant.Workspace;
import dev.stipend.tenant.WorkspaceRepository;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/// Reads the figures of messages, once for many counters.
@Singleton
public class FigureReader {
  private static final int CONTRIBUTORS = 3;

  private final WorkspaceRepository workspaces;
  private final Contributors contributors;
  private final BurnDown burnDown;
  private final RecentSpend recent;
  private final ExpiredHolds expiredHolds;
  private final Refunds refunds;

  FigureReader(
      WorkspaceRepository workspaces,
      Contributors contributors,
      BurnDown burnDown,
      RecentSpend recent,
      ExpiredHolds expiredHolds,
      Refunds refunds) {
    this.workspaces = workspaces;
    this.contributors = contributors;
    this.burnDown = burnDown;
    this.recent = recent;
    this.expiredHolds = expiredHolds;
    this.refunds = refunds;
  }

  /// Reads the figures of these counters, in a transaction of its own: while it reads, nobody
  /// waits.
  @Transactional
  public AlertFigures read(List<EvaluationInput> about, Instant now) {
    List<BudgetInPeriod> counters = about.stream().map(EvaluationInput::about).toList();
    Map<PeriodKey, List<Contributor>> top = new HashMap<>();
    counters.forEach(one -> top.put(one.counter().key(), List.of()));
    top.putAll(contributors.top(counters, CONTRIBUTORS));
    return new AlertFigures(
        workspaces(about),
        top,
        burnDown.of(counters, now),
        outlooks(about, now),
        expiredHolds.of(counters.stream().map(BudgetInPeriod::counter).toList(), now),
        refunds(about));
  }

  private Map<UUID, Workspace> workspaces(List<EvaluationInput> about) {
    Map<UUID, Workspace> known = new HashMap<>();
    about.forEach(one -> known.computeIfAbsent(one.budget().workspaceId(), this::workspace));
    return known;
  }

  /// The tenant that a message is for.
  public Workspace workspace(UUID id) {
    return workspaces.findById(id).orElseThrow();
  }

  /// How counters of running periods go on; where nobody looked, it is read now.
  private Map<PeriodKey, Outlook> outlooks(List<EvaluationInput> about, Instant now) {
    Map<PeriodKey, Outlook> outlooks = new HashMap<>();
    List<BudgetInPeriod> unseen = new ArrayList<>();
    for (EvaluationInput one : about) {
      if (one.forecast().isPresent()) {
        outlooks.put(one.counter().key(), one.forecast().get().outlook());
      } else if (one.counter().period().contains(now)) {
        unseen.add(one.about());
      }
    }
    Map<PeriodKey, SpendHours> hours = recent.of(unseen, now);
    for (BudgetInPeriod one : unseen) {
      PeriodKey key = one.counter().key();
      SpendHours known = Objects.requireNonNull(hours.get(key));
      outlooks.put(key, Outlook.of(one.counter().observed(one.budget(), known, now)));
    }
    return outlooks;
  }

  /// The refunds by which spend has fallen since alerts of these counters were raised.
  private Map<PeriodKey, Refund> refunds(List<EvaluationInput> about) {
    Map<PeriodKey, Refund> found = new HashMap<>();
    for (EvaluationInput one : about) {
      one.alerts().stream()
          .filter(alert -> alert.isOpen() && alert.type().followsSpend())
          .filter(alert -> one.counter().spend().compareTo(alert.spend()) < 0)
          .map(LoggedAlert::raisedAt)
          .min(Comparator.naturalOrder())
          .flatMap(since -> refunds.latest(one.about(), since))
          .ifPresent(refund -> found.put(one.counter().key(), refund));
    }
    return found;
  }
}
