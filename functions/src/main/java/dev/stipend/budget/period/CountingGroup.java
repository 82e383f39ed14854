package dev.stipend.budget.period;

import dev.stipend.budget.Scope;
import dev.stipend.platform.json.Labels;
import dev.stipend.time.CalendarCadence;
import dev.stipend.time.Period;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/// The budgets of a workspace that have their scope and their calendar in common, so that one
/// reading answers for all of them.
///
/// @param timeZone the zone of the cadence, as it is stored
/// @param countsFrom from when on they count
/// @param budgets how many there are
public record CountingGroup(
    Scope scope,
    String timeZone,
    CalendarCadence cadence,
    NavigableSet<Instant> countsFrom,
    long budgets) {
  /// This and another one of the same key.
  CountingGroup plus(CountingGroup other) {
    NavigableSet<Instant> both = new TreeSet<>(countsFrom);
    both.addAll(other.countsFrom);
    return new CountingGroup(scope, timeZone, cadence, both, budgets + other.budgets);
  }

  /// What tells it from other groups.
  public String key() {
    return String.join(
        "|",
        Labels.of(scope),
        Labels.of(cadence.kind()),
        timeZone,
        cadence.weekStart().toString(),
        Integer.toString(cadence.anchorDay()),
        Integer.toString(cadence.anchorMonth()));
  }

  /// All periods that begin before an instant, oldest first.
  public List<CountedPeriod> periodsBefore(Instant end) {
    List<CountedPeriod> periods = new ArrayList<>();
    for (Instant first : countsFrom.headSet(end)) {
      Period cut = cadence.periodAt(first).orElseThrow();
      if (cut.start().isBefore(first)) {
        periods.add(new CountedPeriod(cut, first));
      }
    }
    for (Period period : cadence.periodsBetween(countsFrom.first(), end)) {
      if (!period.start().isBefore(countsFrom.first())) {
        periods.add(new CountedPeriod(period, period.start()));
      }
    }
    return periods;
  }
}
