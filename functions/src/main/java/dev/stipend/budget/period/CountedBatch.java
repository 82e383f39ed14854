package dev.stipend.budget.period;

import dev.stipend.budget.Budget;
import dev.stipend.budget.ScopePair;
import dev.stipend.ingest.ledger.Attribution;
import dev.stipend.ingest.ledger.PricedEvent;
import dev.stipend.money.Money;
import dev.stipend.tenant.Workspace;
import dev.stipend.time.Cadence;
import dev.stipend.time.Period;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The events of a batch by where budgets may stand that count them.
///
/// Budgets that stand at the same place and have the same periods count the same sums. So events
/// are added up once for all of these, and not for each budget anew: many budgets may count every
/// event.
///
/// @param byPair under each pair, the events that count there; those that belong to the same people
///     and things share a list
record CountedBatch(Map<ScopePair, List<List<PricedEvent>>> byPair) {
  /// What decides where an event counts. A batch has far fewer of these than events.
  private record Belonging(Attribution attribution, Map<String, String> tags) {
    static Belonging of(PricedEvent priced) {
      return new Belonging(priced.event().attribution(), priced.event().tags());
    }
  }

  /// What events add to a counter.
  record Sum(Money cost, long requests, long unpriced) {
    static Sum of(PricedEvent priced) {
      return new Sum(priced.counted(), priced.requests(), priced.unpriced());
    }

    Sum plus(Sum other) {
      return new Sum(cost.plus(other.cost), requests + other.requests, unpriced + other.unpriced);
    }
  }

  static CountedBatch of(Workspace workspace, List<PricedEvent> events) {
    Map<ScopePair, List<List<PricedEvent>>> byPair = new HashMap<>();
    events.stream()
        .collect(Collectors.groupingBy(Belonging::of))
        .forEach(
            (belonging, alike) ->
                ScopePair.of(workspace, belonging.attribution(), belonging.tags())
                    .forEach(
                        pair -> byPair.computeIfAbsent(pair, p -> new ArrayList<>()).add(alike)));
    return new CountedBatch(byPair);
  }

  /// The pairs under which budgets are to be looked up; their subjects do not matter.
  List<ScopePair> lookups() {
    return byPair.keySet().stream().map(CountedBatch::lookup).distinct().toList();
  }

  /// The pair under which budgets are looked up.
  static ScopePair lookup(ScopePair pair) {
    return new ScopePair(pair.scope(), pair.scopeId(), "");
  }

  /// What the events add to the counters of budgets, each counter once.
  ///
  /// @param budgets those that stand under the looked up pairs
  List<PeriodIncrement> increments(List<Budget> budgets) {
    Map<ScopePair, Map<Cadence, List<Budget>>> byPlace =
        budgets.stream()
            .collect(
                Collectors.groupingBy(
                    budget -> new ScopePair(budget.scope(), budget.scopeId(), ""),
                    Collectors.groupingBy(Budget::cadence)));
    Map<Cadence, KnownPeriods> periods = new HashMap<>();
    List<PeriodIncrement> increments = new ArrayList<>();
    byPair.forEach(
        (pair, events) ->
            byPlace
                .getOrDefault(lookup(pair), Map.of())
                .forEach(
                    (cadence, alike) ->
                        increments.addAll(
                            increments(
                                pair.subject(),
                                events,
                                alike,
                                periods.computeIfAbsent(cadence, KnownPeriods::new)))));
    return increments;
  }

  private static List<PeriodIncrement> increments(
      String subject, List<List<PricedEvent>> events, List<Budget> budgets, KnownPeriods periods) {
    Instant first =
        events.stream()
            .flatMap(List::stream)
            .map(priced -> priced.event().occurredAt())
            .min(Instant::compareTo)
            .orElse(Instant.MAX);
    // By the instant from which a budget counts, which most often is before all of them.
    Map<Instant, Map<Period, Sum>> sums = new HashMap<>();
    List<PeriodIncrement> increments = new ArrayList<>();
    for (Budget budget : budgets) {
      Instant from = budget.countsFrom().isAfter(first) ? budget.countsFrom() : first;
      sums.computeIfAbsent(from, start -> sums(events, start, periods))
          .forEach(
              (period, sum) -> increments.add(PeriodIncrement.of(budget, subject, period, sum)));
    }
    return increments;
  }

  private static Map<Period, Sum> sums(
      List<List<PricedEvent>> events, Instant from, KnownPeriods periods) {
    Map<Period, Sum> sums = new HashMap<>();
    for (List<PricedEvent> alike : events) {
      for (PricedEvent priced : alike) {
        Instant at = priced.event().occurredAt();
        if (!at.isBefore(from)) {
          periods.at(at).ifPresent(period -> sums.merge(period, Sum.of(priced), Sum::plus));
        }
      }
    }
    return sums;
  }
}
