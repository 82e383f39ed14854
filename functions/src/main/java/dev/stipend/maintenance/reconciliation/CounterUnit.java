package dev.stipend.maintenance.reconciliation;

import dev.stipend.budget.Scope;
import dev.stipend.budget.period.CountedPeriod;
import dev.stipend.budget.period.CountingGroup;
import dev.stipend.budget.period.CountingGroups;
import dev.stipend.budget.period.PeriodSource;
import dev.stipend.platform.json.Labels;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Counters that are compared by one statement.
sealed interface CounterUnit {
  /// Counters that one comparison looks at, where their number is known, and periods that it reads.
  long MOST_COUNTERS = 250_000;

  int MOST_PERIODS = 400;

  Scope scope();

  PeriodSource source();

  /// Its place in the order in which units are compared.
  String key();

  /// Some periods of the budgets of a group.
  record OfCalendar(CountingGroup group, PeriodSource source, List<CountedPeriod> periods)
      implements CounterUnit {
    @Override
    public Scope scope() {
      return group.scope();
    }

    @Override
    public String key() {
      return String.join(
          "|", group.key(), Labels.of(source), periods.getLast().countedFrom().toString());
    }
  }

  /// All budgets of a scope that have one period and no other, each its own.
  record OfTotals(Scope scope, PeriodSource source) implements CounterUnit {
    @Override
    public String key() {
      return String.join("|", Labels.of(scope), "total", Labels.of(source));
    }
  }

  /// The units of the groups, in their order.
  ///
  /// @param end periods that begin later hold nothing
  static List<CounterUnit> of(CountingGroups.Read groups, ChangedDays changed, Instant end) {
    List<CounterUnit> units = new ArrayList<>();
    for (CountingGroup group : groups.calendars()) {
      Map<PeriodSource, List<CountedPeriod>> bySource = new EnumMap<>(PeriodSource.class);
      for (CountedPeriod counted : group.periodsBefore(end)) {
        if (changed.touch(counted.period())) {
          bySource
              .computeIfAbsent(
                  PeriodSource.of(group.scope(), counted.period(), counted.countedFrom()),
                  first -> new ArrayList<>())
              .add(counted);
        }
      }
      bySource.forEach((source, periods) -> split(group, source, periods, units));
    }
    if (!changed.isEmpty()) {
      for (Scope scope : groups.totals()) {
        for (PeriodSource source : PeriodSource.values()) {
          if (source == PeriodSource.LEDGER || scope != Scope.TAG) {
            units.add(new OfTotals(scope, source));
          }
        }
      }
    }
    units.sort(Comparator.comparing(CounterUnit::key));
    return units;
  }

  private static void split(
      CountingGroup group,
      PeriodSource source,
      List<CountedPeriod> periods,
      List<CounterUnit> units) {
    int most = Math.clamp(MOST_COUNTERS / group.budgets(), 1, MOST_PERIODS);
    for (int from = 0; from < periods.size(); from += most) {
      List<CountedPeriod> some = periods.subList(from, Math.min(from + most, periods.size()));
      units.add(new OfCalendar(group, source, List.copyOf(some)));
    }
  }
}
